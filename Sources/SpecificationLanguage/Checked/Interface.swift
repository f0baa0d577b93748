import Diagnostics
import ExactArithmetic

/// What emitted code takes and returns: inputs in physical units, outputs with names and an order.
public struct Interface: Sendable {
  public let name: String
  /// The inputs' scalars, row-major; tensor inputs are flattened (`image[3,4]`).
  public let inputs: [InputScalar]
  /// The declared shape of the only input; empty where there are several, or where it is a scalar.
  public let inputShape: [Int]
  /// The outputs' names, in the model's order.
  public let outputs: [String]
  public let groups: [OutputGroup]
  public let better: Better
  /// Output indices, the one preferred on ties first: `ties prefer`, then order of declaration.
  public let tieOrder: [Int]
  /// `abstain when conflict`: a conflict is permitted and abstains at run time.
  public let abstainsOnConflict: Bool
  /// Where it says so.
  public let abstentionRange: SourceRange?
  public let range: SourceRange

  package init(
    name: String, inputs: [InputScalar], outputs: [String], groups: [OutputGroup], better: Better,
    tieOrder: [Int], abstainsOnConflict: Bool, abstentionRange: SourceRange? = nil,
    inputShape: [Int] = [], range: SourceRange
  ) {
    self.name = name
    self.inputs = inputs
    self.inputShape = inputShape
    self.outputs = outputs
    self.groups = groups
    self.better = better
    self.tieOrder = tieOrder
    self.abstainsOnConflict = abstainsOnConflict
    self.abstentionRange = abstentionRange
    self.range = range
  }
}

/// Which scores are better: `choose highest` or `choose lowest`.
public enum Better: String, Sendable {
  case highest, lowest
}

public struct OutputGroup: Sendable {
  public let name: String
  /// Ascending output indices; not empty.
  public let members: [Int]

  package init(name: String, members: [Int]) {
    self.name = name
    self.members = members
  }
}

/// One scalar input in its physical unit.
public struct InputScalar: Sendable {
  public let name: String
  /// The unit as declared, for display; empty for plain numbers (unit `1`).
  public let unit: String
  public let scale: UnitScale
  /// The declared domain in the declared unit; `nil` means every finite binary32 number.
  public let domain: Domain?
  public let normalization: Normalization
  public let range: SourceRange

  /// The smallest binary32 number in the domain.
  public let lowest: Float
  /// The largest binary32 number in the domain. INVARIANT: `lowest <= highest`.
  public let highest: Float

  package init(
    name: String, unit: String, scale: UnitScale = .plain, domain: Domain?, normalization: Normalization,
    range: SourceRange, lowest: Float, highest: Float
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.domain = domain
    self.normalization = normalization
    self.range = range
    self.lowest = lowest
    self.highest = highest
  }
}

/// A closed interval of rationals. INVARIANT: `lower <= upper`.
public struct Domain: Sendable, Hashable {
  public let lower: Rational
  public let upper: Rational

  package init(lower: Rational, upper: Rational) {
    self.lower = lower
    self.upper = upper
  }
}

/// The affine map from a physical input `x` to the network's input: `(x - center) * scale`, over the
/// reals; ``FloatNormalization`` is what the emitted program computes.
public struct Normalization: Sendable, Hashable {
  public let center: Rational
  /// INVARIANT: not zero.
  public let scale: Rational

  public static let identity = Normalization(center: .zero, scale: .one)

  package init(center: Rational, scale: Rational) {
    self.center = center
    self.scale = scale
  }
}
