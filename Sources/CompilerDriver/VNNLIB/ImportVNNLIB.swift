import Diagnostics
import SpecificationLanguage
import VNNLIB

/// A VNN-LIB file as a specification: one that imports another, which declares the interface, or one that stands
/// alone.
public struct ImportedVNNLIB: Sendable {
  public let text: String
  /// Notes about what was imported, and the warnings of its check.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - name: the properties' name.
  ///   - interface: the interface's name; without `specification` one is made, of plain numbers.
  ///   - target: the path at which the text will stand, for the path of what it imports.
  ///   - networks: as users write selections; the properties are declared on them, on all if it is empty.
  /// - Throws: what is wrong with the file or the specification, or cannot be said; the text always checks.
  public init(
    _ file: SourceFile, name: String, interface: String, specification: SourceFile?, target: String,
    networks patterns: [NetworkPattern]
  ) throws(DiagnosticSet) {
    let set = try parseVNNLIB(file)
    var diagnostics = DiagnosticSet()
    let header = """
      // Imported by Ordain \(compilerVersion) from VNN-LIB, SHA-256 \(ContentHash(of: file.utf8)).
      // The file says what is unsafe; these properties are its complement, inputs in physical units.
      ordain 1
      spec "\(name)" 1.0.0


      """
    let base: String
    if let specification {
      base = header + "import \"\(relativePath(of: specification.name, fromFileAt: target))\"\n"
    } else {
      if set.outputCount < 2 { throw DiagnosticSet([.tooFewOutputsToImport(set, file)]) }
      base = header + Self.declarations(of: set, interface: interface)
    }
    let (_, spec) = try FrontEnd.check(
      specification ?? SourceFile(name: target, text: base), reportingTo: &diagnostics)
    let index = try Self.interface(interface, of: spec, fits: set, file)
    _ = try NetworkPattern.select(patterns, from: spec)
    let imported = try ImportedProperties(
      set, name: name, interface: spec.interfaces[index], file: file.name)
    let scope = patterns.isEmpty ? Self.scope(of: index, in: spec) : patterns.map(\.description)
    let on = scope.isEmpty ? "" : " on \(scope.joined(separator: ", "))"
    let draft =
      base
      + imported.properties.map { property in
        let comment =
          property.role == .enforce
          ? "// An ordering: it can be enforced." : "// A bound of scores: it can be verified, not enforced."
        return "\n\(comment)\n\(property.role.rawValue) \(property.name)\(on) {\n"
          + "  when \(property.condition)\n  then \(property.post)\n}\n"
      }.joined()
    // What is printed is what a later command reads: it has to check.
    var findings = DiagnosticSet()
    let (tree, _) = try FrontEnd.check(SourceFile(name: target, text: draft), reportingTo: &findings)
    text = String(decoding: try format(tree.root), as: UTF8.self)
    self.diagnostics = DiagnosticSet(
      imported.diagnostics.diagnostics + Self.summary(findings.diagnostics, of: .neverEqual))
  }

  /// The first diagnostic of a kind speaks for all: a file may fix thousands of inputs to numbers that are no floats.
  private static func summary(_ diagnostics: [Diagnostic], of code: DiagnosticCode) -> [Diagnostic] {
    let alike = diagnostics.filter { $0.code == code }
    guard let first = alike.first, alike.count > 1 else { return diagnostics }
    let noted = first.noting("and \(alike.count - 1) more are like this one", at: .none)
    return [noted] + diagnostics.filter { $0.code != code }
  }

  /// An interface of plain numbers without domains, and one network.
  private static func declarations(of set: UnsafeSet, interface: String) -> String {
    """
    // No specification was named: plain numbers, which the network takes as they are. Correct `choose` if the
    // lowest score is the best, and the model's path.
    interface \(interface) {
      inputs { x[\(set.inputCount)] : 1 }
      outputs { y[\(set.outputCount)] choose highest }
    }
    network Model : \(interface) from "model.onnx"

    """
  }

  /// The index of the interface of this name.
  private static func interface(
    _ name: String, of spec: CheckedSpec, fits set: UnsafeSet, _ file: SourceFile
  ) throws(DiagnosticSet) -> Int {
    guard let index = spec.interfaces.firstIndex(where: { $0.name == name }) else {
      let names = spec.interfaces.map(\.name)
      throw DiagnosticSet([
        Diagnostic(
          .unknownName, "there is no interface `\(name)`", at: .none,
          cure: (suggestion(for: name, among: names) ?? names.first).map { "did you mean `\($0)`?" } ?? "")
      ])
    }
    let interface = spec.interfaces[index]
    guard interface.inputs.count == set.inputCount, interface.outputs.count == set.outputCount else {
      throw DiagnosticSet([.vnnlibShapeMismatch(set, interface, file)])
    }
    return index
  }

  /// The networks of an interface, as a selection; empty if they are all networks of the specification.
  private static func scope(of interface: Int, in spec: CheckedSpec) -> [String] {
    if spec.networks.allSatisfy({ $0.interface == interface }) { return [] }
    var families: [String] = []
    for network in spec.networks where network.interface == interface {
      let family = String(network.name.prefix { $0 != "[" })
      if families.last != family { families.append(family) }
    }
    return families
  }
}
