import LoopIR
import Testing

// Every rule that `verify` lists, broken once.

private let (f, g, x, y, i) = (
  Identifier("f"), Identifier("g"), Identifier("x"), Identifier("y"), Identifier("i")
)

private func violation(_ declarations: [Declaration]) -> String? {
  do throws(LoopViolation) {
    try LoopProgram(declarations).verify()
    return nil
  } catch {
    return error.description
  }
}

/// A function of a `float` parameter x and a `const float` array y.
private func function(
  _ type: ValueType = .void, name: Identifier = f, @BlockBuilder _ body: () -> [Statement]
) -> Declaration {
  .function(
    Function(type, name, [Variable(.float, x), Variable(.constPointer(.float), y)], comment: "", body))
}

@Test func aSoundProgramVerifies() {
  let table = Identifier("t")
  #expect(
    violation([
      .table(table, .uint8, .unsigned([1, 255]), count: 2),
      function(.float) {
        Statement.variable(.uint32, i, table[0] + 1)
        Statement.give(x.expression * y[i.expression])
      },
      function(name: g) { Statement.discard(f(x.expression, y.expression)) },
    ]) == nil)
}

@Test(arguments: [
  ("`z` is not declared", function { Statement.assign(x.expression, Identifier("z").expression) }),
  ("float next to uint32", function { Statement.assign(x.expression, x.expression + 1) }),
  ("an index is float", function { Statement.assign(x.expression, y[x.expression]) }),
  ("an element of a constant array is assigned to", function { Statement.assign(y[0], x.expression) }),
  (
    "`x` is declared twice, or hides another",
    function { Statement.each(x, to: 2) { [] } }
  ),
  ("`g` is called before it is declared", function { Statement.call(g(x.expression)) }),
  ("`f` is called before it is declared", function { Statement.call(f(x.expression, y.expression)) }),
  ("it does not end with its result", function(.float) { Statement.discard(x.expression) }),
  ("a value is double, not float", function { Statement.assign(x.expression, .double(1)) }),
  (
    "an operand of an exact product and its sum is float, not double",
    function {
      Statement.variable(.double, i, .exactMultiplyAdd(x.expression, .double(1), .double(0)))
    }
  ),
  ("a condition of type float", function { Statement.when(x.expression) { [] } }),
  ("a jump outside of a loop", function { Statement.exitLoop }),
  ("an expression is assigned to", function { Statement.assign(.unsigned(1), .unsigned(1)) }),
  (
    "a value is uint32, not uint8",
    function {
      Statement.declare(.uint8, i)
      Statement.assign(i.expression, i.expression + 1)
    }
  ),
])
func mistakesAreFound(problem: String, declaration: Declaration) {
  #expect(violation([declaration]) == "f: \(problem)")
}

@Test func tablesAreCheckedAndNamesAreNew() {
  #expect(violation([.table(f, .uint8, .unsigned([256]), count: 1)]) != nil)
  #expect(violation([.table(f, .float, .floats([1]), count: 2)]) != nil)
  let one = function { Statement.discard(x.expression) }
  #expect(violation([one, one]) == "f: `f` is declared twice, or hides another")
}
