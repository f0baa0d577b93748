// Trusted: the text says what the formulas say, in the grammar of the version.
import ExactArithmetic

/// The versions of the format that are written.
public enum VNNLIBVersion: String, Sendable, CaseIterable {
  /// Scalars `X_0`, `Y_0`: what published benchmarks use and most verifiers read.
  case v1 = "1.0"
  /// Tensors `X[0,0]` of a declared network.
  case v2 = "2.0"
}

/// The text of a file.
public struct VNNLIBText: Sendable {
  public let version: VNNLIBVersion
  /// The shape of the network's input, for version 2.0; its product is the number of inputs.
  public let inputShape: [Int]

  public init(version: VNNLIBVersion, inputShape: [Int]) {
    self.version = version
    self.inputShape = inputShape
  }

  /// - Parameter comments: the lines of the header; what is not printable ASCII becomes `?`, so that no verifier
  ///   stumbles over it.
  /// - Requires: every number of `set` is a finite decimal.
  public func text(of set: UnsafeSet, comments: [String]) -> String {
    var lines = comments.map { comment in
      comment.isEmpty
        ? ";"
        : "; "
          + String(
            String.UnicodeScalarView(comment.unicodeScalars.map { (" "..."~").contains($0) ? $0 : "?" }))
    }
    lines.append("")
    switch version {
    case .v1:
      lines += (0..<set.inputCount).map { "(declare-const X_\($0) Real)" } + [""]
      lines += (0..<set.outputCount).map { "(declare-const Y_\($0) Real)" } + [""]
    case .v2:
      let shape = inputShape.map(String.init).joined(separator: ",")
      lines += [
        "(vnnlib-version <2.0>)", "", "(declare-network N", "  (declare-input X real [\(shape)])",
        "  (declare-output Y real [1,\(set.outputCount)])", ")", "",
      ]
    }
    lines += set.assertions.map(assertion)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A disjunction at the top has a line for each alternative.
  private func assertion(_ formula: Formula) -> String {
    guard case .any(let alternatives) = formula, !alternatives.isEmpty else {
      return "(assert \(text(formula)))"
    }
    return "(assert (or\n" + alternatives.map { "    \(text($0))\n" }.joined() + "))"
  }

  private func text(_ formula: Formula) -> String {
    switch formula {
    // Neither version has a word for truth in its formulas.
    case .constant(let value): value ? "(<= 0.0 0.0)" : "(<= 1.0 0.0)"
    case .comparison(let comparison): text(comparison)
    case .all(let parts):
      parts.isEmpty ? text(.constant(true)) : "(and \(parts.map(text).joined(separator: " ")))"
    case .any(let parts):
      parts.isEmpty ? text(.constant(false)) : "(or \(parts.map(text).joined(separator: " ")))"
    }
  }

  private func text(_ comparison: Comparison) -> String {
    let terms = comparison.terms
    let relation = comparison.isStrict ? "<" : "<="
    if terms.count == 1 {
      let bound = number(-comparison.constant / terms[0].coefficient)
      let isUpper = terms[0].coefficient.signum > 0
      return
        "(\(isUpper ? relation : relation.replacing("<", with: ">")) \(name(terms[0].variable)) \(bound))"
    }
    if terms.count == 2, comparison.constant.signum == 0, terms[0].coefficient == -terms[1].coefficient {
      let (lower, upper) = terms[0].coefficient.signum > 0 ? (terms[0], terms[1]) : (terms[1], terms[0])
      return "(\(relation) \(name(lower.variable)) \(name(upper.variable)))"
    }
    let products = terms.map { "(* \(number($0.coefficient)) \(name($0.variable)))" }
    return "(\(relation) (+ \(products.joined(separator: " "))) \(number(-comparison.constant)))"
  }

  private func number(_ value: Rational) -> String {
    guard let digits = DecimalText.exact(value) else { preconditionFailure("numbers in files are decimals") }
    return digits
  }

  private func name(_ variable: Variable) -> String {
    switch (version, variable) {
    case (.v1, .input(let index)): "X_\(index)"
    case (.v1, .output(let index)): "Y_\(index)"
    case (.v2, .input(let index)): "X[\(place(of: index))]"
    case (.v2, .output(let index)): "Y[0,\(index)]"
    }
  }

  /// The indices of a row-major position in the input's shape.
  private func place(of position: Int) -> String {
    var rest = position
    var indices: [Int] = []
    for size in inputShape.reversed() {
      indices.insert(rest % size, at: 0)
      rest /= size
    }
    return indices.map(String.init).joined(separator: ",")
  }
}
