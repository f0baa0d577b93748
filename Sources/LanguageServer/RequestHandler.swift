import Diagnostics
import Foundation
import SpecificationLanguage

/// Answers requests about documents.
struct RequestHandler {
  let workspace: Workspace

  func answer(_ method: String, _ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    switch method {
    case "textDocument/hover": return try hover(data)
    case "textDocument/definition": return try definition(data)
    case "textDocument/references": return try references(data)
    case "textDocument/prepareRename": return try prepareRename(data)
    case "textDocument/rename": return try rename(data)
    case "textDocument/completion": return try completion(data)
    case "textDocument/formatting": return try formatting(data)
    case "textDocument/codeLens": return try lenses(data)
    case "textDocument/documentSymbol": return try symbols(data)
    default: throw ResponseError(.methodNotFound, "`\(method)` is not supported")
    }
  }

  /// A place in an open document.
  private struct Place {
    let document: Document
    let offset: Int
    /// Those that the document is part of; the first one answers.
    let specifications: [Specification]
  }

  private func place(_ document: Wire.TextDocumentIdentifier, _ position: Wire.Position) throws(ResponseError)
    -> Place
  {
    let found = try open(document)
    return Place(
      document: found, offset: found.positions.offset(of: position),
      specifications: workspace.specifications(with: found.file))
  }

  private func open(_ identifier: Wire.TextDocumentIdentifier) throws(ResponseError) -> Document {
    guard let document = workspace.document(uri: identifier.uri) else {
      throw ResponseError(.invalidParams, "`\(identifier.uri)` is not open")
    }
    return document
  }

  private func specification(of document: Document) -> Specification? {
    workspace.specifications(with: document.file).first
  }

  // MARK: Places

  private func hover(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.TextPlace.self, data)
    let place = try place(request.textDocument, request.position)
    guard let specification = place.specifications.first,
      let (text, range) = HoverText(specification, file: place.document.file).at(place.offset)
    else { return NoResult() }
    var places = PlaceMap(workspace)
    return Wire.Hover(contents: Wire.MarkupContent(value: text), range: places.range(range))
  }

  private func definition(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.TextPlace.self, data)
    let place = try place(request.textDocument, request.position)
    let found = place.specifications.flatMap { $0.definitions(at: place.offset, in: place.document.file) }
    return locations(found)
  }

  private func references(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.TextPlace.self, data)
    let place = try place(request.textDocument, request.position)
    let found = place.specifications.flatMap {
      $0.references(
        at: place.offset, in: place.document.file,
        withDeclaration: request.context?.includeDeclaration ?? true)
    }
    return locations(found)
  }

  /// Each place once, in order.
  private func locations(_ ranges: [SourceRange]) -> [Wire.Location] {
    var places = PlaceMap(workspace)
    var known: Set<Wire.Location> = []
    return ranges.map { places.location($0) }.filter { known.insert($0).inserted }
  }

  // MARK: Renaming

  private func prepareRename(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.TextPlace.self, data)
    let place = try place(request.textDocument, request.position)
    for specification in place.specifications {
      if let occurrence = specification.index.occurrence(at: place.offset, in: place.document.file) {
        var places = PlaceMap(workspace)
        return places.range(occurrence.range)
      }
    }
    return NoResult()
  }

  /// In all specifications that the document is part of, and in all their files.
  private func rename(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.Rename.self, data)
    let place = try place(request.textDocument, request.position)
    var found: [SourceRange] = []
    var isNamed = false
    for specification in place.specifications {
      guard let occurrence = specification.index.occurrence(at: place.offset, in: place.document.file) else {
        continue
      }
      isNamed = true
      found += try Renaming(
        specification: specification, occurrence: occurrence, newName: request.newName
      ).ranges()
    }
    if !isNamed { throw ResponseError(.requestFailed, "there is no name of the specification here") }
    var changes: [String: [Wire.TextEdit]] = [:]
    for location in locations(found) {
      changes[location.uri, default: []].append(
        Wire.TextEdit(range: location.range, newText: request.newName))
    }
    return Wire.WorkspaceEdit(changes: changes)
  }

  // MARK: Documents

  private func completion(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let request = try parameters(Wire.TextPlace.self, data)
    let place = try place(request.textDocument, request.position)
    return place.specifications.first?.completions(at: place.offset, in: place.document.file) ?? []
  }

  /// One edit for the whole text, or none; none where there are syntax errors.
  private func formatting(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let document = try open(try parameters(Wire.DocumentPlace.self, data).textDocument)
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: document.file, utf8: document.utf8), reportingTo: &diagnostics)
    guard !diagnostics.containsError, let formatted = try? format(syntax), formatted != document.utf8 else {
      return [Wire.TextEdit]()
    }
    return [
      Wire.TextEdit(
        range: document.positions.everything, newText: String(decoding: formatted, as: UTF8.self))
    ]
  }

  private func lenses(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let document = try open(try parameters(Wire.DocumentPlace.self, data).textDocument)
    var places = PlaceMap(workspace)
    return (specification(of: document)?.lenses(in: document.file) ?? []).map {
      Wire.CodeLens(range: places.range($0.range), command: Wire.CodeLens.Command(title: $0.title))
    }
  }

  private func symbols(_ data: Data) throws(ResponseError) -> any Encodable & Sendable {
    let document = try open(try parameters(Wire.DocumentPlace.self, data).textDocument)
    guard let specification = specification(of: document) else { return [Wire.DocumentSymbol]() }
    var symbols = DocumentSymbols(specification, places: PlaceMap(workspace))
    return symbols.symbols(in: document.file)
  }
}
