extension CodeExplanation {
  static let emptySelection = CodeExplanation(
    "a property that is on no network",
    means:
      "`except` takes away all that `on` selects, or two properties of an `overrides` are never on one network.",
    matters: "The rule would protect no network.",
    after: header + car,
    wrong: """
      networks N[i: 1..3] : Car from "car_{i}.onnx"
      enforce p on N[1] except N[*] { when gap < 5 m then choose stop }
      """,
    right: """
      networks N[i: 1..3] : Car from "car_{i}.onnx"
      enforce p on N[*] except N[1] { when gap < 5 m then choose stop }
      """,
    cure: "Correct `on` and `except`.")

  static let badFamilyIndex = CodeExplanation(
    "an index that the family does not have",
    means: "A selection names a member outside the family's ranges, or a range that runs downwards.",
    matters: "The rule would miss the networks that were meant.",
    after: header + car,
    wrong: """
      networks N[i: 1..3] : Car from "car_{i}.onnx"
      enforce p on N[4] { when gap < 5 m then choose stop }
      """,
    right: """
      networks N[i: 1..3] : Car from "car_{i}.onnx"
      enforce p on N[3] { when gap < 5 m then choose stop }
      """,
    cure: "Write an index or an upward range within the declared one, or `*`.")

  static let unknownPlaceholder = CodeExplanation(
    "a placeholder that stands for nothing, or an empty path",
    means: "Braces in a model's path name an index of the family; a single network has none.",
    matters: "All members would be read from one file, or from none.",
    after: header + car,
    wrong: "networks N[i: 1..3] : Car from \"car_{j}.onnx\"",
    right: "networks N[i: 1..3] : Car from \"car_{i}.onnx\"",
    cure: "Use the family's own index names.")

  static let nothingDeclared = CodeExplanation(
    "a specification without a network",
    means: "No `network` or `networks` is declared.",
    matters: """
      There is nothing to compile, and rules are only checked on networks. For a file that others import that is right.
      """,
    after: header + car,
    wrong: "enforce p { when gap < 5 m then choose stop }",
    right: "network Net : Car from \"car.onnx\"\nenforce p { when gap < 5 m then choose stop }",
    cure: "Declare one: `network Net : Car from \"car.onnx\"`, or import the file.")
}
