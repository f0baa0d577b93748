import LoopIR

/// What a program costs, whatever its input: found by looking at it, not by running it.
public struct CostReport: Sendable {
  /// A part and its share.
  public struct Contributor: Sendable, Hashable {
    public let name: String
    public let amount: Int
  }

  /// The operations of one inference, at most.
  public let operations: OperationCounts
  /// The bytes of arrays on the stack, in static memory and in memory of the caller. What a compiler puts on the
  /// stack besides comes on top.
  public let stackBytes: Int
  public let staticBytes: Int
  public let callerBytes: Int
  /// The bytes of constant tables, and how many of them are weights, wherever they are.
  public let tableBytes: Int
  public let weightBytes: Int
  /// The bytes of code, an estimate for Thumb-2.
  public let estimatedCodeBytes: Int

  /// What needs most of the memory that is written, of the memory that is not, and of the operations; the largest
  /// first.
  public let memoryContributors: [Contributor]
  public let flashContributors: [Contributor]
  public let operationContributors: [Contributor]

  public var memoryBytes: Int { stackBytes + staticBytes + callerBytes }
  public var flashBytes: Int { tableBytes + estimatedCodeBytes }

  init(_ context: EmissionContext, _ program: LoopProgram) {
    let infer = CostCounter.worstCost(of: context.inferName, in: program)
    let memory = context.memoryCount * 4
    operations = infer.counts
    stackBytes = infer.stack
    staticBytes = context.options.scratch == .static ? memory : 0
    callerBytes = context.options.scratch == .caller ? memory : 0
    let size = ProgramSize(program)
    let weightsElsewhere = (context.weightFile?.count ?? 0) * 4
    tableBytes = size.tables.reduce(weightsElsewhere) { $0 + $1.amount }
    weightBytes = size.weightBytes + weightsElsewhere
    estimatedCodeBytes = size.code.reduce(0) { $0 + $1.amount }
    memoryContributors = Self.ordered(
      infer.frames.map { Contributor(name: "arrays of \($0.function.spelling)", amount: $0.bytes) } + [
        Contributor(name: "static memory", amount: staticBytes),
        Contributor(name: "the caller's scratch memory", amount: callerBytes),
      ])
    flashContributors = Self.ordered(
      size.tables + size.code + [Contributor(name: "the file of weights", amount: weightsElsewhere)])
    operationContributors = Self.ordered(
      infer.byFunction.map { Contributor(name: $0.key.spelling, amount: $0.value) })
  }

  /// The operations of a call of a function of unknown arguments, at most.
  ///
  /// - Requires: the program verifies, and every loop that the call runs has a bound.
  package static func operations(of function: Identifier, in program: LoopProgram) -> OperationCounts {
    CostCounter.worstCost(of: function, in: program).counts
  }

  private static func ordered(_ contributors: [Contributor]) -> [Contributor] {
    contributors.filter { $0.amount > 0 }.sorted { ($1.amount, $0.name) < ($0.amount, $1.name) }
  }

  /// Some lines for people.
  public var text: String {
    let counts = OperationCounts.Kind.allCases.filter { operations[$0] > 0 }.map {
      "  \($0.text) \(grouped(operations[$0]))"
    }
    let places = [
      (stackBytes, "arrays on the stack"), (staticBytes, "static memory"), (callerBytes, "scratch memory"),
    ]
    .filter { $0.0 > 0 }.map { "  \($0.1) \(grouped($0.0))" }
    return """
      Cost of one inference, at most, whatever the input, in operations of the emitted loops (not instructions):
      \(counts.joined(separator: "\n"))
      Memory in bytes (a compiler's own use of the stack comes on top):
      \((places + ["  constants \(grouped(tableBytes)), of them weights \(grouped(weightBytes))"]).joined(separator: "\n"))
        code about \(grouped(estimatedCodeBytes)) (a rough estimate for Thumb-2 at -Os; -O2 and -O3 unroll loops to two or three times that)
      """
  }
}

/// For example: `12,345`.
func grouped(_ number: Int) -> String {
  var groups: [Substring] = []
  var rest = Substring(String(number))
  while rest.count > 3 {
    groups.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return ([rest] + groups).joined(separator: ",")
}
