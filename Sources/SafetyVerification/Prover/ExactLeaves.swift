import ExactArithmetic
import NetworkIR

/// Decides boxes that bounds leave open exactly, over the reals, by rational linear programs: where the network is small, or
/// few neurons of the box are of either sign. How often, and what each may cost, is counted, so that nothing but the time
/// limit depends on the machine.
final class ExactLeaves {
  private let network: Network
  private let space: InputSpace
  private let isSideIssue: Bool
  private let deadline: Double
  /// How many more boxes of a network that is not small may be tried.
  private var largeLeavesLeft = 64

  private let smallNetwork = 2_000
  private let largestNetwork = 200_000
  private let openNeuronLimit = 12

  /// - Parameter isSideIssue: whether nobody asked about the reals: then only small networks are worth it.
  init(_ network: Network, _ space: InputSpace, isSideIssue: Bool, until deadline: Double) {
    self.network = network
    self.space = space
    self.isSideIssue = isSideIssue
    self.deadline = deadline
  }

  /// - Parameter openNeurons: how many neurons are of either sign in the box.
  /// - Returns: true if the box holds no violation, false if it holds one, which the witnesses have been told; nil if that
  ///   takes too much to say.
  func decide(
    _ box: Box, _ conjunctions: [Int], openNeurons: Int, of question: RegionQuestion, _ witnesses: Witnesses
  ) -> Bool? {
    let isSmall = network.parameterCount < smallNetwork
    if !isSmall {
      guard !isSideIssue, largeLeavesLeft > 0, openNeurons <= openNeuronLimit,
        network.parameterCount <= largestNetwork
      else { return nil }
      largeLeavesLeft -= 1
    }
    let lower = zip(box.lower, question.lower).map { max(Rational($0), $1) }
    let upper = zip(box.upper, question.upper).map { min(Rational($0), $1) }
    for conjunction in conjunctions {
      let exact = ExactQuestion(network, lower: lower, upper: upper, rows: question.rows(conjunction))
      let left = deadline - processSeconds()
      guard left > 0 else { return nil }
      let time = left.isFinite ? Duration.seconds(min(left, 1e6)) : nil
      switch exact.decide(within: ExactBudget(systems: isSmall ? 64 : 32, time: time)) {
      case .infeasible: continue
      case .feasible(let witness):
        // The set of a property is a little larger than what violates it, and its inputs are other ones.
        guard case .network = space else { return nil }
        judge(witness, question, conjunction, witnesses)
        return false
      case .unknown: return nil
      }
    }
    return true
  }

  private func judge(
    _ witness: [Rational], _ question: RegionQuestion, _ conjunction: Int, _ witnesses: Witnesses
  ) {
    witnesses.keepReal(witness)
    let replay = CounterexampleReplay(
      network, lower: question.lower, upper: question.upper, rows: question.rows(conjunction))
    if let found = replay.nearbyViolation(of: witness) { witnesses.keep(found) }
  }
}
