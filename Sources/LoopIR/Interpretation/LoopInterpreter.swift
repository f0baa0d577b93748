// Trusted: a run does what the program says; the order proof rests on it.

/// Runs a loop program on exact bits, and notices everything that C leaves undefined: elements beyond an array's
/// ends, numbers that were never written, shifts that are too far, signed overflow.
public struct LoopInterpreter: Sendable {
  private let functions: [Identifier: CompiledFunction]
  private let tables: [[UInt64]]
  private let structures: [Identifier: Structure]

  /// An argument of a call.
  public enum Argument: Sendable {
    /// The bits of a number.
    case scalar(UInt64)
    /// An array of numbers; `nil` where nothing was written.
    case array([UInt64?])
    /// A structure whose fields were not written, by its name.
    case structure(Identifier)
  }

  /// - Throws: what is wrong with the program.
  public init(_ program: LoopProgram) throws(LoopViolation) {
    try program.verify()
    var compiler = LoopCompiler()
    compiler.compile(program.declarations)
    functions = compiler.functions
    tables = compiler.tables
    structures = compiler.scope.structures
  }

  /// Calls a function.
  ///
  /// - Parameters:
  ///   - steps: how many statements may run.
  ///   - scores: where binary32 numbers are places on this line and no bits. A program may copy and compare them, and
  ///     add or subtract 1 to move to a neighbour.
  /// - Returns: the result's bits, if the function has one, and what each array or structure holds then (the fields of
  ///   a structure one after the other).
  /// - Throws: a ``LoopFault``.
  /// - Requires: the program has the function, and it takes such arguments.
  public func call(
    _ name: Identifier, _ arguments: [Argument], steps: Int = .max, scores: ScoreLine? = nil
  ) throws -> (result: UInt64?, arrays: [[UInt64?]]) {
    guard let function = functions[name] else { preconditionFailure("no function `\(name.spelling)`") }
    let machine = Machine(
      regions: tables.map { Machine.Region(cells: $0, isWritten: []) }, steps: steps, scores: scores)
    let passed = arguments.map { argument -> UInt64 in
      switch argument {
      case .scalar(let bits): return bits
      case .array(let cells): return machine.allocate(cells)
      case .structure(let name):
        guard let structure = structures[name] else { preconditionFailure("no structure `\(name.spelling)`") }
        return machine.allocate(structure.cellCount)
      }
    }
    let result = try function.run(machine, passed)
    let arrays = zip(arguments, passed).compactMap { argument, value -> [UInt64?]? in
      if case .scalar = argument { return nil }
      return machine.contents(ofRegion: Int(value >> 32))
    }
    return (result, arrays)
  }
}

extension Machine {
  fileprivate func allocate(_ cells: [UInt64?]) -> UInt64 {
    regions.append(Region(cells: cells.map { $0 ?? 0 }, isWritten: cells.map { $0 != nil }))
    return Machine.pointer(region: regions.count - 1, index: 0)
  }

  fileprivate func contents(ofRegion region: Int) -> [UInt64?] {
    zip(regions[region].cells, regions[region].isWritten).map { $1 ? $0 : nil }
  }
}

extension Structure {
  /// How many numbers its fields hold.
  var cellCount: Int { fields.reduce(0) { $0 + ($1.variable.count ?? 1) } }

  /// Where a field starts.
  func offset(of name: Identifier) -> Int {
    fields.prefix { $0.variable.name != name }.reduce(0) { $0 + ($1.variable.count ?? 1) }
  }
}

/// A function whose names are slots and whose statements are closures.
struct CompiledFunction: Sendable {
  let slotCount: Int
  let body: Execution
  let hasResult: Bool

  /// - Returns: the result's bits, if there is one.
  func run(_ machine: Machine, _ arguments: [UInt64]) throws -> UInt64? {
    let (frame, start, regionCount) = (machine.frame, machine.slots.count, machine.regions.count)
    machine.slots += arguments
    machine.slots += repeatElement(0, count: slotCount - arguments.count)
    machine.isWritten += repeatElement(true, count: arguments.count)
    machine.isWritten += repeatElement(false, count: slotCount - arguments.count)
    machine.frame = start
    defer {
      machine.frame = frame
      machine.slots.removeLast(machine.slots.count - start)
      machine.isWritten.removeLast(machine.isWritten.count - start)
      machine.regions.removeLast(machine.regions.count - regionCount)
    }
    if case .result(let value) = try body(machine) { return value }
    return nil
  }
}

/// What a statement leads to.
enum Flow {
  case next
  case exitLoop
  case nextRound
  case result(UInt64?)
}

typealias Execution = @Sendable (Machine) throws -> Flow
typealias Evaluation = @Sendable (Machine) throws -> UInt64
