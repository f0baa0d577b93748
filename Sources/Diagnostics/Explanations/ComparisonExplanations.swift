/// What `ordain diff` says.
extension CodeExplanation {
  static let weakened = CodeExplanation(
    "a change allows what was forbidden",
    means: """
      There are inputs at which the new specification allows scores that this property forbade, and no other property \
      makes up for it. The message shows where, and an example that was evaluated under both.
      """,
    matters: "Whoever relied on the old demand no longer gets it.",
    when: "a threshold of `enforce near { when gap < 5 m then choose stop }` that was lowered to 4 m.",
    cure: """
      If it is not meant, restore what was demanded. If it is, permit it by name with `--allow-weaker` and raise the \
      version's first number.
      """)

  static let versionTooLow = CodeExplanation(
    "a version that says less than what changed",
    means: """
      The new specification's version is lower than the change needs: the first number is raised if anything is newly \
      allowed or callers have to change, the second if anything is newly forbidden, the third if only the text differs.
      """,
    matters: "The version is what users of a specification read before they take a new one over.",
    when: "a property that was removed, with 1.2.0 before and 1.2.1 after.",
    cure: "Raise the version in the line `spec`, at least to what the message says.")

  static let incompatibleChange = CodeExplanation(
    "a change of what is answered, or of how it is asked",
    means: """
      The interface, a network or what is asked of its model changed so that more inputs are answered, or that callers \
      of the emitted code or readers of its decisions have to change: inputs, outputs, units, domains, the normalisation, \
      what is chosen.
      """,
    matters:
      "Code that calls the old program may compile and be wrong with the new one, as with feet and metres.",
    when: "an input `height : ft` that becomes `height : m`.",
    cure: """
      Undo it, or take it over on both sides, raise the version's first number, and permit it with \
      `--allow-interface-changes`.
      """)

  static let staleAllowance = CodeExplanation(
    "a permission that permits nothing",
    means: "A property is named with `--allow-weaker`, and it is not weaker than before.",
    matters: "Left in place it would permit the next weakening, which nobody has looked at.",
    when: "`--allow-weaker near` in a pipeline after the change that it was meant for.",
    cure: "Leave it out.")

  static let comparisonUndecided = CodeExplanation(
    "the meaning of a change is undecided",
    means: """
      The solver reached its time limit, or its example could not be replayed, before it was clear whether the change \
      allows or forbids anything.
      """,
    matters: "What was not decided is never counted as equal.",
    when: "many linear inequalities over many inputs, compared with `--solver-timeout 1`.",
    cure: "Raise `--solver-timeout`, or make the change in smaller steps.")

  static let strengthened = CodeExplanation(
    "a change forbids what was allowed",
    means:
      "There are inputs at which the property forbids scores that it allowed, and none the other way round.",
    matters:
      "Decisions that were returned as they are may now be repaired, or conflict with other properties.",
    when: "a threshold of `enforce near { when gap < 5 m then choose stop }` that was raised to 6 m.",
    cure: "Nothing if it is meant; raise the version's second number.")
}
