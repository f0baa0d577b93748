import Diagnostics
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage

/// The questions of `ordain prove SPEC`, and the one of `ordain check-proof FILE SPEC`: properties of a specification, each on
/// each of its networks.
public struct PropertyProofs: Sendable {
  let spec: CheckedSpec
  /// Of which networks which properties are asked: ascending by network, then in order of declaration.
  let questions: [(network: Int, properties: [NamedProperty])]
  let models: ModelLocator
  let rounding: FloatSemantics?
  /// The warnings and notes of the specification.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - patterns: only these networks; all if there is no pattern.
  ///   - names: only these properties, or families of them; without names every `enforce` and `verify`.
  ///   - rounding: how the programs' sums of products round; `nil` for what compiling would choose.
  /// - Throws: what is wrong with the specification or the selection.
  public init(
    _ source: SourceFile, definitions: [Definition], networks patterns: [NetworkPattern],
    properties names: [String], models: ModelLocator, rounding: FloatSemantics?
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    spec = try FrontEnd.check(source, definitions: definitions, reportingTo: &diagnostics).1
    questions = try spec.questions(
      about: try spec.properties(named: names), isChosen: !names.isEmpty, on: patterns)
    self.models = models
    self.rounding = rounding
    self.diagnostics = diagnostics
  }

  /// How many questions there are.
  public var count: Int { questions.reduce(0) { $0 + $1.properties.count } }

  /// Answers the questions in order.
  ///
  /// - Parameters:
  ///   - progress: called with a line about long work.
  ///   - answered: called with each answer as soon as it is there.
  /// - Throws: what is wrong with a model; at the end, why properties can't be asked about.
  public func answer(
    with options: ProofOptions, reportingTo diagnostics: inout DiagnosticSet, progress: (String) -> Void,
    answered: (ProofAnswer) -> Void
  ) throws(DiagnosticSet) {
    var done = 0
    var refused = DiagnosticSet()
    for (index, properties) in questions {
      let prover = try prover(ofNetwork: index, reportingTo: &diagnostics)
      for property in properties {
        progress("proving \(prover.instance.name) \(property.name(in: spec).name) (\(done + 1) of \(count))")
        do throws(DiagnosticSet) {
          answered(try prover.answer(to: property.asked(in: spec), with: options))
        } catch {
          // The others can be asked all the same.
          refused.report(contentsOf: error)
        }
        done += 1
      }
    }
    if !refused.diagnostics.isEmpty { throw refused }
  }

  /// Imports the network's model.
  func prover(
    ofNetwork index: Int, reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) -> PropertyProver {
    let instance = spec.networks[index]
    var found = DiagnosticSet()
    defer { diagnostics.report(contentsOf: found) }
    let network = try spec.importNetwork(at: index, models: models, reportingTo: &found)
    try requireMatch(of: network, instance, spec.interfaces[instance.interface])
    return PropertyProver(
      spec: spec, instance: instance,
      network: network.rounding(as: spec.floatSemantics(ofNetwork: index, chosen: rounding)),
      isWithoutSoftmax: found.diagnostics.contains { $0.code == .softmaxDropped })
  }
}

extension CheckedSpec {
  /// The properties with these names, members of families by the family's; without names those that are to hold always.
  ///
  /// - Throws: a diagnostic for each name that there is none of.
  fileprivate func properties(named names: [String]) throws(DiagnosticSet) -> [NamedProperty] {
    let all = properties.indices.map(NamedProperty.enforced) + rawProperties.indices.map(NamedProperty.raw)
    if names.isEmpty {
      return all.filter {
        if case .raw(let index) = $0 { rawProperties[index].role == .verify } else { true }
      }
    }
    var selected: Set<Int> = []
    var diagnostics = DiagnosticSet()
    for name in names {
      let family = name.filter { !$0.isWhitespace } + "["
      let members = all.indices.filter { all[$0].name(in: self).name.hasPrefix(family) }
      selected.formUnion(members)
      if !members.isEmpty { continue }
      do throws(DiagnosticSet) {
        let found = try NamedProperty(name, in: self)
        selected.formUnion(all.indices.filter { all[$0] == found })
      } catch {
        diagnostics.report(contentsOf: error)
      }
    }
    try diagnostics.throwOnError()
    return selected.sorted().map { all[$0] }
  }

  /// - Parameter isChosen: whether a user named the properties: then each has to be on some network.
  /// - Throws: a diagnostic for each pattern that matches nothing; that a property is on none of the networks, or that
  ///   nothing is asked.
  fileprivate func questions(
    about properties: [NamedProperty], isChosen: Bool, on patterns: [NetworkPattern]
  ) throws(DiagnosticSet) -> [(network: Int, properties: [NamedProperty])] {
    let selected = try NetworkPattern.select(patterns, from: self)
    let declared = properties.map { Set($0.networks(in: self)) }
    var diagnostics = DiagnosticSet()
    if isChosen {
      for (property, networks) in zip(properties, declared) where networks.isDisjoint(with: selected) {
        diagnostics.report(.propertyOnNoneOfThese(property, of: self))
      }
    }
    try diagnostics.throwOnError()
    let questions = selected.map { network in
      (
        network: network,
        properties: properties.indices.filter { declared[$0].contains(network) }.map { properties[$0] }
      )
    }.filter { !$0.properties.isEmpty }
    if questions.isEmpty { throw DiagnosticSet([.nothingToProve(self)]) }
    return questions
  }
}
