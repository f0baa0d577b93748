import Diagnostics

/// A NumPy file (format 1.0 to 3.0): little-endian float32 or float64, C order, one or two axes or more.
struct NumpyArray {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private let shape: [Int]
  private let isDouble: Bool
  private let dataStart: Int

  init(_ file: SourceFile) throws(DiagnosticSet) {
    let bytes = file.utf8
    func fail(_ problem: String) -> DiagnosticSet {
      malformedInput(file, "header", problem, "save it with `numpy.save` as float32 or float64, C order")
    }
    let lengthSize = bytes.count > 6 && bytes[6] >= 2 ? 4 : 2
    guard bytes.count >= 8 + lengthSize else { throw fail("the file is cut off") }
    let length = (0..<lengthSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    dataStart = 8 + lengthSize + length
    guard dataStart <= bytes.count else { throw fail("the file is cut off") }
    let header = String(decoding: bytes[(8 + lengthSize)..<dataStart], as: UTF8.self)
    if header.contains("'descr': '<f4'") {
      isDouble = false
    } else if header.contains("'descr': '<f8'") {
      isDouble = true
    } else {
      throw fail("the elements are neither float32 nor float64, little-endian")
    }
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
    let elementSize = isDouble ? 8 : 4
    let (total, overflow) = count.multipliedReportingOverflow(by: width * elementSize)
    guard !overflow, total == file.utf8.count - dataStart else {
      throw malformedInput(
        file, "data", "\(file.utf8.count - dataStart) bytes of data do not fit the shape \(shape)",
        "the file is cut off or has trailing bytes: save it again")
    }
    return file.utf8.withUnsafeBytes { buffer in
      (0..<count).map { row in
        (0..<width).map { column in
          let offset = dataStart + (row * width + column) * elementSize
          if isDouble {
            let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            return Float(Double(bitPattern: UInt64(littleEndian: bits)))
          }
          let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
    }
  }
}
