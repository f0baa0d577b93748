import SafetyLayers
import SpecificationLanguage

/// Inputs in a program's domain: anywhere, at ends of domains, and where the condition of a property holds.
struct InputSampler {
  private let program: EmittableProgram
  private(set) var generator = SplitMix64(seed: 0x6F72_6461_696E)

  init(_ program: EmittableProgram) { self.program = program }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.below(values.count)] }

  /// Numbers of moderate size, of a domain the whole.
  mutating func anywhere() -> [Float] {
    program.interface.inputs.map { generator.number(in: usual($0.lowest...$0.highest)) }
  }

  mutating func atEnds() -> [Float] {
    program.interface.inputs.map { input in
      let range = usual(input.lowest...input.highest)
      return switch generator.below(3) {
      case 0: range.lowerBound
      case 1: range.upperBound
      default: generator.number(in: range)
      }
    }
  }

  /// An input that satisfies what bounds say in the condition of property `index`: sums and the raw choice are left
  /// to luck. `nil` if the bounds chosen contradict each other.
  mutating func inRegion(ofProperty index: Int) -> [Float]? {
    var ranges = program.interface.inputs.map { Optional($0.lowest...$0.highest) }
    narrow(&ranges, to: program.guards[index].property.condition)
    var input: [Float] = []
    for range in ranges {
      guard let range else { return nil }
      switch generator.below(4) {
      case 0: input.append(usual(range).lowerBound)
      case 1: input.append(usual(range).upperBound)
      default: input.append(generator.number(in: usual(range)))
      }
    }
    return input
  }

  /// - Parameter ranges: `nil` for an empty one.
  private mutating func narrow(_ ranges: inout [ClosedRange<Float>?], to condition: Condition) {
    switch condition {
    case .constant, .atom(.linear, _), .atom(.rawChoice, _): break
    case .atom(.atLeast(let input, let bound), _):
      ranges[input] = ranges[input].flatMap {
        bound <= $0.upperBound ? max(bound, $0.lowerBound)...$0.upperBound : nil
      }
    case .atom(.atMost(let input, let bound), _):
      ranges[input] = ranges[input].flatMap {
        bound >= $0.lowerBound ? $0.lowerBound...min(bound, $0.upperBound) : nil
      }
    case .all(let parts): for part in parts { narrow(&ranges, to: part) }
    case .any(let parts): if !parts.isEmpty { narrow(&ranges, to: pick(parts)) }
    }
  }

  /// The part of a range in which networks work: numbers near the ends of binary32's would only overflow.
  private func usual(_ range: ClosedRange<Float>) -> ClosedRange<Float> {
    if range.lowerBound > -1e6, range.upperBound < 1e6 { return range }
    let lower = max(range.lowerBound, min(-4, range.upperBound))
    return lower...max(lower, min(range.upperBound, 4))
  }
}
