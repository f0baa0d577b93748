extension CodeExplanation {
  static let conflict = CodeExplanation(
    "properties conflict",
    means: """
      The properties can apply at the same time, and no order of the outputs satisfies all of them. The message gives a \
      smallest set of such properties, a region, and an input that was tried exactly.
      """,
    matters:
      "There the emitted program would have no safe answer. Requirements that contradict each other are a mistake of the requirements.",
    wrong: """
      enforce near { when gap <= 10 m then choose stop }
      enforce fast { when speed >= 50 m/s then never choose stop }
      """,
    right: """
      enforce near { when gap <= 10 m then choose stop }
      enforce fast { when speed >= 50 m/s and gap > 10 m then never choose stop }
      """,
    cure: """
      Decide which requirement gives way: narrow a condition, write `near overrides fast`, or permit abstaining with \
      `abstain when conflict` in the interface.
      """)

  static let conditionNeverHolds = CodeExplanation(
    "a condition that never holds",
    means: "No input in the declared domains satisfies the condition.",
    matters: "The rule looks as if it protected from something, and never does.",
    wrong: "enforce p { when gap >= 9 m and gap <= 5 m then choose stop }",
    right: "enforce p { when gap >= 5 m and gap <= 9 m then choose stop }",
    cure: "Correct the condition, widen a domain, or remove the property.")

  static let conditionAlwaysHolds = CodeExplanation(
    "a condition that always holds",
    means: "Every input in the declared domains satisfies the condition.",
    matters: "It may be meant. It may also be a threshold in the wrong unit.",
    wrong: "enforce p { when gap + 1 s * speed >= 0 m then never choose keep }",
    right: "enforce p { when true then never choose keep }",
    cure: "Write `when true` if it is meant, else correct the condition.")

  static let alwaysOverridden = CodeExplanation(
    "a property that is always overridden",
    means: "Wherever its condition holds, a property that overrides it holds as well.",
    matters: "It never applies on these networks.",
    wrong: """
      enforce p { when gap < 5 m then choose stop }
      enforce q { when gap < 9 m then choose slow }
      q overrides p
      """,
    right: """
      enforce p { when gap < 5 m then choose stop }
      enforce q { when gap < 9 m then choose slow }
      p overrides q
      """,
    cure: "Turn the `overrides` round, narrow what overrides it, or remove it.")

  static let tooManyRows = CodeExplanation(
    "too many combinations of properties",
    means: "More combinations of active properties are possible on a network than `--max-rows` permits.",
    matters: "Each is a row of the emitted table. Properties that overlap freely have exponentially many.",
    wrong: """
      enforce p { when gap < 5 m then never choose keep }
      enforce q { when speed > 9 m/s then never choose keep }
      """,
    right: "enforce p { when gap < 5 m or speed > 9 m/s then never choose keep }",
    options: ["--max-rows", "3"],
    cure: "Make conditions disjoint, merge properties with the same post, or raise `--max-rows`.")

  static let tooManyDisjuncts = CodeExplanation(
    "too many alternative orders",
    means: "What properties ask for together can be met in more than 4,096 ways.",
    matters: "The emitted program tries the alternatives one by one, in bounded time.",
    after: header,
    wrong: """
      interface Rank {
        inputs { x : 1 in 0 .. 1 }
        outputs { o[26] choose highest }
      }
      network Net : Rank from "rank.onnx"
      for k in { 0 .. 12 } {
        enforce p { when x > 0.5 then o[2 * k] above o[2 * k + 1] or o[2 * k + 1] above o[2 * k] }
      }
      """,
    right: """
      interface Rank {
        inputs { x : 1 in 0 .. 1 }
        outputs { o[26] choose highest }
      }
      network Net : Rank from "rank.onnx"
      for k in { 0 .. 12 } {
        enforce p { when x > 0.5 then o[2 * k] above o[2 * k + 1] }
      }
      """,
    cure: "Use fewer `or`; `in top k` and `choose one of` are single alternatives.")

  static let analysisUndecided = CodeExplanation(
    "the analysis is undecided",
    means: "The solver gave up on a question within the time limit.",
    matters: "Nothing was proved, so this is never success: the exit code is 3.",
    when: "a condition that says that 13 pigeons sit in 12 holes, in 156 inputs.",
    cure: "Raise `--solver-timeout`, or simplify conditions.")
}
