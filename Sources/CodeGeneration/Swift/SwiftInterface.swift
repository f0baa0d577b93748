import LoopIR

/// What a Swift program sees of an emitted network: sizes, enumerations, the result and `infer`.
struct SwiftInterface {
  private let names: SwiftNames
  private let inputCount: Int
  private let outputCount: Int
  private let inferName: Identifier
  private let inferComment: String
  private let result: Structure
  private let outputs: [NamedConstant]
  private let properties: [NamedConstant]
  private let clauses: [NamedConstant]
  private let statuses: [NamedConstant]
  private let reasons: [NamedConstant]

  init(_ context: EmissionContext, _ program: LoopProgram, _ names: SwiftNames) {
    self.names = names
    inputCount = context.inputCount
    outputCount = context.outputCount
    inferName = context.names.infer
    // Four more spaces make a block of code of the lines.
    let lines = inputLines(context).split(separator: "\n").map { "    " + $0 }
    inferComment = "Decides. Calls may run in parallel.\n\n\(lines.joined(separator: "\n"))"
    var constants: [NamedConstant] = []
    var found: Structure?
    for declaration in program.declarations {
      switch declaration {
      case .constants(let group): constants += group
      case .structure(let structure) where structure.name == context.names.result: found = structure
      case .structure, .comment, .table, .function: break
      }
    }
    guard let found else { preconditionFailure("a program declares its result") }
    result = found
    let upper = context.names.prefix.description.uppercased()
    func group(_ kind: String) -> [NamedConstant] {
      constants.filter { $0.name.spelling.hasPrefix("\(upper)_\(kind)_") }
    }
    outputs = group("OUTPUT")
    properties = group("PROPERTY")
    clauses = group("CLAUSE")
    statuses = group("STATUS").map {
      $0.name == context.names.status(.abstained)
        ? NamedConstant(name: $0.name, value: $0.value, comment: "no answer: no choice, scores are NaN") : $0
    }
    reasons = group("REASON").filter { $0.name != context.names.noReason }
  }

  private var activeWords: Int? { count(of: Names.active) }
  private var certifiedWords: Int? { count(of: Names.certified) }

  private func count(of field: Identifier) -> Int? {
    result.fields.first { $0.variable.name == field }?.variable.count
  }

  func append(to text: inout SwiftText) {
    text.line("/// The number of inputs.")
    text.line("public static var inputCount: Int { \(inputCount) }")
    text.line("/// The number of outputs.")
    text.line("public static var outputCount: Int { \(outputCount) }")
    append("Output", "An output, by its place in the model's order.", outputs, to: &text)
    append("Property", "A property that the scores are made to satisfy.", properties, to: &text)
    append("Clause", "A robust clause, which may be certified of a result.", clauses, to: &text)
    append("Status", "What became of the network's scores.", statuses, to: &text)
    append("Reason", "Why there is no answer.", reasons, to: &text)
    appendResult(to: &text)
    appendInfer(to: &text)
  }

  private func append(
    _ type: String, _ comment: String, _ constants: [NamedConstant], to text: inout SwiftText
  ) {
    if constants.isEmpty { return }
    text.line("")
    text.line("/// \(comment)")
    text.block("public enum \(type): Int32, Sendable {") {
      var taken: Set<String> = []
      for constant in constants {
        if !constant.comment.isEmpty { $0.comment(constant.comment, mark: "///") }
        var name = names.enumerationCase(constant.name, of: type.lowercased())
        if !taken.insert(name).inserted { name += "_\(constant.value)" }
        $0.line("case \(name) = \(constant.value)")
      }
    }
  }

  /// The type of ``choice`` without its question mark.
  private var choiceType: String { outputs.isEmpty ? "Int32" : "Output" }

