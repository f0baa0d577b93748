import SpecificationLanguage

/// Where properties are active together.
public struct Coactivity: Sendable {
  public let region: Region
  /// Whether they may also be active together outside `region`.
  public let occursElsewhere: Bool
  public let example: ConflictExample
}

/// Why there is no example.
public struct NoExample: Error {
  public let reason: String
}

/// An example of properties that are active together, replayed.
///
/// - Requires: some feasible set of active properties holds them all.
/// - Parameters:
///   - properties: indices into the specification's, all enforced on `network`.
///   - network: index into the specification's.
/// - Throws: why there is none: the solver gives none in time, or its own does not replay.
public func coactivity(
  of properties: [Int], on network: Int, in spec: CheckedSpec, options: AnalysisOptions = AnalysisOptions()
) throws(NoExample) -> Coactivity {
  let instance = spec.networks[network]
  let problem = GuardProblem(instance, interfaces: spec.interfaces, properties: spec.properties)
  let finder = ExampleFinder(problem, timeoutMilliseconds: options.timeoutMilliseconds)
  let guards = properties.compactMap { instance.properties.firstIndex(of: $0) }
  return try finder.coactivity(of: guards)
}
