import Diagnostics
import NetworkIR

func importONNX(
  named name: String, bytes: [UInt8], reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> ImportedModel {
  throw DiagnosticSet([
    Diagnostic(.unknownModelFormat, "ONNX is not supported", at: .file(name: name, place: nil))
  ])
}
