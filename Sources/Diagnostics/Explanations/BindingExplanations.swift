extension CodeExplanation {
  static let inputCountMismatch = CodeExplanation(
    "another number of inputs",
    means: "The model takes more or fewer inputs than its interface declares.",
    matters: "The rules would be about other inputs than their names say.",
    when: "an interface of four inputs, and a model that was trained with a fifth.",
    cure: "Declare the model's inputs in its order, or name the right model.")

  static let inputShapeMismatch = CodeExplanation(
    "another shape of the input",
    means:
      "The model's input has as many elements as the interface declares, but other dimensions or another order of them.",
    matters: """
      Inputs are passed as they lie in memory, the last dimension's elements beside each other. With channels last \
      instead of first, every number would be another pixel's.
      """,
    when: "`inputs { image[32, 32, 3] : 1 in 0 .. 1 }`, and a model that takes [1, 3, 32, 32].",
    cure:
      "Declare the dimensions in the model's order; ones do not count, and a flat `image[3072]` is always permitted."
  )

  static let outputCountMismatch = CodeExplanation(
    "another number of outputs",
    means: "The model has more or fewer scores than its interface declares outputs.",
    matters: "The rules would be about other outputs than their names say.",
    when: "an interface of three outputs, and a model with five.",
    cure: "Declare the model's outputs in its order, or name the right model.")

  static let noHeader = CodeExplanation(
    "a model without a header",
    means: "The specification says `check header`, but the model's format has none.",
    matters: "What was asked for cannot be checked.",
    when: "`network Net : Car from \"car.onnx\" check header`; only NNet files have a header.",
    cure: "Remove `check header`, or name the `.nnet` file.")

  static let headerMismatch = CodeExplanation(
    "the header says something else",
    means: "Normalisation or domain of an input is not the one in the NNet file's header.",
    matters: """
      The network was trained with the header's numbers. With others it sees another world; units that were mixed up \
      look like this.
      """,
    when:
      "a header with mean 1000 (feet), and a specification with `normalize (height - 304.8) / 2438.4` (metres).",
    cure:
      "Normalise as the header says, and declare no domain beyond its range. A narrower one is only noted.")

  static let notCompiled = CodeExplanation(
    "a declaration that is not compiled",
    means:
      "A network is to be compiled for which the specification has `verify` or `monitor` declarations.",
    matters: """
      This version checks, proves (`ordain prove`) and exports them, but does not emit them. Emitted code would look as \
      if it kept what it does not.
      """,
    when: "`verify small { when true then stop <= 10 }`, and `ordain compile`.",
    cure: """
      Keep these declarations in a file of their own that imports the rest, check and export that file, and compile \
      the other one.
      """)
}
