import CodeGeneration
import NetworkIR
import SpecificationLanguage

/// What `ordain compile` is asked for besides specification and models.
public struct CompileOptions: Sendable {
  public var emission: EmissionOptions
  /// How sums of products round; `nil` for what the network's clauses ask for.
  public var semantics: FloatSemantics?
  /// The beginning of all names; `nil` for the specification's and the network's.
  public var prefix: ProgramPrefix?
  public var limits: CostLimits
  /// The most boxes that the inputs of a property are cut into before its proof is given up; `nil` if nothing is proved.
  public var proofBoxes: Int?

  public static let defaultProofBoxes = 20_000

  public init(
    emission: EmissionOptions = EmissionOptions(), semantics: FloatSemantics? = nil,
    prefix: ProgramPrefix? = nil, limits: CostLimits = CostLimits(), proofBoxes: Int? = nil
  ) {
    self.emission = emission
    self.semantics = semantics
    self.prefix = prefix
    self.limits = limits
    self.proofBoxes = proofBoxes
  }
}

/// Which scores of a network without specification are better.
public enum Choice: String, Sendable, CaseIterable {
  case highest, lowest

  var better: Better {
    switch self {
    case .highest: .highest
    case .lowest: .lowest
    }
  }
}
