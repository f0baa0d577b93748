extension CodeExplanation {
  static let noLipschitzBound = CodeExplanation(
    "a node without a Lipschitz bound",
    means: """
      A node of the model has an operator for which there is no Lipschitz constant or none is proved here, or weights \
      whose norm could not be bounded.
      """,
    matters: """
      A certificate multiplies what every layer does to distances. A layer that is guessed, or left out, makes a \
      certificate of nothing.
      """,
    when: "`ordain lipschitz net.onnx`, where `net.onnx` multiplies two of its layers element by element.",
    cure: "Build the network of operators with a bound; the article Robustness lists them.")

  static let nothingToCertify = CodeExplanation(
    "nothing to certify",
    means: "The specification has no `robust` clause, or none about the selected networks.",
    matters: "A report without a clause would look like one without a finding.",
    when: "`ordain certify Specs/cartpole/cartpole.ordain`, which enforces properties only.",
    cure: "Declare what is to stay: `robust steady { within L2 0.1 of normalized keep top 1 }`.")

  static let repairedDecision = CodeExplanation(
    "a certificate of a repaired decision over the real numbers",
    means:
      "With `--semantics real`, a `robust` clause is about a network whose decisions an enforced property may repair.",
    matters: """
      The repair switches on and off between two inputs that are close, so a certificate of the network's own decision \
      is none of the repaired one.
      """,
    when:
      "a file with `enforce p { when gap < 5 m then choose stop }` and `robust r { ... }`, both on `Net`.",
    cure: """
      Leave `--semantics real` out: certificates of the emitted program are about its repaired decisions (the article \
      CertifiedDecisions). For the network alone, keep the clauses in a file without the properties.
      """)

  static let noExactScores = CodeExplanation(
    "scores that cannot be decided",
    means: """
      With `--semantics real`, the network has an operator whose values are not rational, or divides by zero, and the \
      scores cannot be compared without rounding.
      """,
    matters: "A comparison of scores that is decided by rounding decides nothing about the real numbers.",
    when: "a network with tanh layers and a `robust` clause, with `--semantics real`.",
    cure: "Leave `--semantics real` out: certificates of the emitted program need bounds of its errors only.")

  static let noErrorBound = CodeExplanation(
    "rounding errors without a bound",
    means: """
      How far the scores that the program computes are from the real ones has no bound over the inputs' domains: a \
      number may overflow, or an operator's rounding error is not known.
      """,
    matters: """
      The program rounds at the input and at every other input of the ball. A certificate that does not charge for \
      that is none of the program's decision.
      """,
    when: "a `robust` clause about inputs without domains: a pixel may be any binary32 number, up to 3.4e38.",
    cure:
      "Declare domains, such as `pixel[784] : 1 in 0 .. 255`. The smaller they are, the smaller the bounds.")

  static let lipschitzNotProved = CodeExplanation(
    "a Lipschitz bound that is not proved",
    means: """
      A `lipschitz` clause asks that no two scores drift apart faster than it says, and the bound that is proved for \
      some pair of outputs is larger. The network may keep the clause all the same: the proof multiplies what the \
      layers do at worst, which seldom happens in all of them at once. For chains of dense layers it looks for \
      quadratic forms as well, which give less, but seldom the least.
      """,
    matters: "Code that is emitted all the same would look as if it kept what nobody has proved.",
    when: """
      `ordain compile car.ordain` with `lipschitz calm { L2 of normalized to margins <= 2.5 }` and a network whose \
      bound is 2.61.
      """,
    cure: """
      Raise the bound, or train with smaller layer norms; `ordain lipschitz MODEL` shows which layers have the large \
      ones.
      """)

  static let noCertificateFile = CodeExplanation(
    "bounds without a certificate file",
    means: """
      The network has Lipschitz bounds, but a certificate file can't hold their proof: it has rules for chains of dense \
      layers, ReLU, leaky ReLU, absolute value, clipping, tanh, sigmoid and MinMax, and no others.
      """,
    matters:
      "A file that leaves out a layer, or takes the compiler's word for it, would be checked and prove nothing.",
    when: "`ordain lipschitz net.onnx --certificate net.ordaincert`, where `net.onnx` has convolutions.",
    cure: "Leave `--certificate` out, or build the network of dense layers and those activations.")

  static let noProjections = CodeExplanation(
    "a question that linear bounds and projections do not answer",
    means: """
      `--method projections` searches the activation regions around a point, `--method linear` takes linear bounds of the \
      whole ball. They do so for networks of dense layers with a ReLU between any two of them, for the choice itself \
      (`keep top 1`), and where no property repairs it.
      """,
    matters: """
      An operator that is passed over, or a repair that is not looked at, would make a verdict of another program than \
      the one that is emitted.
      """,
    when: """
      `ordain certify digits.ordain --method projections ...` about a network that sorts pairs of its values, as MinMax \
      does.
      """,
    cure: """
      Leave `--method` out: the Lipschitz head knows more operators, several places and repair. For a clause \
      with several places, `--norm` and `--epsilon` ask about the choice alone.
      """)
}
