import Foundation

// Times the language server: from a change of a 500-line specification to the diagnostics that it causes. Prints
// median and maximum over 300 changes that follow each other without a pause.
//
//   swift build -c release && swift run -c release LanguageServerBenchmark

let changes = 300

/// 82 properties over 20 inputs and 20 outputs, on a family of 10 networks.
let specification: String = {
  let inputs = (0..<20).map { "    x\($0) : m/s  in 0 .. 100  normalize (x\($0) - 50) / 100\n" }.joined()
  let outputs = (0..<20).map { "o\($0)" }.joined(separator: ", ")
  let lets = (0..<60).map {
    "let c\($0)(v) = x\($0 % 20) in v .. v + \($0) m/s and x\(($0 + 7) % 20) <= limit\n"
  }
  let properties = (0..<82).map { index in
    """
    // Requirement \(index) of the system.
    enforce p\(index) "requirement \(index)" on N[*] {
      when c\(index % 60)(\(index) m/s) and x\(index % 20) >= \(index) m/s
      then never choose o\(index % 20)
    }

    """
  }
  return """
    ordain 1
    spec "latency" 1.0.0
    param limit = 90 m/s

    interface I {
      inputs {
    \(inputs)  }
      outputs {
        \(outputs)
        choose highest
      }
    }
    networks N[i: 1..10] : I from "n_{i}.onnx"

    \(lets.joined())\(properties.joined())
    """
}()

let server = try Server()
try server.send(
  #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"general":{"positionEncodings":["utf-8"]}}}}"#
)
try server.wait(for: "capabilities")
let text = String(decoding: try JSONEncoder().encode(specification), as: UTF8.self)
try server.send(
  #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///latency.ordain","languageId":"ordain","version":1,"text":\#(text)}}}"#
)
try server.wait(for: "publishDiagnostics")

// A digit behind `limit` in line 3 makes 60 names unknown; taking it away again makes them known.
var times: [Duration] = []
for version in 2..<2 + changes {
  let isInsertion = version % 2 == 0
  let range = #"{"start":{"line":2,"character":11},"end":{"line":2,"character":\#(isInsertion ? 11 : 12)}}"#
  let change =
    #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///latency.ordain","version":\#(version)},"contentChanges":[{"range":\#(range),"text":"\#(isInsertion ? "1" : "")"}]}}"#
  let start = ContinuousClock.now
  try server.send(change)
  try server.wait(for: isInsertion ? "ORD0201" : "publishDiagnostics")
  times.append(ContinuousClock.now - start)
}
let lines = specification.split(separator: "\n", omittingEmptySubsequences: false).count
let sorted = times.sorted()
print(
  "\(lines) lines, \(times.count) changes: median \(sorted[sorted.count / 2]), maximum \(sorted[sorted.count - 1])"
)

/// `ordain lsp`, beside this executable.
struct Server {
  struct Gone: Error {}

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init() throws {
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "ordain")
    process.arguments = ["lsp"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  func send(_ body: String) throws {
    let message = "Content-Length: \(body.utf8.count)\r\n\r\n" + body
    try input.fileHandleForWriting.write(contentsOf: Data(message.utf8))
  }

  /// Reads messages up to the first one that contains the text.
  func wait(for text: String) throws {
    let reading = output.fileHandleForReading
    while true {
      var header = Data()
      while !header.suffix(4).elementsEqual(Data("\r\n\r\n".utf8)) { header += try read(1, reading) }
      let digits = String(decoding: header, as: UTF8.self).filter(\.isNumber)
      let body = try read(Int(digits) ?? 0, reading)
      if String(decoding: body, as: UTF8.self).contains(text) { return }
    }
  }

  private func read(_ count: Int, _ handle: FileHandle) throws -> Data {
    var data = Data()
    while data.count < count {
      guard let more = try handle.read(upToCount: count - data.count), !more.isEmpty else { throw Gone() }
      data += more
    }
    return data
  }
}
