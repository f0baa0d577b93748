import Diagnostics

/// Numbers a run's results so that each keeps its fingerprint when lines move: it is made from the code and the text that
/// the result points at, not from line numbers. Where a result points at no text, the file's name and the place in it
/// count, and without a file the wording. Results that agree in these are counted.
struct SARIFFingerprints {
  private var seen: [String: Int] = [:]

  mutating func next(_ diagnostic: Diagnostic) -> String {
    let key = diagnostic.code.rawValue + "\n" + subject(of: diagnostic)
    seen[key, default: 0] += 1
    return ContentHash(of: Array("\(key)\n\(seen[key] ?? 0)".utf8)).description
  }

  private func subject(of diagnostic: Diagnostic) -> String {
    switch diagnostic.location {
    case .none: return diagnostic.problem
    case .file(let name, let place): return (name.split(separator: "/").last ?? "") + "\n" + (place ?? "")
    case .source(let range):
      let line = range.file.lineText(range.line).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return range.text + "\n" + line
    }
  }
}
