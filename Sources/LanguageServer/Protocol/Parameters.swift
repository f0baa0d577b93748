extension Wire {
  struct TextDocumentItem: Decodable {
    let uri: String
    let version: Int
    let text: String
  }

  struct TextDocumentIdentifier: Decodable {
    let uri: String
    let version: Int?
  }

  struct DidOpen: Decodable {
    let textDocument: TextDocumentItem
  }

  struct DidChange: Decodable {
    struct Change: Decodable {
      /// `nil` where the whole text is new.
      let range: Range?
      let text: String
    }

    let textDocument: TextDocumentIdentifier
    let contentChanges: [Change]
  }

  /// The parameters of requests about a document or a place in it.
  struct DocumentPlace: Decodable {
    let textDocument: TextDocumentIdentifier
  }

  struct TextPlace: Decodable {
    struct ReferenceContext: Decodable {
      let includeDeclaration: Bool
    }

    let textDocument: TextDocumentIdentifier
    let position: Position
    let context: ReferenceContext?
  }

  struct Rename: Decodable {
    let textDocument: TextDocumentIdentifier
    let position: Position
    let newName: String
  }

  struct CancelRequest: Decodable {
    let id: RequestID
  }

  struct Initialize: Decodable {
    struct Capabilities: Decodable {
      struct General: Decodable {
        let positionEncodings: [String]?
      }

      struct Workspace: Decodable {
        struct CodeLens: Decodable {
          let refreshSupport: Bool?
        }

        let codeLens: CodeLens?
      }

      let general: General?
      let workspace: Workspace?
    }

    let capabilities: Capabilities
  }

  struct InitializeResult: Encodable, Sendable {
    struct Server: Encodable, Sendable {
      let name = "ordain"
      let version: String
    }

    struct Sync: Encodable, Sendable {
      let openClose = true
      /// Incremental.
      let change = 2
    }

    struct Completion: Encodable, Sendable {
      let triggerCharacters = [" ", ":"]
    }

    struct RenameProvider: Encodable, Sendable {
      let prepareProvider = true
    }

    struct CodeLensProvider: Encodable, Sendable {
      let resolveProvider = false
    }

    struct Capabilities: Encodable, Sendable {
      let positionEncoding: String
      let textDocumentSync = Sync()
      let hoverProvider = true
      let definitionProvider = true
      let referencesProvider = true
      let documentSymbolProvider = true
      let documentFormattingProvider = true
      let renameProvider = RenameProvider()
      let completionProvider = Completion()
      let codeLensProvider = CodeLensProvider()
    }

    let capabilities: Capabilities
    let serverInfo: Server
  }
}
