import LoopIR

extension Kernel {
  /// `sum + weight * value` of binary32 numbers, rounded as the network's semantics say.
  public func accumulate(_ sum: Expression, _ weight: Expression, _ value: Expression) -> Expression {
    switch semantics {
    case .contractOff, .binary64Sums: sum + weight * value
    case .fma: .fusedMultiplyAdd(weight, value, sum)
    }
  }

  /// The type of a sum of products before it is finished, and of its terms.
  var sumType: ValueType {
    switch semantics {
    case .contractOff, .fma: .float
    case .binary64Sums: .double
    }
  }

  /// A binary32 number as a term of a sum of products.
  func term(_ number: Expression) -> Expression { sumType == .double ? .cast(.double, number) : number }

  /// An unfinished sum plus the product of a binary32 number and a term.
  func added(_ sum: Expression, _ weight: Expression, _ term: Expression) -> Expression {
    sumType == .double ? sum + .cast(.double, weight) * term : accumulate(sum, weight, term)
  }

  /// A finished sum as a binary32 number.
  func finished(_ sum: Expression) -> Expression { sumType == .double ? .cast(.float, sum) : sum }
}
