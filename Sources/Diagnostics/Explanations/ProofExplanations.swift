extension CodeExplanation {
  static let nothingToProve = CodeExplanation(
    "nothing to prove",
    means: """
      The specification has no `enforce` or `verify` property on the selected networks, and no `monitor` was named.
      """,
    matters: "An empty list of answers, with exit code 0, would look like a proof.",
    when: "`ordain prove Specs/digits/digits.ordain`, which has `robust` clauses only.",
    cure: "Declare what is to hold with `enforce` or `verify`, or name a `monitor` with `--property`.")

  static let comparisonWithoutSoftmax = CodeExplanation(
    "a bound of a probability",
    means: """
      The model ends in a softmax, which is dropped when it is read: the scores are those before it. The VNN-LIB file \
      or the `verify` property compares an output with a number, or in another way that a softmax changes.
      """,
    matters:
      "The comparison means another thing before the softmax, so a proof would be about another question.",
    when:
      "`(assert (>= Y_0 0.9))` or `verify p on Net { a <= 0.9 }`, and a model whose last node is `Softmax`.",
    cure:
      "Compare outputs with each other, `(assert (<= Y_0 Y_1))`: a softmax keeps their order. Or export the model without it."
  )

  static let unsearchableSet = CodeExplanation(
    "an unsafe set that is not searched",
    means: """
      An input has no lower or no upper bound, a comparison is about inputs and outputs at once, or the set has more \
      than 131,072 alternatives.
      """,
    matters: "The search covers boxes of inputs; what is left out of them would count as proved.",
    when: "a file with `(assert (<= X_0 1.0))` and no lower bound of `X_0`.",
    cure: "Bound every input from both sides by numbers, and split what has many alternatives.")

  static let conditionIsNoBox = CodeExplanation(
    "a condition without limits to find",
    means: """
      `ordain prove --find-limits` moves bounds of single inputs. The property's condition has none, or is more than a \
      conjunction of them: it has `or`, sums of inputs, or the raw choice.
      """,
    matters:
      "Only in a conjunction does moving a bound outwards make the property stronger, so that bisection is right.",
    when: "`--find-limits p6`, whose condition is `rho >= 12000 ft and not theta in -0.7 .. 0.7 rad`.",
    cure: "Split the property into one for each alternative.")

  static let notProved = CodeExplanation(
    "a property that the network is not proved to keep",
    means: """
      `ordain compile --prove` leaves a repair out only where the independent checker accepted a proof. It has none of \
      this property on this network: an input violates it, the search ended without an answer, or what holds has no proof.
      """,
    matters:
      "The program is as safe as without `--prove`: it checks and repairs. It could be shorter.",
    when:
      "`p2` on `N[3,3]` of ACAS Xu, which holds and takes more boxes than the default of `--prove-boxes`.",
    cure:
      "Raise `--prove-boxes` where boxes are not enough. `ordain prove` shows inputs that violate a property."
  )

  static let nothingIsUnsafe = CodeExplanation(
    "a file without points",
    means: """
      The VNN-LIB file's bounds of inputs contradict each other, or it asserts `false`: there is no input whose outputs could be \
      unsafe. `ordain prove` says `holds`, which is true of every network.
      """,
    matters: "A proof that needs nothing of the network is hardly what was asked for.",
    when: "`(assert (>= X_0 0.0))` and `(assert (<= X_0 -1.0))`.",
    cure: "Check the signs and the order of the bounds.")
}
