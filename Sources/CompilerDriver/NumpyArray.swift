import Diagnostics

/// A NumPy file (format 1.0 to 3.0): little-endian numbers of one kind, C order, one or two axes or more.
struct NumpyArray {
  /// What the numbers may be.
  enum Kind: Sendable {
    case floats, integers

    /// The types' names in a header.
    fileprivate var descriptors: [String] {
      switch self {
      case .floats: ["<f4", "<f8"]
      case .integers: ["<i8", "<i4", "<i2", "|i1", "<u8", "<u4", "<u2", "|u1"]
      }
    }

    fileprivate var problem: String {
      switch self {
      case .floats: "the elements are neither float32 nor float64, little-endian"
      case .integers: "the elements are no integers, little-endian"
      }
    }

    fileprivate var cure: String {
      switch self {
      case .floats: "save it with `numpy.save` as float32 or float64, C order"
      case .integers: "save it with `numpy.save` as integers, such as int64, C order"
      }
    }
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private let shape: [Int]
  /// For example `<f4`.
  private let descriptor: String
  private let elementSize: Int
  private let dataStart: Int

  init(_ file: SourceFile, of kind: Kind = .floats) throws(DiagnosticSet) {
    let bytes = file.utf8
    func fail(_ problem: String) -> DiagnosticSet {
      malformedInput(file, "header", problem, kind.cure)
    }
    let lengthSize = bytes.count > 6 && bytes[6] >= 2 ? 4 : 2
    guard bytes.count >= 8 + lengthSize else { throw fail("the file is cut off") }
    let length = (0..<lengthSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    dataStart = 8 + lengthSize + length
    guard dataStart <= bytes.count else { throw fail("the file is cut off") }
    let header = String(decoding: bytes[(8 + lengthSize)..<dataStart], as: UTF8.self)
    guard let descriptor = kind.descriptors.first(where: { header.contains("'descr': '\($0)'") }),
      let size = descriptor.last?.wholeNumberValue
    else { throw fail(kind.problem) }
    self.descriptor = descriptor
    elementSize = size
    guard header.contains("'fortran_order': False") else { throw fail("the array is not in C order") }
    guard let open = header.firstIndex(of: "("), let close = header[open...].firstIndex(of: ")") else {
      throw fail("the header has no shape")
    }
    var shape: [Int] = []
    for part in header[header.index(after: open)..<close].split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let size = Int(digits), size >= 0 else { throw fail("the shape is malformed") }
      shape.append(size)
    }
    self.shape = shape
  }

  /// - Parameter width: values a row: the product of all axes but the first, or the only axis.
  func rows(of width: Int, _ file: SourceFile) throws(DiagnosticSet) -> [[Float]] {
    let sizes = shape.count > 1 ? Array(shape.dropFirst()) : shape
    var product = 1
    for size in sizes {
      let (value, overflow) = product.multipliedReportingOverflow(by: size)
      product = overflow ? -1 : value
      if product < 0 || product > width { break }
    }
    guard product == width else {
      throw malformedInput(
        file, "header", "the shape \(shape) has not \(width) values a row", "save rows of one value an input")
    }
    let count = shape.count > 1 ? shape[0] : 1
    try requireData(of: count, width, file)
    return file.utf8.withUnsafeBytes { buffer in
      (0..<count).map { row in
        (0..<width).map { column in
          let offset = dataStart + (row * width + column) * elementSize
          if descriptor == "<f8" {
            let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            return Float(Double(bitPattern: UInt64(littleEndian: bits)))
          }
          let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
    }
  }

  /// The numbers of one axis, of an array of integers; further axes of one element don't count.
  func integers(_ file: SourceFile) throws(DiagnosticSet) -> [Int128] {
    guard let count = shape.first, shape.dropFirst().allSatisfy({ $0 == 1 }) else {
      throw malformedInput(
        file, "header", "the shape \(shape) has not one number a point",
        "save one number a point, in one axis")
    }
    try requireData(of: count, 1, file)
    let isSigned = descriptor.contains("i")
    return (0..<count).map { index in
      let start = dataStart + index * elementSize
      var value: Int128 = 0
      for byte in file.utf8[start..<start + elementSize].reversed() { value = value << 8 | Int128(byte) }
      let limit = Int128(1) << (8 * elementSize - 1)
      return isSigned && value >= limit ? value - 2 * limit : value
    }
  }

  private func requireData(of count: Int, _ width: Int, _ file: SourceFile) throws(DiagnosticSet) {
    let (total, overflow) = count.multipliedReportingOverflow(by: width * elementSize)
    guard !overflow, total == file.utf8.count - dataStart else {
      throw malformedInput(
        file, "data", "\(file.utf8.count - dataStart) bytes of data do not fit the shape \(shape)",
        "the file is cut off or has trailing bytes: save it again")
    }
  }
}
