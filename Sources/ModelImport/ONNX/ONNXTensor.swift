import Diagnostics
import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A constant of an ONNX graph: 32-bit floats, or the 64-bit integers that shapes are made of.
struct ONNXTensor {
  enum Elements {
    case floats([Float])
    case integers([Int64])
  }

  /// No real model has more dimensions; a list of millions of them would be copied with every node.
  static let largestRank = 64

  /// Outermost first, none negative; none at all for a scalar.
  let dimensions: [Int]
  /// INVARIANT: as many elements as the product of the dimensions; all floats are finite.
  let elements: Elements

  init(dimensions: [Int], elements: Elements) {
    self.dimensions = dimensions
    self.elements = elements
  }

  /// Reads a tensor, comparing the size that its dimensions claim with the data that is there before
  /// anything is allocated.
  ///
  /// - Parameter subject: how messages call it, such as "initializer `W`".
  init(_ proto: Onnx_TensorProto, _ subject: String, at location: DiagnosticLocation) throws(Diagnostic) {
    func failure(_ code: DiagnosticCode, _ problem: String, cure: String) -> Diagnostic {
      Diagnostic(code, "\(subject) \(problem)", at: location, cure: cure)
    }
    let exportAgain = "export the model again"
    if proto.dataLocation == 1 || !proto.externalData.isEmpty {
      throw failure(
        .externalData, "keeps its data in another file",
        cure: "save the model as one file, in Python `onnx.save(onnx.load(path), path)`")
    }
    if proto.hasSegment {
      throw failure(.modelMalformed, "is only a segment of a tensor", cure: "save it as one tensor")
    }
    guard let (dimensions, count) = Self.size(proto.dims) else {
      throw failure(
        .modelMalformed, "has impossible dimensions \(describe(proto.dims))", cure: exportAgain)
    }
    func checkCount(_ found: Int) throws(Diagnostic) {
      if found != count {
        throw failure(
          .modelMalformed,
          "has dimensions \(describe(proto.dims)), \(count) elements, but data for \(found)",
          cure: "the file is damaged; \(exportAgain)")
      }
    }
    func checkRaw(width: Int, otherData: Int) throws(Diagnostic) {
      if otherData != 0 {
        throw failure(.modelMalformed, "has its data twice", cure: exportAgain)
      }
      let bytes = proto.rawData.count
      if bytes % width != 0 {
        throw failure(.modelMalformed, "has \(bytes) bytes of \(width)-byte elements", cure: exportAgain)
      }
      try checkCount(bytes / width)
    }

    self.dimensions = dimensions
    switch proto.dataType {
    case ONNXElementType.float.rawValue:
      var floats = proto.floatData
      if proto.hasRawData {
        try checkRaw(width: 4, otherData: floats.count)
        floats = Self.littleEndian(proto.rawData, as: UInt32.self).map { Float(bitPattern: $0) }
      }
      try checkCount(floats.count)
      if let index = floats.firstIndex(where: { !$0.isFinite }) {
        throw failure(
          .nonFiniteWeight, "holds \(floats[index]) at index \(index)",
          cure: "every weight must be finite; the model may have diverged in training")
      }
      elements = .floats(floats)
    case ONNXElementType.int64.rawValue:
      var integers = proto.int64Data
      if proto.hasRawData {
        try checkRaw(width: 8, otherData: integers.count)
        integers = Self.littleEndian(proto.rawData, as: UInt64.self).map { Int64(bitPattern: $0) }
      }
      try checkCount(integers.count)
      elements = .integers(integers)
    default:
      throw failure(
        .unsupportedElementType, "has element type \(ONNXElementType.name(of: proto.dataType))",
        cure: "only 32-bit floats are supported (and 64-bit integers for shapes); convert the model")
    }
  }

  /// The dimensions as `Int` and their product; `nil` if one is negative or the product overflows.
  private static func size(_ dims: [Int64]) -> (dimensions: [Int], count: Int)? {
    var count = 1
    var dimensions: [Int] = []
    guard dims.count <= largestRank else { return nil }
    for dim in dims {
      guard dim >= 0, let dimension = Int(exactly: dim) else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      count = product
      dimensions.append(dimension)
    }
    return (dimensions, count)
  }

  private static func littleEndian<Word: FixedWidthInteger>(_ data: Data, as type: Word.Type) -> [Word] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<Word>.size).map {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Word>.size, as: Word.self))
      }
    }
  }
}

/// The first dimensions of a tensor, as a message shows them.
private func describe(_ dims: [Int64]) -> String {
  let shown = dims.prefix(8).map(String.init) + (dims.count > 8 ? ["..."] : [])
  return "[" + shown.joined(separator: ", ") + "]"
}
