extension CodeExplanation {
  static let noWeights = CodeExplanation(
    "weights apart of a network without weights",
    means: "`--weights separate` or `--weights binary` is given, and the network has no tables of weights.",
    matters: "A build that waits for a file of weights would wait for one that is never written.",
    when: "`--weights binary`, and a model that holds nothing but a Relu.",
    cure: "Leave `--weights` out.")

  static let tooMuchMemory = CodeExplanation(
    "more memory than allowed",
    means: "The program works in more bytes of memory than `--max-ram` allows.",
    matters: """
      A stack that overflows on a small machine overwrites something else. What is counted are arrays on the stack, \
      static memory and the caller's scratch memory; registers that a compiler saves come on top.
      """,
    when: "`--max-ram 1000`, and a network with a layer of 784 numbers.",
    cure: "Use a network with smaller layers, or allow more.")

  static let tooMuchFlash = CodeExplanation(
    "more constants and code than allowed",
    means: "Constants and code have more bytes than `--max-flash` allows.",
    matters: """
      They have to fit where the product keeps them. Constants are counted exactly; code is an estimate for Thumb-2. \
      Weights count wherever they are.
      """,
    when: "`--max-flash 32768`, and a network with 13,000 weights of four bytes.",
    cure: """
      Use a smaller network, try `--optimize size` (less code, and recurrent layers without padding), or allow more.
      """)

  static let tooManyOperations = CodeExplanation(
    "more operations than allowed",
    means: "One inference can take more operations than `--max-ops` allows, whatever the input.",
    matters: """
      A loop of a controller has a deadline. The count is of the emitted loops' operations and does not depend on a \
      compiler or a machine; measure how many your machine does in a second.
      """,
    when: "`--max-ops 100000`, and a network with 300,000 weights.",
    cure: "Use a smaller network, or allow more. `--cost` prints what is counted.")
}
