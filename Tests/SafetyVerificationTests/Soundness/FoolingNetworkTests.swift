import ExactArithmetic
import SafetyVerification
import TestSupport
import Testing

/// The real verdict is the enumeration's, and nothing is proved of floats that break it.
private func check(_ fooling: FoolingNetwork, _ seed: UInt64) throws {
  let real = try fooling.question()
  switch real.decide(within: ExactBudget(systems: 2_000)) {
  case .feasible: #expect(fooling.isViolated, "seed \(seed)")
  case .infeasible(let proof): #expect(!fooling.isViolated && proof.proves(real), "seed \(seed)")
  case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
  }
  guard let violation = fooling.violation else { return }
  let network = real.network
  let replayed = CounterexampleReplay(network, lower: fooling.lower, upper: fooling.upper, rows: real.rows)(
    violation)
  #expect(
    replayed.isInside && replayed.violatesFloat && replayed.violatesReal == fooling.isViolated, "seed \(seed)"
  )
  let float = try fooling.question(errors: executionErrors)
  if case .infeasible = float.decide(within: ExactBudget(systems: 2_000)) {
    Issue.record("seed \(seed): proved of floats, but \(violation) breaks it")
  }
}

@Test func neuronsThatCancelFoolNobody() throws {
  for seed in 0..<UInt64(sampleCount(60, full: 1_000)) {
    let visible = FoolingNetwork.cancelling(seed: seed, hidesViolation: false)
    #expect(!visible.isViolated)
    try check(visible, seed)
    let hidden = FoolingNetwork.cancelling(seed: seed, hidesViolation: true)
    #expect(hidden.isViolated)
    try check(hidden, seed)
    // It does fool floats.
    let replay = try hidden.question()
    let scores = replay.network.evaluate([hidden.upper[0].nearestFloat ?? 0])
    #expect(scores == [0])
  }
}

@Test func boundsThatOnlyRealsKeepAreNotProvedOfFloats() throws {
  var found = 0
  for seed in 0..<UInt64(sampleCount(100, full: 2_000)) {
    guard let fooling = FoolingNetwork.exceeding(seed: seed) else { continue }
    #expect(!fooling.isViolated)
    try check(fooling, seed)
    found += 1
  }
  #expect(found > 20)
}

@Test func dormantNeuronsThatRoundingOpensAreNotProvedOfFloats() throws {
  var found = 0
  for seed in 0..<UInt64(sampleCount(100, full: 2_000)) {
    guard let fooling = FoolingNetwork.dormant(seed: seed) else { continue }
    #expect(!fooling.isViolated)
    try check(fooling, seed)
    found += 1
  }
  #expect(found > 10)
}

/// Where there is room for rounding, the same errors do not keep floats from being proved.
@Test func boundsWithRoomAreProvedOfFloats() throws {
  var proved = 0
  for seed in 0..<60 as Range<UInt64> {
    guard let fooling = FoolingNetwork.exceeding(seed: seed) else { continue }
    var unsafe = fooling.unsafe
    unsafe.b = unsafe.b + Rational(1, over: 10_000)
    let moved = FoolingNetwork(
      tiny: fooling.tiny, lower: fooling.lower, upper: fooling.upper, unsafe: unsafe, violation: nil)
    let question = try moved.question(errors: executionErrors)
    guard case .infeasible(let proof) = question.decide(within: ExactBudget(systems: 2_000)) else {
      Issue.record("seed \(seed) is open")
      continue
    }
    #expect(proof.proves(question))
    proved += 1
  }
  #expect(proved > 10)
}
