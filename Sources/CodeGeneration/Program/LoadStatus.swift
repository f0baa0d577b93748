/// What `load` says of a file of weights. Raw values are those of the emitted code.
enum LoadStatus: Int32, Sendable, CaseIterable {
  case ok = 0
  case misaligned = 1
  case notWeights = 2
  case byteOrder = 3
  case otherWeights = 4
  case wrongSize = 5
  case damaged = 6

  /// What stands behind `PREFIX_LOAD_`.
  var name: String {
    switch self {
    case .ok: "OK"
    case .misaligned: "MISALIGNED"
    case .notWeights: "NOT_WEIGHTS"
    case .byteOrder: "BYTE_ORDER"
    case .otherWeights: "OTHER_WEIGHTS"
    case .wrongSize: "WRONG_SIZE"
    case .damaged: "DAMAGED"
    }
  }

  var description: String {
    switch self {
    case .ok: "the weights are those that the program was compiled with"
    case .misaligned: "the address is no multiple of 4"
    case .notWeights: "the data are no file of weights of this version"
    case .byteOrder: "the file is little-endian, this machine is not"
    case .otherWeights: "the weights are another network's"
    case .wrongSize: "the file is cut off, or longer than it says"
    case .damaged: "the weights are not the ones that were written"
    }
  }
}
