/// The types of the Language Server Protocol 3.17 that are used here, with its names.
enum Wire {
  struct Position: Codable, Sendable, Hashable {
    var line: Int
    var character: Int
  }

  struct Range: Codable, Sendable, Hashable {
    var start: Position
    var end: Position
  }

  struct Location: Codable, Sendable, Hashable {
    var uri: String
    var range: Range
  }

  struct TextEdit: Codable, Sendable, Hashable {
    var range: Range
    var newText: String
  }

  struct WorkspaceEdit: Codable, Sendable {
    var changes: [String: [TextEdit]]
  }

  struct MarkupContent: Codable, Sendable {
    var kind = "markdown"
    var value: String
  }

  struct Hover: Encodable, Sendable {
    var contents: MarkupContent
    var range: Range
  }

  struct Diagnostic: Encodable, Sendable, Hashable {
    struct Related: Encodable, Sendable, Hashable {
      var location: Location
      var message: String
    }

    var range: Range
    /// 1 error, 2 warning, 3 information.
    var severity: Int
    var code: String
    var source = "ordain"
    var message: String
    var relatedInformation: [Related]
  }

  struct DocumentSymbol: Encodable, Sendable {
    var name: String
    var detail: String
    var kind: Int
    var range: Range
    var selectionRange: Range
    var children: [DocumentSymbol]
  }

  struct CompletionItem: Encodable, Sendable {
    var label: String
    var kind: Int
    var detail: String
  }

  struct CodeLens: Encodable, Sendable {
    struct Command: Encodable, Sendable {
      var title: String
      /// A title without anything to do.
      var command = ""
    }

    var range: Range
    var command: Command
  }

  struct PublishDiagnostics: Encodable, Sendable {
    var uri: String
    var version: Int?
    var diagnostics: [Diagnostic]
  }
}
