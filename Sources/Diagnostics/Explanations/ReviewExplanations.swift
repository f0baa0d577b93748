/// What the analysis says about specifications that are well-formed but hardly meant.
extension CodeExplanation {
  static let tautologicalPost = CodeExplanation(
    "a post that every order satisfies",
    means: "Whatever the scores are, they satisfy the post.",
    matters: "The property demands nothing, although it reads as if it did.",
    wrong: "enforce p { when gap < 5 m then choose stop or slow or keep }",
    right: "enforce p { when gap < 5 m then choose stop or slow }",
    cure: "Say what is demanded, or remove the property.")

  static let subsumedProperty = CodeExplanation(
    "a property that another one contains",
    means: "Wherever the property applies, another one applies as well and demands as much or more.",
    matters: "It changes nothing; probably its condition or its post is not what was meant.",
    wrong: """
      enforce near { when gap < 9 m then choose stop }
      enforce close { when gap < 5 m then never choose keep }
      """,
    right: "enforce near { when gap < 9 m then choose stop }",
    cure: "Remove it, or correct its condition or post.")

  static let redundantProperty = CodeExplanation(
    "a property that others together contain",
    means: "Wherever the property applies, the other properties together demand as much or more.",
    matters: "It changes nothing; probably its condition or its post is not what was meant.",
    wrong: """
      enforce near { when gap < 9 m then never choose keep }
      enforce fast { when speed > 20 m/s then never choose slow }
      enforce both { when gap < 5 m and speed > 30 m/s then choose stop }
      """,
    right: """
      enforce near { when gap < 9 m then never choose keep }
      enforce fast { when speed > 20 m/s then never choose slow }
      """,
    cure: "Remove it, or correct its condition or post.")

  static let uselessOverride = CodeExplanation(
    "an override that never takes effect",
    means: "The two properties never hold together, so none of them ever gives way.",
    matters: "Who wrote it expected them to overlap; one of the conditions is probably wrong.",
    wrong: """
      enforce near { when gap < 5 m then choose stop }
      enforce far { when gap > 50 m then choose keep }
      near overrides far
      """,
    right: """
      enforce near { when gap < 5 m then choose stop }
      enforce far { when gap > 50 m then choose keep }
      """,
    cure: "Remove the `overrides`, or correct a condition.")

  static let sliver = CodeExplanation(
    "a threshold that just misses the end of a domain",
    means:
      "A condition's threshold and an end of the input's domain differ by a hundred-thousandth of the domain or less.",
    matters: """
      Nearly always both should be the same number, such as pi with five digits here and seven there. In the sliver \
      between them the property is not as it reads.
      """,
    wrong: "enforce p { when speed < 59.9999 m/s then choose stop }",
    right: "enforce p { when speed < 60 m/s then choose stop }",
    cure: "Write `min` or `max`, or the end's own digits.")

  static let uncoveredDomain = CodeExplanation(
    "an input to which no property applies",
    means: "With `--coverage`: there are inputs in the domain at which no property is active.",
    matters: "If the rules are meant to say something about every input, one is missing.",
    wrong: """
      enforce near { when gap < 5 m then choose stop }
      enforce far { when gap > 50 m then choose keep }
      """,
    right: """
      enforce near { when gap < 5 m then choose stop }
      enforce far { when gap >= 5 m then choose keep }
      """,
    options: ["--coverage"],
    cure: "Add a property, or widen a condition.")

  static let abstentionUnreachable = CodeExplanation(
    "a permitted abstention that cannot occur",
    means: "The interface says `abstain when conflict`, but no conflict is reachable on any of its networks.",
    matters: """
      Whoever uses the emitted code prepares for an answer that never comes; and a conflict that a later change brings \
      would pass unnoticed.
      """,
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep choose highest abstain when conflict }
      }
      network Net : Car from "car.onnx"
      enforce near { when gap < 5 m then choose stop }
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep choose highest }
      }
      network Net : Car from "car.onnx"
      enforce near { when gap < 5 m then choose stop }
      """,
    cure: "Remove `abstain when conflict`.")

  static let nothingEnforced = CodeExplanation(
    "a network without rules",
    means: "No property is about the network, and no `except` leaves it out on purpose.",
    matters: "Its emitted code would carry the name of a safe program and repair nothing.",
    wrong: "",
    right: "enforce near { when gap < 5 m then choose stop }",
    cure: "Declare a property, or correct an `on` or `except`.")
}
