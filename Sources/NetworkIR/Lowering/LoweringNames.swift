import LoopIR

/// The names that lowering gives. Those that other functions of the program see start with its prefix.
public struct LoweringNames: Sendable {
  private let prefix: String

  /// - Requires: `prefix` is an identifier that starts no name of a target language or its library.
  public init(prefix: String) { self.prefix = prefix }

  /// A function or table that several layers share. For example: `acas_xu_n_1_1_sigmoid`.
  func shared(_ role: String) -> Identifier { Identifier("\(prefix)_\(role)") }

  /// A function or table of layer `number`. For example: `acas_xu_n_1_1_weights_3`.
  func layer(_ role: String, _ number: Int) -> Identifier { Identifier("\(prefix)_\(role)_\(number)") }

  static let input = Identifier("input")
  static let output = Identifier("output")
  static let scratch = Identifier("scratch")

  /// The parameter for operand `number` of a layer.
  static func operand(_ number: Int) -> Identifier { Identifier("operand_\(number)") }

  /// The counter of loop `depth` of a nest.
  static func counter(_ depth: Int) -> Identifier { Identifier("i_\(depth)") }

  /// An element on its way into memory.
  static func element(_ number: Int) -> Identifier { Identifier("element_\(number)") }
}
