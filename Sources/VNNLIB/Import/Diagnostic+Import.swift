import Diagnostics
import ExactArithmetic

/// What keeps a file from being said in the language.
extension Diagnostic {
  static func notSayable(_ what: String, _ comparison: Comparison, _ file: String) -> Diagnostic {
    let names = comparison.terms.prefix(3).map { term in
      switch term.variable {
      case .input(let index): "`X_\(index)`"
      case .output(let index): "`Y_\(index)`"
      }
    }
    return Diagnostic(
      .notSayable,
      "\(what), \(names.joined(separator: ", ")), is neither an order of outputs nor a bound of one",
      at: .file(name: file, place: nil), cure: "no property can say it; verify the file with another tool")
  }

  static func numberNotSayable(_ what: String, _ file: String) -> Diagnostic {
    Diagnostic(
      .notSayable, "a number that bounds \(what) has no literal in a specification",
      at: .file(name: file, place: nil),
      cure: "use numbers of fewer digits, and inputs in units without an offset")
  }

  static func everythingUnsafe(_ file: String) -> Diagnostic {
    Diagnostic(
      .notSayable, "in some input region every output is unsafe", at: .file(name: file, place: nil),
      cure: "constrain the outputs; a property is about them")
  }

  static func nothingToImport(_ file: String) -> Diagnostic {
    Diagnostic(
      .nothingToImport, "nothing is unsafe within the domains of the interface",
      at: .file(name: file, place: nil),
      cure: "check that the file belongs to this interface and its normalisation")
  }

  static func tooManyCases(_ limit: Int, _ file: String) -> Diagnostic {
    Diagnostic(
      .vnnlibTooLarge, "inputs and outputs are mixed in more than \(limit) disjuncts",
      at: .file(name: file, place: nil), cure: "split the file")
  }

  static func tiesBecomeUnsafe(_ file: String) -> Diagnostic {
    Diagnostic(
      .tiesBecomeUnsafe,
      "the file calls some ties of scores safe, and orders in a specification are strict: what was imported is stronger",
      severity: .note, at: .file(name: file, place: nil))
  }
}
