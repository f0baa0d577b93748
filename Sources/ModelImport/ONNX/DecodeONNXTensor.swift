import Diagnostics
import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ONNXTensor {
  /// Reads a tensor, comparing the size that its dimensions claim with the data that is there before
  /// anything is allocated.
  ///
  /// - Parameter subject: how messages call it, such as "initializer `W`".
  init(_ proto: Onnx_TensorProto, _ subject: String, at location: DiagnosticLocation) throws(Diagnostic) {
    let decoder = TensorDecoder(proto: proto, subject: subject, location: location)
    self.init(dimensions: try decoder.dimensions(), elements: try decoder.elements())
  }
}

private struct TensorDecoder {
  let proto: Onnx_TensorProto
  let subject: String
  let location: DiagnosticLocation

  private func failure(_ code: DiagnosticCode, _ problem: String, cure: String) -> Diagnostic {
    Diagnostic(code, "\(subject) \(problem)", at: location, cure: cure)
  }

  func dimensions() throws(Diagnostic) -> [Int] {
    if proto.dataLocation == 1 || !proto.externalData.isEmpty {
      throw failure(
        .externalData, "keeps its data in another file",
        cure: "save the model as one file, in Python `onnx.save(onnx.load(path), path)`")
    }
    if proto.hasSegment {
      throw failure(.modelMalformed, "is only a segment of a tensor", cure: "save it as one tensor")
    }
    guard proto.dims.count <= ONNXTensor.largestRank, elementCount != nil else {
      throw failure(
        .modelMalformed, "has impossible dimensions \(describedDimensions)", cure: "export the model again")
    }
    return proto.dims.map { Int($0) }
  }

  private var elementCount: Int? {
    let dimensions = proto.dims.compactMap { Int(exactly: $0) }
    return dimensions.count == proto.dims.count ? ONNXTensor.elementCount(dimensions) : nil
  }

  func elements() throws(Diagnostic) -> ONNXElements {
    switch ONNXElementType(rawValue: proto.dataType) {
    case .float32:
      let values = try decoded(proto.floatData) { (word: UInt32) in Float(bitPattern: word) }
      try requireFinite(values)
      return .floats(values)
    case .float64:
      let values = try decoded(proto.doubleData) { (word: UInt64) in Double(bitPattern: word) }
      try requireFinite(values)
      return .doubles(values)
    case .int32:
      return .int32s(try decoded(proto.int32Data) { (word: UInt32) in Int32(bitPattern: word) })
    case .int64:
      return .int64s(try decoded(proto.int64Data) { (word: UInt64) in Int64(bitPattern: word) })
    case .bool:
      let values = try decoded(proto.int32Data) { (byte: UInt8) in Int32(byte) }
      return .booleans(values.map { $0 != 0 })
    case nil:
      throw failure(
        .unsupportedElementType, "has element type \(ONNXElementType.name(of: proto.dataType))",
        cure:
          "only float32 is supported (and, in constants, float64, int32, int64 and bool); convert the model")
    }
  }

  /// The elements as they are listed in `field`, or else as little-endian words in the raw data.
  private func decoded<Element, Word: FixedWidthInteger>(
    _ field: [Element], _ element: (Word) -> Element
  ) throws(Diagnostic) -> [Element] {
    guard proto.hasRawData else {
      try checkCount(field.count)
      return field
    }
    if !field.isEmpty {
      throw failure(.modelMalformed, "has its data twice", cure: "export the model again")
    }
    let width = MemoryLayout<Word>.size
    if proto.rawData.count % width != 0 {
      throw failure(
        .modelMalformed, "has \(proto.rawData.count) bytes of \(width)-byte elements",
        cure: "export the model again")
    }
    let count = proto.rawData.count / width
    try checkCount(count)
    return proto.rawData.withUnsafeBytes { bytes in
      (0..<count).map {
        element(Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Word.self)))
      }
    }
  }

  private func checkCount(_ found: Int) throws(Diagnostic) {
    if let elementCount, found != elementCount {
      throw failure(
        .modelMalformed,
        "has dimensions \(describedDimensions), \(elementCount) elements, but data for \(found)",
        cure: "the file is damaged; export the model again")
    }
  }

  private func requireFinite(_ values: [some BinaryFloatingPoint]) throws(Diagnostic) {
    var allFinite = true
    for value in values { allFinite = allFinite && value.isFinite }
    if allFinite { return }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw failure(
        .nonFiniteWeight, "holds \(value) at index \(index)",
        cure:
          "every number of a model must be finite; leave out bounds of Clip that are infinite, and look whether training diverged"
      )
    }
  }

  /// The first dimensions, as a message shows them.
  private var describedDimensions: String {
    let shown = proto.dims.prefix(8).map(String.init) + (proto.dims.count > 8 ? ["..."] : [])
    return "[" + shown.joined(separator: ", ") + "]"
  }
}
