/// What `ordain explain` says about a code.
public struct CodeExplanation: Sendable {
  /// Something that brings the diagnostic about.
  public enum Example: Sendable {
    /// A complete specification with the mistake, and what makes it right.
    case specification(Specification)
    /// What no specification alone brings about.
    case situation(String)
  }

  public struct Specification: Sendable {
    /// What both texts begin with; may be empty.
    let frame: String
    /// The declarations behind it, with the mistake.
    let wrong: String
    /// The declarations that take their place.
    let right: String
    /// Options of `ordain check`.
    public let options: [String]

    /// The specification with the mistake.
    public var text: String { frame + wrong + "\n" }
    /// The specification without it.
    public var correctedText: String { frame + right + "\n" }
  }

  /// A few words, lower case.
  public let title: String
  /// What the diagnostic says, in sentences.
  public let meaning: String
  /// Why it is reported at all.
  public let importance: String
  public let example: Example
  /// What to do, in sentences.
  public let cure: String

  /// An explanation by a specification that ``frame`` begins.
  init(
    _ title: String, means meaning: String, matters importance: String, after frame: String = Self.frame,
    wrong: String, right: String, options: [String] = [], cure: String
  ) {
    self.title = title
    self.meaning = meaning
    self.importance = importance
    self.cure = cure
    example = .specification(Specification(frame: frame, wrong: wrong, right: right, options: options))
  }

  /// An explanation by a situation in words.
  init(
    _ title: String, means meaning: String, matters importance: String, when situation: String, cure: String
  ) {
    self.title = title
    self.meaning = meaning
    self.importance = importance
    self.cure = cure
    example = .situation(situation)
  }

  /// What every specification begins with.
  static let header = "ordain 1\nspec \"example\" 1.0.0\n\n"
  /// The interface that most examples share.
  static let car = """
    interface Car {
      inputs {
        gap   : m    in 0 .. 200
        speed : m/s  in 0 .. 60
      }
      outputs {
        stop, slow, keep
        choose highest
      }
    }

    """
  /// The declarations that most examples share.
  static let frame = header + car + "network Net : Car from \"car.onnx\"\n"
}

extension CodeExplanation {
  /// The whole text, in lines of at most 80 columns but for the examples.
  public func text(of code: DiagnosticCode) -> String {
    var parts = [
      "\(code.rawValue): \(title)", wrapped(meaning), wrapped("Why it matters: " + importance),
    ]
    switch example {
    case .specification(let specification):
      let options =
        specification.options.isEmpty
        ? "" : ", checked with `\(specification.options.joined(separator: " "))`"
      parts += [
        "For example\(options):", indented(specification.text), wrapped("Cure: " + cure),
        indented(specification.right),
      ]
    case .situation(let situation):
      parts += [wrapped("For example: " + situation), wrapped("Cure: " + cure)]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func indented(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }

  private func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= 80 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
