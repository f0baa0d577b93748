extension CodeExplanation {
  static let modelNotFound = CodeExplanation(
    "a model is not found",
    means:
      "The file that a network names is neither below `--models`, nor beside the specification, nor below ORDAIN_DATA.",
    matters: "`check` goes on without it, with a note; what is bound to nothing cannot be compiled.",
    when: "`network Net : Car from \"car.onnx\"`, and the folder of the specification has no `car.onnx`.",
    cure: "Say where the models are with `--models DIR`, or correct the path in the specification.")

  static let modelUnreadable = CodeExplanation(
    "a model cannot be read",
    means: "The file is there, but the operating system does not give it out.",
    matters: "Nothing is known of the network.",
    when: "a folder named `car.onnx`, or a file without the permission to read it.",
    cure: "Look at the path and its permissions.")

  static let modelMalformed = CodeExplanation(
    "a model file contradicts itself",
    means: "The file is damaged, cut short, in another format, or says two things about one value.",
    matters: "A model that is half understood is another network.",
    when: "a Git LFS pointer, a small text file, that was never replaced by the model it stands for.",
    cure: "Fetch or export the model again.")

  static let modelTooLarge = CodeExplanation(
    "a model has too many values",
    means: "An input, a tensor or all values together have more than 67,108,864 elements.",
    matters: "The emitted C holds everything in fixed memory.",
    when: "an image network exported for a batch of 1,024.",
    cure: "Export it with a batch of 1, or use a smaller input.")

  static let unsupportedOperator = CodeExplanation(
    "an operator that is not supported",
    means:
      "The network computes with an operator, or a use of one, whose exact result the compiler cannot reproduce.",
    matters:
      "Every emitted operation has one defined sequence of roundings. Nothing is approximated silently.",
    when: "a transposed convolution, or a softmax in the middle of the network.",
    cure: "Export without it if it can be left out (a final softmax can), or train with supported operators.")

  static let unsupportedOpset = CodeExplanation(
    "an operator set that is not supported",
    means: "The version of the ONNX operators is missing, or one whose meaning the compiler does not know.",
    matters: "The same operator means something else in another version.",
    when: "a model with operator set 6, written in 2017.",
    cure: "Export again with an operator set that the message names.")

  static let externalData = CodeExplanation(
    "weights in another file",
    means: "The model keeps data outside its own file.",
    matters: "The model's hash, which is in all that is made from it, would not cover its weights.",
    when: "`car.onnx` beside `car.onnx.data`, as newer exporters write it.",
    cure: "Save it as one file, in Python `onnx.save(onnx.load(path), path)`.")

  static let unsupportedElementType = CodeExplanation(
    "numbers of another type",
    means: "Weights or inputs are not 32-bit floats, or a tensor is sparse.",
    matters: "The guarantee is about binary32 arithmetic; converting would change results.",
    when: "a model that was converted to float16 to save space.",
    cure: "Convert it to float32 and test it again: that is a decision about the network, not about its file."
  )

  static let shapeMismatch = CodeExplanation(
    "shapes that do not fit",
    means:
      "Operands of an operator do not fit, or the network is not one row of inputs to one row of scores.",
    matters: "What the network computes would depend on how it is read.",
    when: "a model whose batch is fixed at 4, so that it has four rows of scores.",
    cure: "Export with fixed shapes and a batch of 1 or an open one.")

  static let nonFiniteWeight = CodeExplanation(
    "a weight that is not a finite number",
    means: "A constant is NaN, infinite, beyond binary32, or a divisor of zero.",
    matters: "One NaN makes all scores NaN, and the program would always abstain.",
    when: "a network whose training diverged and was saved all the same.",
    cure: "Train again, or take an earlier checkpoint.")

  static let cyclicGraph = CodeExplanation(
    "a node that needs its own result",
    means: "Following the model's graph backwards leads round in a circle.",
    matters: "Recurrent networks have a state, which the emitted function does not.",
    when: "a graph that was edited by hand so that two nodes feed each other.",
    cure: "Unroll the recurrence, or export again.")

  static let undefinedValue = CodeExplanation(
    "a value that nothing defines",
    means: "A node or the graph's output refers to a value that no node, input or weight has.",
    matters: "A part of the network is missing.",
    when: "a subgraph that was cut out of a larger model without its weights.",
    cure: "Export the model again.")

  static let multipleInputsOrOutputs = CodeExplanation(
    "not one input and one output",
    means: "The graph has none, or several, inputs or outputs.",
    matters: "An interface is about one vector of inputs and one of scores.",
    when: "a policy network that gives out the value estimate beside the scores.",
    cure: "Cut the model to one input and one output when exporting.")

  static let softmaxDropped = CodeExplanation(
    "a final softmax is left out",
    means: "The model ends with a softmax (or log-softmax), which is not emitted.",
    matters: """
      It keeps the order of the scores, so rules and choices stay the same; but returned scores are the logits, not \
      probabilities.
      """,
    when: "a classifier that was exported together with its softmax.",
    cure: "Export the model without it to be rid of the message, or read the scores as logits.")

  static let unknownModelFormat = CodeExplanation(
    "a model format that is not known",
    means: "The path ends neither in `.onnx` nor in `.nnet`.",
    matters: "The extension says how the bytes are to be read; it is never guessed.",
    when: "`network Net : Car from \"car.pt\"`.",
    cure: "Export the model to ONNX, or correct the name.")

  static let unsupportedAttribute = CodeExplanation(
    "an attribute that is not supported",
    means: "A node has an attribute that the compiler does not know, or whose value would round weights.",
    matters: "An attribute that is ignored changes what the node computes.",
    when: "a `Gemm` with `alpha` 0.1, which is no power of two.",
    cure: "Do as the message says, for example multiply the weights before exporting.")
}
