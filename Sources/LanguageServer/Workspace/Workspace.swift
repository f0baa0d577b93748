import Diagnostics
import SpecificationLanguage

/// The open documents and the specifications that they make. An open document that another one imports is part of
/// that one's specification, and no specification of its own.
struct Workspace {
  let encoding: PositionEncoding
  /// By file name.
  private(set) var documents: [String: Document] = [:]
  /// By the root's file name.
  private(set) var specifications: [String: Specification] = [:]
  /// What was published last, by address.
  private var published: [String: [Wire.Diagnostic]] = [:]
  /// Files whose specifications are to be checked again.
  private var changed: Set<String> = []
  private var generation = 0

  init(encoding: PositionEncoding) {
    self.encoding = encoding
  }

  // MARK: Documents

  mutating func open(_ item: Wire.TextDocumentItem) {
    let document = Document(uri: item.uri, version: item.version, text: item.text, encoding: encoding)
    documents[document.file] = document
    changed.insert(document.file)
  }

  mutating func change(_ change: Wire.DidChange) {
    let file = FileName.of(uri: change.textDocument.uri)
    guard documents[file] != nil else { return }
    documents[file]?.apply(change.contentChanges)
    documents[file]?.version = change.textDocument.version ?? 0
    changed.insert(file)
  }

  mutating func close(uri: String) {
    let file = FileName.of(uri: uri)
    guard documents.removeValue(forKey: file) != nil else { return }
    changed.insert(file)
  }

  /// Files on disk may be others now.
  mutating func invalidate() { changed.formUnion(documents.keys) }

  func document(uri: String) -> Document? { documents[FileName.of(uri: uri)] }

  /// The specifications that the file is part of; that of which it is the root first.
  func specifications(with file: String) -> [Specification] {
    let others = specifications.filter { $0.key != file && $0.value.syntax(of: file) != nil }
    return (specifications[file].map { [$0] } ?? [])
      + others.sorted { $0.key < $1.key }.map(\.value)
  }

  // MARK: Checking

  /// What ``refresh()`` did.
  struct Refresh {
    /// The roots that were checked anew.
    var checked: [String] = []
    var removed: [String] = []
  }

  /// Checks what has changed.
  mutating func refresh() -> Refresh {
    var result = Refresh()
    guard !changed.isEmpty else { return result }
    let stale = changed
    changed = []
    for file in specifications.keys.sorted() where documents[file] == nil {
      specifications[file] = nil
      result.removed.append(file)
    }
    for file in specifications.keys.sorted() {
      guard let known = specifications[file] else { continue }
      if isImportMissing(known) || stale.contains(where: { known.syntax(of: $0) != nil }) {
        check(file, &result)
      }
    }
    for file in documents.keys.sorted() where specifications(with: file).isEmpty { check(file, &result) }
    // What another document imports is checked there; of documents that import each other one stays.
    for file in specifications.keys.sorted()
    where specifications.contains(where: { $0.key != file && $0.value.syntax(of: file) != nil }) {
      specifications[file] = nil
      result.checked.removeAll { $0 == file }
      result.removed.append(file)
    }
    return result
  }

  private func isImportMissing(_ specification: Specification) -> Bool {
    specification.diagnostics.diagnostics.contains { $0.code == .unreadableImport }
  }

  private mutating func check(_ file: String, _ result: inout Refresh) {
    guard let document = documents[file] else { return }
    generation += 1
    specifications[file] = Specification(
      document, documents: documents, generation: generation, previous: specifications[file])
    result.checked.append(file)
  }

  /// Takes over findings, unless the specification is another one by now.
  mutating func accept(_ analysis: FinishedAnalysis) -> Bool {
    guard specifications[analysis.root]?.generation == analysis.generation else { return false }
    specifications[analysis.root]?.analysis = analysis
    return true
  }

  // MARK: Publishing

  /// The diagnostics of every document whose diagnostics are others than those last published.
  mutating func diagnosticsToPublish() -> [Wire.PublishDiagnostics] {
    var current: [String: [Wire.Diagnostic]] = [:]
    for document in documents.values { current[document.uri] = [] }
    for root in specifications.keys.sorted() {
      guard let specification = specifications[root] else { continue }
      var places = PlaceMap(self)
      for (uri, diagnostics) in places.diagnostics(of: specification) {
        let known = current[uri] ?? []
        current[uri] = known + diagnostics.filter { !known.contains($0) }
      }
    }
    var updates: [Wire.PublishDiagnostics] = []
    for uri in Set(current.keys).union(published.keys).sorted() {
      let diagnostics = current[uri] ?? []
      let file = FileName.of(uri: uri)
      guard published[uri] != diagnostics else { continue }
      updates.append(
        Wire.PublishDiagnostics(uri: uri, version: documents[file]?.version, diagnostics: diagnostics))
    }
    published = current
    return updates
  }
}
