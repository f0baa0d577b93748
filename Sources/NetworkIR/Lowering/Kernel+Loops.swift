import LoopIR

extension Kernel {
  /// Loops over all indices of an array with these dimensions, outermost first. A dimension of 1 has no loop.
  ///
  /// - Parameters:
  ///   - role: starts the counters' names; nests inside one another have different ones.
  ///   - body: what is done for each list of indices.
  static func nest(
    _ dimensions: [Int], role: String = "i", _ body: ([Expression]) -> [Statement]
  ) -> [Statement] {
    func counter(_ dimension: Int) -> Identifier { Identifier("\(role)_\(dimension)") }
    let looped = dimensions.indices.filter { dimensions[$0] > 1 }
    let indices = dimensions.indices.map { dimensions[$0] > 1 ? counter($0).expression : 0 }
    return looped.reversed().reduce(body(indices)) { statements, dimension in
      [.count(counter(dimension), from: 0, to: .count(dimensions[dimension]), statements)]
    }
  }

  /// Stores the element of `operand` that `place` names at each index of a part of the result.
  ///
  /// - Parameters:
  ///   - dimensions: of the part.
  ///   - start: the part's first index in the result.
  ///   - place: the indices in the operand, for indices within the part.
  mutating func appendMove(
    of operand: View, _ dimensions: [Int], at start: [Int], _ place: ([Expression]) -> [Expression]
  ) {
    let statements = Kernel.nest(dimensions) { indices in
      store(operand.element(place(indices)), at: zip(indices, start).map { $0.adding(.count($1)) })
    }
    append { statements }
  }
}

extension View {
  /// The element with these indices.
  ///
  /// - Requires: the view has no border.
  func element(_ indices: [Expression]) -> Expression { base[View.offset(indices, strides)] }
}
