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
        code.append(.init(name: function.name.spelling, amount: 8 + function.body.estimatedBytes(0)))
      }
    }
  }
}

/// Most Thumb-2 instructions have two or four bytes.
private let bytesAnOperation = 3

// The deeper loops are nested, the more counters an address is computed of: `depth` is the number of loops around.

extension [Statement] {
  fileprivate func estimatedBytes(_ depth: Int) -> Int { reduce(0) { $0 + $1.estimatedBytes(depth) } }
}

extension Statement {
  fileprivate func estimatedBytes(_ depth: Int) -> Int {
    func bytes(_ expressions: Expression...) -> Int {
      expressions.reduce(0) { $0 + $1.estimatedBytes(depth) }
    }
    return switch self {
    case .comment, .annotation: 0
    case .declare(let variable, .expression(let value)):
      bytes(value) + (variable.isConstant ? 0 : bytesAnOperation)
    case .declare(_, nil): 0
    // A loop, or a call of memset or memcpy.
    case .declare: 12
    case .assign(let target, let value), .update(let target, _, let value):
      bytes(target, value) + bytesAnOperation
    case .discard(let value), .call(let value), .result(.some(let value)): bytes(value)
    case .exitLoop, .nextRound, .result(nil): bytesAnOperation
    case .branch(let condition, let yes, let no):
      bytes(condition) + bytesAnOperation + yes.estimatedBytes(depth) + no.estimatedBytes(depth)
    case .count(_, let start, let end, let body):
      bytes(start, end) + 3 * bytesAnOperation + body.estimatedBytes(depth + 1)
    case .loop(_, let start, let condition, let update, _, let body):
      bytes(start, condition, update) + 2 * bytesAnOperation + body.estimatedBytes(depth + 1)
    }
  }
}

extension Expression {
  fileprivate func estimatedBytes(_ depth: Int) -> Int {
    let parts = operands.reduce(0) { $0 + $1.estimatedBytes(depth) }
    return switch self {
    case .name, .truth, .unsigned, .signed: 0
    case .bits, .float: bytesAnOperation
    case .double: 4 * bytesAnOperation
    case .index: parts + bytesAnOperation * (1 + 3 * depth)
    case .call(_, let arguments): parts + 4 + bytesAnOperation * arguments.count
    case .commented: parts
    case .all(let operands), .any(let operands): parts + bytesAnOperation * operands.count
    case .binary, .field, .unary, .complement, .cast, .bitPattern, .floatOfBits, .conditional,
      .fusedMultiplyAdd, .exactMultiplyAdd:
      parts + bytesAnOperation
    }
  }
}
