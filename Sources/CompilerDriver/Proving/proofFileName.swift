import SpecificationLanguage

/// The name of the file for a proof, for example `N_1_1__p3.ordainproof`.
///
/// - Parameters:
///   - question: network and property, as for people.
///   - questions: those that have a file of their own in the same folder; `question` is one of them.
func proofFileName(of question: String, among questions: [String]) -> String {
  var taken: Set<String> = []
  for other in questions {
    var stem = String(other.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    while !taken.insert(stem).inserted { stem += "_" }
    if other == question { return stem + ".ordainproof" }
  }
  preconditionFailure("`\(question)` is one of the questions")
}

extension CheckedSpec {
  /// The same for a property on one of the networks that it is declared on. The file has this name whichever properties are
  /// asked about.
  func proofFileName(ofNetwork network: String, property: String) -> String {
    let questions = networks.indices.flatMap { index in
      let enforced = networks[index].properties.map { properties[$0].name }
      let raw = rawProperties.filter { $0.networks.contains(index) }.map(\.name)
      return (enforced + raw).map { "\(networks[index].name) \($0)" }
    }
    return CompilerDriver.proofFileName(of: "\(network) \(property)", among: questions)
  }
}
