/// How many operations of each kind a program does, at most. They are operations of the loop program: what a compiler
/// makes of them is not looked at.
public struct OperationCounts: Sendable, Hashable {
  public enum Kind: Int, Sendable, CaseIterable {
    case multiplication, addition, fusedMultiplyAddition, division, comparison, other, wide, load, store,
      integer,
      branch, call

    /// For example: `multiplications`.
    var text: String {
      switch self {
      case .multiplication: "multiplications"
      case .addition: "additions and subtractions"
      case .fusedMultiplyAddition: "fused multiply-additions"
      case .division: "divisions"
      case .comparison: "comparisons"
      case .other: "conversions to and from bits"
      case .wide: "binary64 operations"
      case .load: "numbers loaded"
      case .store: "numbers stored"
      case .integer: "integer operations, loads and stores"
      case .branch: "branches"
      case .call: "calls"
      }
    }
  }

  private var counts: SIMD16<Int64> = .zero

  public static let zero = OperationCounts()

  public subscript(kind: Kind) -> Int {
    get { Int(counts[kind.rawValue]) }
    set { counts[kind.rawValue] = Int64(newValue) }
  }

  /// All kinds together.
  public var total: Int { Kind.allCases.reduce(0) { $0 + self[$1] } }

  static func one(_ kind: Kind) -> OperationCounts {
    var result = OperationCounts()
    result[kind] = 1
    return result
  }

  static func + (a: OperationCounts, b: OperationCounts) -> OperationCounts {
    var result = a
    result.counts &+= b.counts
    return result
  }

  static func * (a: OperationCounts, times: Int) -> OperationCounts {
    var result = a
    result.counts &*= Int64(times)
    return result
  }

  /// For each kind the larger number: a bound on two alternatives.
  static func maximum(_ a: OperationCounts, _ b: OperationCounts) -> OperationCounts {
    var result = a
    result.counts = pointwiseMax(a.counts, b.counts)
    return result
  }
}
