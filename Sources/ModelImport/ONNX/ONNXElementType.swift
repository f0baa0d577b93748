/// The element types of ONNX tensors that are read (`TensorProto.DataType`).
enum ONNXElementType: Int32 {
  case float32 = 1
  case int32 = 6
  case int64 = 7
  case bool = 9
  case float64 = 11

  var name: String { Self.name(of: rawValue) }

  /// What the ONNX standard calls the type of this number.
  static func name(of number: Int32) -> String {
    number >= 0 && number < names.count ? names[Int(number)] : "number \(number), which is not known"
  }

  private static let names = [
    "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16",
    "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16",
  ]
}
