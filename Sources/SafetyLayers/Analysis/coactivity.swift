import SpecificationLanguage

/// Where properties are active together.
public struct Coactivity: Sendable {
  public let region: Region
  public let example: ConflictExample
}

/// An example of properties that are active together, replayed; `nil` if the solver gives none in time.
///
/// - Parameters:
///   - properties: indices into the specification's, all enforced on `network`.
///   - network: index into the specification's.
public func coactivity(
  of properties: [Int], on network: Int, in spec: CheckedSpec, options: AnalysisOptions = AnalysisOptions()
) -> Coactivity? {
  let instance = spec.networks[network]
  let problem = GuardProblem(instance, interfaces: spec.interfaces, properties: spec.properties)
  let finder = ExampleFinder(problem, timeoutMilliseconds: options.timeoutMilliseconds)
  let guards = properties.compactMap { instance.properties.firstIndex(of: $0) }
  guard let found = try? finder.conflict(of: guards) else { return nil }
  return Coactivity(region: found.region, example: found.example)
}
