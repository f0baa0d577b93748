import ExactArithmetic
import LoopIR

/// A scalar function that is not rational, computed by our own kernel: polynomials in binary32 and operations
/// on bit patterns, so that every target has the same bits and none needs libm. Emitted once a program, as a
/// function that layers call.
///
/// How far each kernel is from its function, and the proof, stand in the article `ElementaryFunctions`.
public protocol ElementaryFunction: UnaryOperator {
  /// What the emitted function says of itself.
  var comment: String { get }

  /// The statements that return the function of the parameter `x`: what `evaluate` does, operation for
  /// operation.
  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement]
}

extension ElementaryFunction {
  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    let name = functions.function(text) { name, functions in
      let body = body(Local.x.expression, &functions)
      return .function(
        Function(.float, name, [Variable(.float, Local.x)], comment: comment) { body })
    }
    return .call(name, [value])
  }
}

/// The names of variables in the kernels.
enum Local {
  static let x = Identifier("x")
  static let y = Identifier("y")
  static let z = Identifier("z")
  /// 1.5 * 2^23 + k; see ``ExponentialReduction``.
  static let shifted = Identifier("shifted")
  static let k = Identifier("k")
  static let r = Identifier("r")
  /// A power of e, or e^r - 1.
  static let e = Identifier("e")
  static let p = Identifier("p")
  static let q = Identifier("q")
  static let s = Identifier("s")
  static let high = Identifier("high")
  static let low = Identifier("low")
  static let center = Identifier("center")
  static let tail = Identifier("tail")
  static let bits = Identifier("bits")
}
