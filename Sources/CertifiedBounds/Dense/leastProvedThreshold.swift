/// The proof for a threshold little above `estimate`: for the lowest one tried that can be proved.
///
/// First `firstSlack` above it; where that fails, 4 times as far, and so on; then between what failed and what was
/// proved until the distance is `goodEnough` or little above what failed. Whatever the estimate, what is returned was
/// proved.
///
/// - Parameter prove: the proof that a threshold is high enough, if it succeeds.
/// - Returns: `nil` if nothing up to a billion times the estimate can be proved.
func leastProvedThreshold<Proof>(
  above estimate: Double, firstSlack: Double = 1e-9, goodEnough: Double = 4e-9,
  _ prove: (Double) -> Proof?
) -> Proof? {
  guard estimate > 0, estimate.isFinite else { return nil }
  var failed = 0.0
  var slack = firstSlack
  var proof = prove(estimate * (1 + slack))
  while proof == nil {
    failed = slack
    slack *= 4
    if slack > 1e9 { return nil }
    proof = prove(estimate * (1 + slack))
  }
  while slack > goodEnough, slack > 1.05 * failed,
    let better = failed > 0 ? (failed * slack).squareRoot() : nil
  {
    if let found = prove(estimate * (1 + better)) {
      proof = found
      slack = better
    } else {
      failed = better
    }
  }
  return proof
}
