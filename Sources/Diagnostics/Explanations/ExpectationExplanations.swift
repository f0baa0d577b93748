extension CodeExplanation {
  private static let rules = """
    enforce near { when gap < 5 m then choose stop }
    enforce far  { when gap > 50 m then choose keep }

    """

  static let emptyExpectation = CodeExplanation(
    "an expectation that says nothing",
    means: "An `expect` declaration holds whatever the specification says, or names no file.",
    matters: "A test that cannot fail gives a confidence that nothing supports.",
    after: frame + rules, wrong: "expect near disjoint", right: "expect near, far disjoint",
    cure: "Name at least two properties, or the file.")

  static let expectationFailed = CodeExplanation(
    "an expectation is not met",
    means: """
      The specification, or a model with it, does not do what an `expect` declaration says. The message tells what it \
      does instead.
      """,
    matters: "Either the specification changed its meaning, or the expectation was wrong all along.",
    when: """
      `expect near, far disjoint` after the threshold of `far` was lowered from 50 m to 5 m and that of `near` raised \
      to 6 m: at 5.5 m both apply.
      """,
    cure: "Read the example, then correct the specification or the expectation.")

  static let expectationUndecided = CodeExplanation(
    "an expectation is undecided",
    means: "The expectation depends on a network's repair table, and the analysis did not complete it.",
    matters: "What was not decided is never counted as success.",
    when:
      "a network with more combinations of properties than `--max-rows`, and `expect near, far disjoint` on it.",
    cure: "Mend the errors that are reported beside it, or raise `--solver-timeout` or `--max-rows`.")

  static let nothingExpected = CodeExplanation(
    "nothing is expected",
    means: "`ordain test` was run on a specification without any `expect` declaration.",
    matters: "A run that tests nothing must not look like a success.",
    when: "`ordain test` on a specification of interfaces, networks and `enforce` declarations alone.",
    cure: "Declare what you know of the specification, such as `expect conflicts none`.")
}
