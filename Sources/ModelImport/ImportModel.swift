import Diagnostics

/// Imports a model from the bytes of its file; the extension of `name` says which format it is.
///
/// - Parameter name: the file's name; a folder in front of it is dropped.
/// - Parameter diagnostics: receives warnings and notes about a model that could be imported.
/// - Throws: all errors found, with the codes of models (`ORD06xx`).
public func importModel(
  named name: String, bytes: consuming [UInt8], reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> ImportedModel {
  let baseName = name.split(separator: "/").last.map(String.init) ?? name
  return switch try modelFormat(ofFileNamed: baseName) {
  case .nnet: try importNNet(named: baseName, bytes: bytes)
  case .onnx: try importONNX(named: baseName, bytes: bytes, reportingTo: &diagnostics)
  }
}

/// Imports the model file at `path`.
///
/// The file's size is checked before it is read, its format before that.
///
/// - Throws: as ``importModel(named:bytes:reportingTo:)``, and `modelNotFound`, `modelUnreadable` or
///   `modelTooLarge` where the file can't be read.
public func importModel(
  atPath path: String, reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> ImportedModel {
  _ = try modelFormat(ofFileNamed: path)
  return try importModel(named: path, bytes: try readModelFile(atPath: path), reportingTo: &diagnostics)
}

enum ModelFormat: String, CaseIterable {
  case onnx, nnet
}

private func modelFormat(ofFileNamed name: String) throws(DiagnosticSet) -> ModelFormat {
  let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
  if pieces.count > 1, let format = ModelFormat(rawValue: pieces[pieces.count - 1].lowercased()) {
    return format
  }
  throw DiagnosticSet([
    Diagnostic(
      .unknownModelFormat, "the model format of `\(name)` is not known",
      at: .file(name: name, place: nil),
      cure: "name the file for its format: `.onnx` or `.nnet`")
  ])
}
