import SpecificationLanguage

extension Interface {
  /// The output with the best score, of equally good ones the first in the tie order.
  ///
  /// - Requires: one score for each output; none is NaN.
  package func choice<Score: Comparable>(by scores: [Score]) -> Int {
    tieOrder.dropFirst().reduce(tieOrder[0]) { best, output in
      let isBetter =
        switch better {
        case .highest: scores[output] > scores[best]
        case .lowest: scores[output] < scores[best]
        }
      return isBetter ? output : best
    }
  }
}
