import Diagnostics

/// A node of an ONNX graph, with what messages need to name it.
struct ONNXNode {
  let proto: Onnx_NodeProto
  /// Its position in the file, from 0.
  let index: Int
  let fileName: String

  /// Its name, or `#index (Operator)` where it has none. Names are user text that ends up in reports and
  /// in comments of emitted code: control characters are replaced and length is bounded.
  var displayName: String {
    proto.name.isEmpty ? "#\(index) (\(printable(proto.opType)))" : printable(proto.name)
  }

  var location: DiagnosticLocation { .file(name: fileName, place: "node `\(displayName)`") }

  /// Whether the operator is one of the ONNX standard itself.
  var isStandard: Bool { isStandardDomain(proto.domain) }

  func failure(_ code: DiagnosticCode, _ problem: String, cure: String) -> Diagnostic {
    Diagnostic(code, problem, at: location, cure: cure)
  }

  /// The names of the inputs without the empty ones at the end, which stand for optional inputs left out.
  var inputs: [String] { withoutEmptyEnd(proto.input) }

  /// The names of the outputs without the empty ones at the end.
  var outputs: [String] { withoutEmptyEnd(proto.output) }

  private func withoutEmptyEnd(_ names: [String]) -> [String] {
    var names = names[...]
    while names.last == "" { names.removeLast() }
    return Array(names)
  }
}

/// `ai.onnx` is the long name of the default domain.
func isStandardDomain(_ domain: String) -> Bool { domain.isEmpty || domain == "ai.onnx" }

/// User text for a message: control characters replaced, at most 100 scalars.
package func printable(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(100) {
    let isControl = scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0)
    result.append(isControl ? "\u{FFFD}" : scalar)
  }
  return String(result)
}
