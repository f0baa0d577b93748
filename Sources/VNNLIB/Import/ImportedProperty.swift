import Diagnostics
import SpecificationLanguage

/// A property of the language that a VNN-LIB file says.
public struct ImportedProperty: Sendable {
  /// `enforce` for orders, `verify` where scores are bounded.
  public let role: PropertyRole
  public let name: String
  /// The text behind `when`.
  public let condition: String
  /// The text behind `then`.
  public let post: String
}

/// The properties whose violation a VNN-LIB file describes: its unsafe set is the union of their violations.
public struct ImportedProperties: Sendable {
  public let properties: [ImportedProperty]
  /// Notes.
  public let diagnostics: DiagnosticSet

  /// One property an input region, two where orders and bounds are demanded together: the orders can be enforced,
  /// the bounds only verified.
  ///
  /// Regions are cut with the domains, and one outside them is left out. All numbers are exact; a bound in a unit
  /// with an offset that is no finite decimal is rounded outwards.
  ///
  /// - Parameters:
  ///   - name: the properties' name; a number follows if there are several regions.
  ///   - interface: has as many inputs and outputs as `set`.
  ///   - file: the file's name, for messages.
  /// - Throws: what cannot be said, or that nothing is left to say.
  public init(
    _ set: UnsafeSet, name: String, interface: Interface, file: String
  ) throws(DiagnosticSet) {
    var found: [(region: InputRegion, demand: OutputDemand)] = []
    var demands = OutputDemands(interface: interface, file: file)
    for item in try set.cases(file: file) {
      guard let region = InputRegion(item.inputs, in: interface) else { continue }
      let demand = try demands.complement(of: item.outputs)
      if demand == .impossible { throw DiagnosticSet([.everythingUnsafe(file)]) }
      if demand != .nothing { found.append((region, demand)) }
    }
    if found.isEmpty { throw DiagnosticSet([.nothingToImport(file)]) }
    var properties: [ImportedProperty] = []
    for (index, (region, demand)) in found.enumerated() {
      let own = found.count == 1 ? name : "\(name)_\(index + 1)"
      guard let condition = RegionText(interface: interface).text(region) else {
        throw DiagnosticSet([.numberNotSayable("an input", file)])
      }
      let orders = demand.conjuncts.filter(\.isOrder)
      let scores = demand.conjuncts.filter { !$0.isOrder }
      for (role, parts) in [(PropertyRole.enforce, orders), (.verify, scores)] where !parts.isEmpty {
        guard let post = DemandText(interface: interface).text(parts) else {
          throw DiagnosticSet([.numberNotSayable("a score", file)])
        }
        let suffix = role == .verify && !orders.isEmpty ? "_scores" : ""
        properties.append(ImportedProperty(role: role, name: own + suffix, condition: condition, post: post))
      }
    }
    self.properties = properties
    diagnostics = DiagnosticSet(demands.forbidsSafeTies ? [.tiesBecomeUnsafe(file)] : [])
  }
}
