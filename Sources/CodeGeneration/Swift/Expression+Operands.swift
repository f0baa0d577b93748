import LoopIR

extension Expression {
  /// The expressions that this one is made of directly.
  var operands: [Expression] {
    switch self {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: []
    case .index(let array, let place): [array, place]
    case .field(let operand, _), .unary(_, let operand), .complement(let operand), .cast(_, let operand),
      .bitPattern(let operand), .floatOfBits(let operand), .commented(let operand, _):
      [operand]
    case .call(_, let operands), .all(let operands), .any(let operands): operands
    case .binary(let left, _, let right): [left, right]
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .fusedMultiplyAdd(let a, let b, let c): [a, b, c]
    }
  }
}
