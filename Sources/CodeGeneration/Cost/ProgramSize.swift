import LoopIR

/// The bytes of a program's tables and, estimated, of its functions.
struct ProgramSize {
  private(set) var tables: [CostReport.Contributor] = []
  private(set) var weightBytes = 0
  private(set) var code: [CostReport.Contributor] = []

  init(_ program: LoopProgram) {
    for declaration in program.declarations {
      switch declaration {
      case .comment, .constants, .structure: break
      case .table(let table):
        let bytes = table.count * table.type.size
        tables.append(.init(name: table.name.spelling, amount: bytes))
        if table.isWeights { weightBytes += bytes }
      case .function(let function):
        code.append(.init(name: function.name.spelling, amount: 8 + function.body.estimatedBytes))
      }
    }
  }
}

/// Most Thumb-2 instructions have two or four bytes.
private let bytesAnOperation = 3

extension [Statement] {
  fileprivate var estimatedBytes: Int { reduce(0) { $0 + $1.estimatedBytes } }
}

extension Statement {
  fileprivate var estimatedBytes: Int {
    switch self {
    case .comment, .annotation: 0
    case .declare(let variable, .expression(let value)):
      value.estimatedBytes + (variable.isConstant ? 0 : bytesAnOperation)
    case .declare(_, nil): 0
    // A loop, or a call of memset or memcpy.
    case .declare: 12
    case .assign(let target, let value), .update(let target, _, let value):
      target.estimatedBytes + value.estimatedBytes + bytesAnOperation
    case .discard(let value), .call(let value), .result(.some(let value)): value.estimatedBytes
    case .exitLoop, .nextRound, .result(nil): bytesAnOperation
    case .branch(let condition, let yes, let no):
      condition.estimatedBytes + bytesAnOperation + yes.estimatedBytes + no.estimatedBytes
    case .count(_, let start, let end, let body):
      start.estimatedBytes + end.estimatedBytes + 3 * bytesAnOperation + body.estimatedBytes
    case .loop(_, let start, let condition, let update, _, let body):
      start.estimatedBytes + condition.estimatedBytes + update.estimatedBytes + 2 * bytesAnOperation
        + body.estimatedBytes
    }
  }
}

extension Expression {
  fileprivate var estimatedBytes: Int {
    switch self {
    case .name, .truth, .unsigned, .signed: 0
    case .bits, .float: bytesAnOperation
    case .double: 4 * bytesAnOperation
    case .index(let a, let b): a.estimatedBytes + b.estimatedBytes + 4 * bytesAnOperation
    case .binary(let a, _, let b): a.estimatedBytes + b.estimatedBytes + bytesAnOperation
    case .call(_, let arguments):
      arguments.reduce(4) { $0 + $1.estimatedBytes + bytesAnOperation }
    case .field(let operand, _), .unary(_, let operand), .complement(let operand), .cast(_, let operand),
      .bitPattern(let operand), .floatOfBits(let operand):
      operand.estimatedBytes + bytesAnOperation
    case .commented(let operand, _): operand.estimatedBytes
    case .all(let operands), .any(let operands):
      operands.reduce(0) { $0 + $1.estimatedBytes + bytesAnOperation }
    case .conditional(let a, let b, let c), .fusedMultiplyAdd(let a, let b, let c):
      a.estimatedBytes + b.estimatedBytes + c.estimatedBytes + bytesAnOperation
    }
  }
}
