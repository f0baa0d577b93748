import SafetyLayers
import SpecificationLanguage

/// What the guards of a program and their conditions for balls need: each distinct linear inequality once, in order of
/// appearance.
struct GuardLayout: Sendable {
  let linear: [LinearInequality]
  private let positions: [LinearInequality: Int]
  /// For each guard, what its condition reads.
  let uses: [Uses]
  /// For each further condition the same.
  let othersUses: [Uses]

  struct Uses: Sendable {
    var inputs = false
    var choice = false
  }

  /// - Parameter others: further conditions that code is emitted for.
  init(_ guards: [Guard], others: [Condition]) {
    var found = LinearCollector()
    func uses(_ condition: Condition) -> Uses {
      var uses = Uses()
      found.visit(condition, &uses)
      return uses
    }
    self.uses = guards.map { uses($0.property.condition) }
    othersUses = others.map(uses)
    linear = found.linear
    positions = found.positions
  }

  /// The number under which an inequality of these guards is emitted.
  func number(of inequality: LinearInequality) -> Int {
    guard let position = positions[inequality] else {
      preconditionFailure("an inequality of another program")
    }
    return position
  }
}

private struct LinearCollector {
  var linear: [LinearInequality] = []
  var positions: [LinearInequality: Int] = [:]

  mutating func visit(_ condition: Condition, _ uses: inout GuardLayout.Uses) {
    switch condition {
    case .constant: break
    case .atom(.atLeast, _), .atom(.atMost, _): uses.inputs = true
    case .atom(.linear(let inequality), _):
      uses.inputs = true
      if positions[inequality] == nil {
        positions[inequality] = linear.count
        linear.append(inequality)
      }
    case .atom(.rawChoice(let outputs, _), _): uses.choice = uses.choice || !outputs.isEmpty
    case .all(let parts), .any(let parts): for part in parts { visit(part, &uses) }
    }
  }
}
