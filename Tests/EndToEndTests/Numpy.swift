/// The bytes of a `.npy` file, as `numpy.save` writes them (format 1.0).
func numpyFile(_ descriptor: String, _ shape: String, order: String = "False", data: [UInt8]) -> [UInt8] {
  var header = "{'descr': '\(descriptor)', 'fortran_order': \(order), 'shape': \(shape), }"
  let unpadded = 10 + header.utf8.count + 1
  header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
  let length = UInt16(header.utf8.count)
  return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8)
    + data
}

func littleEndian(_ values: [Float]) -> [UInt8] {
  values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
}

func littleEndian(_ values: [Double]) -> [UInt8] {
  values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
}