  private func appendResult(to text: inout SwiftText) {
    text.line("")
    text.line("/// Scores, the best output, and what was done to them.")
    text.block("public struct Result: Sendable {") {
      $0.line("/// One score an output; NaN if the status is `abstained`.")
      $0.line("public let scores: InlineArray<\(outputCount), Float>")
      $0.line("/// The best output; `nil` if the status is `abstained`.")
      $0.line("public let choice: \(choiceType)?")
      $0.line("public let status: Status")
      $0.line("/// Why there is no answer; `nil` if there is one.")
      $0.line("public let reason: Reason?")
      if let activeWords {
        $0.line("/// Bit p % 32 of word p / 32 is set where property p is active.")
        $0.line("public let activeWords: InlineArray<\(activeWords), UInt32>")
        if !properties.isEmpty { appendIsActive(to: &$0) }
      }
      if let certifiedWords { appendCertificates(certifiedWords, to: &$0) }
    }
  }

  private func appendIsActive(to text: inout SwiftText) {
    text.line("")
    text.line("/// Whether the property was enforced: its condition held, and no overriding one's.")
    text.block("public func isActive(_ property: Property) -> Bool {") {
      $0.line("let number = UInt32(truncatingIfNeeded: property.rawValue)")
      $0.line("return activeWords[number &>> 5] &>> (number & 31) & 1 == 1")
    }
  }

  private func appendCertificates(_ words: Int, to text: inout SwiftText) {
    text.line("/// Bit c % 32 of word c / 32 is set where clause c is certified.")
    text.line("public let certifiedWords: InlineArray<\(words), UInt32>")
    text.line("/// For each clause a distance within which its decision stays; 0 if none is proved.")
    text.line("public let radii: InlineArray<\(clauses.count), Float>")
    text.line("")
    text.line("/// Whether the clause is certified of this result.")
    text.block("public func isCertified(_ clause: Clause) -> Bool {") {
      $0.line("let number = UInt32(truncatingIfNeeded: clause.rawValue)")
      $0.line("return certifiedWords[number &>> 5] &>> (number & 31) & 1 == 1")
    }
    text.line("")
    text.line("/// A distance within which the clause's decision stays; 0 if none is proved.")
    text.block("public func radius(_ clause: Clause) -> Float {") {
      $0.line("radii[UInt32(truncatingIfNeeded: clause.rawValue)]")
    }
  }

  private func appendInfer(to text: inout SwiftText) {
    text.line("")
    text.comment(inferComment, mark: "///")
    text.block("public static func infer(_ input: InlineArray<\(inputCount), Float>) -> Result {") {
      $0.line("input.span.withUnsafeBufferPointer { infer($0.baseAddress.unsafelyUnwrapped) }")
    }
    text.line("")
    text.comment(
      "The same for inputs in memory.\n\n- Parameter input: ``inputCount`` numbers.", mark: "///")
    text.block("public static func infer(_ input: UnsafePointer<Float>) -> Result {") {
      let arrays = result.fields.filter { $0.variable.count != nil }.map(\.variable)
      for array in arrays {
        let type = array.type == .float ? "Float" : "UInt32"
        $0.line("var \(names.name(array.name)) = InlineArray<\(array.count ?? 1), \(type)>(repeating: 0)")
      }
      let openings = arrays.map { names.name($0.name) }.map {
        "Program.withElements(&\($0)) { \($0) -> Program.Codes in"
      }
      $0.block(
        "let codes = \(openings.joined(separator: " "))",
        closing: String(repeating: "}", count: arrays.count)
      ) {
        let fields = result.fields.map(\.variable).map {
          "\(names.name($0.name)): \($0.count == nil ? "0" : names.name($0.name))"
        }
        $0.line("var result = Program.Result(\(fields.joined(separator: ", ")))")
        $0.line("Program.\(names.name(inferName))(input, &result)")
        $0.line("return (result.choice, result.status, result.reason)")
      }
      let choice =
        outputs.isEmpty ? "codes.choice < 0 ? nil : codes.choice" : "Output(rawValue: codes.choice)"
      $0.block("return Result(", closing: ")") {
        $0.line("scores: scores,")
        $0.line("choice: \(choice),")
        $0.line("status: Status(rawValue: codes.status) ?? .abstained,")
        $0.line("reason: Reason(rawValue: codes.reason)\(activeWords == nil ? "" : ",")")
        if activeWords != nil { $0.line("activeWords: active\(certifiedWords == nil ? "" : ",")") }
        if certifiedWords != nil { $0.line("certifiedWords: certified, radii: radius") }
      }
    }
  }
}
