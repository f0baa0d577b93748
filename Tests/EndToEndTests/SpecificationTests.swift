import Foundation
import Testing

/// A network of one layer: as many inputs as `means` has numbers, two outputs.
func smallNNet(means: String, ranges: String, minima: String, maxima: String) -> String {
  let count = means.split(separator: ",").count
  let weights = { (first: Int) in (0..<count).map { "\(first + $0).0," }.joined() }
  return """
    // written by a test
    1,\(count),2,\(max(count, 2)),
    \(count),2,
    0,
    \(minima),
    \(maxima),
    \(means),0.0,
    \(ranges),1.0,
    \(weights(1))
    \(weights(-3))
    0.5,
    -0.5,

    """
}

/// `check header`, conflicts, and what a specification may say about them.
@Suite struct SpecificationTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let headerSpec = """
    ordain 1
    spec "header" 1.0.0
    interface Plane {
      inputs {
        height : HEIGHT
        angle  : ANGLE
      }
      outputs { left, right choose highest }
    }
    network N : Plane from "model.nnet" check header
    enforce keep { when raw choice in { left } then choose left }
    """

  private func check(height: String, angle: String) throws -> Outcome {
    let text = Self.headerSpec.replacing("HEIGHT", with: height).replacing("ANGLE", with: angle)
    try folder.write(
      "model.nnet",
      smallNNet(
        means: "1000.0,0.0", ranges: "8000.0,6.28318530718", minima: "0.0,-3.141593",
        maxima: "9000.0,3.141593"))
    return try folder.ordain(["check", try folder.write("spec.ordain", text)])
  }

  private static let goodHeight = "ft in 0 .. 9000 normalize (height - 1000) / 8000"
  private static let goodAngle = "rad in -3.141593 .. 3.141593 normalize angle / 6.28318530718"

  @Test func headerThatAgrees() throws {
    let outcome = try check(height: Self.goodHeight, angle: Self.goodAngle)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test(arguments: [
    ("metres", "m in 0 .. 2743.2 normalize (height - 304.8) / 2438.4", goodAngle),
    ("degrees", goodHeight, "deg in -180 .. 180 normalize angle / 360"),
    ("maximumMinusMinimum", "ft in 0 .. 9000 normalize (height - 1000) / 9000", goodAngle),
    ("noNormalization", "ft in 0 .. 9000", goodAngle),
    ("widerDomain", "ft in 0 .. 9001 normalize (height - 1000) / 8000", goodAngle),
    ("narrowerDomain", "ft in 0 .. 5000 normalize (height - 1000) / 8000", goodAngle),
    ("noDomain", "ft normalize (height - 1000) / 8000", goodAngle),
  ]) func headerThatDiffers(name: String, height: String, angle: String) throws {
    let outcome = try check(height: height, angle: angle)
    try expectGolden(outcome.text(hiding: folder), "header-\(name)")
  }

  @Test func modelWithoutHeader() throws {
    let text = try String(contentsOfFile: cartpole, encoding: .utf8)
      .replacing("from \"cartpole.onnx\"", with: "from \"cartpole.onnx\" check header")
    let models = URL(filePath: cartpole).deletingLastPathComponent().path()
    let outcome = try folder.ordain(["check", "-", "--models", models], input: Array(text.utf8))
    try expectGolden(outcome.text(hiding: folder), "header-none")
  }

  @Test func modelOfAnotherShape() throws {
    let text = Self.headerSpec.replacing("HEIGHT", with: "1").replacing("ANGLE", with: "1")
    try folder.write(
      "model.nnet", smallNNet(means: "0,0,0", ranges: "1,1,1", minima: "0,0,0", maxima: "1,1,1"))
    let outcome = try folder.ordain([
      "check", try folder.write("spec.ordain", text.replacing(" check header", with: "")),
    ])
    try expectGolden(outcome.text(hiding: folder), "anotherShape")
  }

  private static let conflictSpec = """
    ordain 1
    spec "conflict" 1.0.0
    interface Plane {
      inputs {
        height : ft  in 0 .. 9000
        speed  : m/s in 0 .. 300
      }
      outputs { climb, stay, sink choose highest ABSTAIN }
    }
    network N : Plane from "model.nnet"
    enforce low "too low" { when height <= 1000 ft then choose climb }
    enforce fast "too fast" { when speed >= 250 m/s then never choose climb }
    enforce high "too high" { when height >= 8000 ft then choose sink }
    """

  @Test func conflictsAreErrors() throws {
    let spec = try folder.write("spec.ordain", Self.conflictSpec.replacing(" ABSTAIN", with: ""))
    try expectGolden(try folder.ordain(["check", spec]).text(hiding: folder), "conflict")
    for command in [["compile", spec, "-o", "out"], ["run", spec, "--inputs", "-"]] {
      let outcome = try folder.ordain(command, input: Array("0,0\n".utf8))
      #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains("error[ORD0801]"))
    }
    #expect(folder.names(in: "out") == nil)
  }

  @Test func abstainWhenConflict() throws {
    let spec = try folder.write(
      "spec.ordain", Self.conflictSpec.replacing("ABSTAIN", with: "abstain when conflict"))
    try folder.write("model.nnet", threeOutputs)
    try expectGolden(try folder.ordain(["check", spec]).text(hiding: folder), "conflict-abstain")
    let rows = "500,100\n500,260\n8500,260\n5000,100\n"
    let results = try folder.ordain(
      ["run", spec, "--inputs", "-", "--format", "csv"], input: Array(rows.utf8))
    try expectGolden(results.text(hiding: folder), "conflict-run")
    let why = try folder.ordain(["why", spec, "--input", "height = 500 ft, speed = 260 m/s"])
    try expectGolden(why.text(hiding: folder), "conflict-why")
  }

  private let threeOutputs = """
    // written by a test
    1,2,3,3,
    2,3,
    0,
    0.0,0.0,
    9000.0,300.0,
    0.0,0.0,0.0,
    1.0,1.0,1.0,
    0.0,0.0,
    0.0,0.0,
    0.0,0.0,
    1.0,
    3.0,
    2.0,

    """
}
