extension CodeExplanation {
  static let malformedVNNLIB = CodeExplanation(
    "a VNN-LIB file that cannot be read",
    means: "A parenthesis, word or character stands where the format has none.",
    matters: "A file that is understood in part would become another property.",
    when: "`(assert (<= X_0 1.0)`, where the last parenthesis was cut off.",
    cure: "Correct the place, and unpack a compressed file first.")

  static let unsupportedVNNLIB = CodeExplanation(
    "something of VNN-LIB that is not understood",
    means:
      "The file has a command, type or operator beyond variables, `and`, `or`, `not` and linear comparisons.",
    matters: "What is skipped changes which points the file calls unsafe.",
    when: "a file that begins with `(vnnlib-version <2.0>)`; only version 1.0 is imported.",
    cure: "Write the file with what VNN-LIB 1.0 has.")

  static let badVNNLIBVariable = CodeExplanation(
    "a variable that is not one of the network's",
    means: "A name is not declared, declared twice, or not `X_i` or `Y_i` without gaps from 0.",
    matters: "The variables are the network's inputs and outputs by their numbers.",
    when: "`(declare-const X_1 Real)` without an `X_0`.",
    cure: "Declare every input as `X_i` and every output as `Y_i`, numbered from 0.")

  static let nonlinearVNNLIB = CodeExplanation(
    "a term that is not linear",
    means: "Variables are multiplied or divided by each other, or something is divided by zero.",
    matters: "Conditions of the language are linear.",
    when: "`(assert (<= (* X_0 X_1) 1.0))`.",
    cure: "Multiply and divide by numbers only.")

  static let vnnlibTooLarge = CodeExplanation(
    "a VNN-LIB file that is too large",
    means:
      "Parentheses nest too deep, a number has too many digits, or too many disjuncts mix inputs and outputs.",
    matters: "Each disjunct that mixes them becomes a property; a short text can mean millions.",
    when: "13 assertions of the form `(or (and X... Y...) (and X... Y...))`: 8,192 disjuncts.",
    cure: "Flatten or split the file.")

  static let vnnlibShapeMismatch = CodeExplanation(
    "another number of variables",
    means: "The file has not as many inputs and outputs as the interface, or one output only.",
    matters: "The properties would be about other inputs and outputs than their names say.",
    when: "a file of a network with five inputs, and `--interface` of one with four.",
    cure: "Name the interface of the network that the file is about.")

  static let notSayable = CodeExplanation(
    "what no property can say",
    means: "A comparison is neither an order of two outputs nor a bound of one, or a number has no literal.",
    matters: "To leave it out would make the property weaker or stronger than the file.",
    when: "`(assert (<= (+ Y_0 Y_1) 1.0))`: a bound of a sum of scores.",
    cure: "Verify the file with another tool.")

  static let nothingToImport = CodeExplanation(
    "nothing is unsafe",
    means: "The file's input region is empty, or lies outside the domains of the interface.",
    matters: "The file is probably about another network, or other numbers.",
    when: "a file with normalised bounds, and an interface without `normalize`.",
    cure: "Check that interface and normalisation are those of the file's network.")

  static let tiesBecomeUnsafe = CodeExplanation(
    "ties that were safe are forbidden",
    means:
      "The file says `<` where others say `<=`: equal scores are safe. Orders in a specification are strict.",
    matters: "What was imported is a little stronger than the file.",
    when: "`(assert (< Y_0 Y_1))`.",
    cure: "Nothing needs to be done; equal scores then count as violations.")

  static let nothingToExport = CodeExplanation(
    "a property that nothing violates",
    means: "The property's condition never holds, or its post demands nothing.",
    matters: "A file without points would be proved by every network.",
    when: "`when speed > 30 m/s and speed < 20 m/s`.",
    cure: "Run `ordain check`, which says why.")

  static let propertyElsewhere = CodeExplanation(
    "a property of other networks",
    means: "The property that is to be exported is not declared on the chosen network.",
    matters: "A verifier would prove or refute what nobody demands of that network.",
    when: "`ordain export vnnlib ... --property p6 --network 'N[1,9]'`, where `p6` is on `N[1,1]` only.",
    cure: "Choose a network that the message names, or declare the property on this one.")

  static let exportTooLarge = CodeExplanation(
    "a property with too many alternatives",
    means: "Condition or post expand to more than 4,096 alternatives of plain comparisons.",
    matters: "VNN-LIB has no cardinalities: `top` and the like become all subsets of the outputs.",
    when: "`a in top 20` among 40 outputs.",
    cure: "Split the property.")

  static let severalNetworks = CodeExplanation(
    "more than one network",
    means: "A VNN-LIB file is about one network, and several are selected.",
    matters: "What overrides a property can differ between networks, and the file names the model.",
    when: "`ordain export vnnlib ... --property p3` for a family of 45 networks.",
    cure: "Choose one with `--network`, and call the command once for each.")
}
