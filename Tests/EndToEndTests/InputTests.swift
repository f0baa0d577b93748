import Foundation
import Testing

/// Input files of `ordain run`: what is read, and one clear diagnostic for what is not.
@Suite struct InputTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// Runs CartPole on the bytes and prints CSV.
  private func run(_ bytes: [UInt8], as name: String = "inputs") throws -> Outcome {
    try folder.write(name, bytes)
    return try folder.ordain(["run", cartpole, "--inputs", name, "--format", "csv"])
  }

  private static let rows: [[Double]] = [[0, 0, 0, 0], [1, 2, 0.1, -0.75], [-1, 0, 0.05, 0.5]]

  private static func csv(_ rows: [[Double]]) -> String {
    rows.map { $0.map(\.description).joined(separator: ",") + "\n" }.joined()
  }

  @Test func everyWayToWriteTheSameRows() throws {
    let expected = try run(Array(Self.csv(Self.rows).utf8))
    #expect(expected.status == 0 && expected.errors.isEmpty)
    #expect(expected.output.split(separator: "\n").count == 4)
    let reversed = "omega,theta,v,x\n" + Self.csv(Self.rows.map { $0.reversed() })
    let flat = Self.rows.flatMap { $0 }
    let double = littleEndian(flat)
    let ways: [[UInt8]] = [
      Array("x,v,theta,omega\n\(Self.csv(Self.rows))".utf8),
      Array(reversed.utf8),
      Array(reversed.replacing(",", with: " , ").replacing("\n", with: "\r\n").utf8),
      [0xEF, 0xBB, 0xBF] + Array("\"x\",\"v\",\"theta\",\"omega\"\n\(Self.csv(Self.rows))".utf8),
      Array("\n\n\(Self.csv(Self.rows))\n\n".dropLast().utf8),
      numpyFile("<f8", "(3, 4)", data: double),
      numpyFile("<f8", "(3, 2, 2)", data: double),
      numpyFile("<f4", "(3, 4)", data: littleEndian(flat.map { Float($0) })),
    ]
    for way in ways {
      let outcome = try run(way)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output == expected.output)
    }
    let piped = try folder.ordain(["run", cartpole, "--inputs", "-", "--format", "csv"], input: ways[0])
    #expect(piped.output == expected.output)
  }

  @Test func vectorOfOneRowAndEmptyTables() throws {
    let one = try run(Array("1,2,0.1,-0.75\n".utf8))
    #expect(try run(numpyFile("<f8", "(4,)", data: littleEndian(Self.rows[1]))).output == one.output)
    for empty in [Array("x,v,theta,omega\n".utf8), numpyFile("<f4", "(0, 4)", data: [])] {
      let outcome = try run(empty)
      #expect(outcome.status == 0 && outcome.output.split(separator: "\n").count == 1)
    }
  }

  @Test func refusedRowsAbstainWithTheirReasons() throws {
    let rows = """
      nan,0,0,0
      0,inf,0,0
      0,-Infinity,0,0
      0,0,0,1e400
      4.9,0,0,0
      0,0,-0.4180001,0
      -4.8,50,0.418,-10
      1e-50,-0,0,0

      """
    let outcome = try run(Array(rows.utf8))
    try expectGolden(outcome.text(hiding: folder), "abstentions")
    let double = littleEndian([.nan, 0, 0, 0, 0, .infinity, 0, 0, 0, 0, 1e300, 0, 4.9, 0, 0, 0])
    let numpy = try run(numpyFile("<f8", "(4, 4)", data: double))
    let reasons = numpy.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] }
    #expect(reasons == ["nan_input", "infinite_input", "infinite_input", "out_of_domain_input"])
  }

  @Test func malformedTables() throws {
    let cases: [(name: String, text: String)] = [
      ("three values", "0,0,0,0\n1,2,3\n"), ("five values", "1,2,3,4,5\n"), ("missing value", "1,2,3,\n"),
      ("one value", "1\n"), ("word", "1,2,3,abc\n"), ("word later", "x,v,theta,omega\n0,0,0,0\n\n0,O,0,0\n"),
      ("semicolons", "1;2;3;4\n"), ("blanks", "1 2 3 4\n"), ("NUL", "1,2,3,4\0\n"),
      ("escape", "1,2,3,\u{1B}[31m\n"),
      ("thousands", "1_000,0,0,0\n"), ("stray quote", "1,2,3,\"4\n"), ("quote inside", "1,2,3,4\"5\n"),
      ("missing name", "x,v,theta\n1,2,3\n"), ("name twice", "x,v,theta,omega,omega\n1,2,3,4,4\n"),
      ("misspelt name", "x,v,theta,omga\n"), ("foreign name", "index,x,v,theta,omega\n"),
      ("two headers", "x,v,theta,omega\nx,v,theta,omega\n"), ("comment", "# rows\n0,0,0,0\n"),
    ]
    var files = cases.map { (name: $0.name, bytes: Array($0.text.utf8)) }
    files.append(("no UTF-8", [0xFF, 0xFE, 0x2C, 0x31]))
    try expectRefusals(files, "csv")
  }

  @Test func malformedArrays() throws {
    let data = littleEndian(Self.rows.flatMap { $0 })
    let good = numpyFile("<f8", "(3, 4)", data: data)
    let longHeader: [UInt8] = good[..<8] + [0xFF, 0xFF] + good[10...]
    let files: [(name: String, bytes: [UInt8])] = [
      ("only magic", Array(good.prefix(6))), ("cut header", Array(good.prefix(20))),
      ("cut data", Array(good.dropLast(3))), ("trailing byte", good + [0]), ("long header", longHeader),
    ]
    let headers: [(name: String, descriptor: String, shape: String)] = [
      ("big-endian", ">f8", "(3, 4)"), ("half precision", "<f2", "(3, 4)"), ("integers", "<i8", "(3, 4)"),
      ("objects", "|O", "(3, 4)"), ("five columns", "<f8", "(3, 5)"), ("scalar", "<f8", "()"),
      ("negative", "<f8", "(-3, 4)"), ("no shape", "<f8", "3, 4"), ("parentheses", "<f8", ")3, 4("),
      ("overflow", "<f8", "(4611686018427387904, 4)"), ("beyond 64 bits", "<f8", "(99999999999999999999, 4)"),
      ("zero columns", "<f8", "(1000000000, 0)"), ("records", "<f4'), ('v', '<f4", "(3,)"),
    ]
    let fortran = numpyFile("<f8", "(3, 4)", order: "True", data: data)
    try expectRefusals(
      files + headers.map { ($0.name, numpyFile($0.descriptor, $0.shape, data: data)) } + [
        ("Fortran order", fortran)
      ],
      "npy")
  }

  /// Each is refused with exactly one diagnostic; all of them are one golden file.
  private func expectRefusals(_ cases: [(name: String, bytes: [UInt8])], _ format: String) throws {
    var text = ""
    for (name, bytes) in cases {
      let outcome = try run(bytes, as: "inputs.\(format)")
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(name)")
      #expect(outcome.errors.components(separatedBy: "error[ORD0903]").count == 2, "\(name)")
      text += "# \(name)\n\(outcome.errors)\n"
    }
    try expectGolden(text, "malformed-\(format)")
  }
}
