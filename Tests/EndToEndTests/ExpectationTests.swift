import Foundation
import Testing

/// `ordain test`, `import` and `-D`, as users see them.
@Suite struct ExpectationTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try folder.write("plane.ordain", Self.plane)
    let model = packageFolder.appending(path: "Specs/cartpole/cartpole.onnx")
    try folder.write("cartpole.onnx", Array(try Data(contentsOf: model)))
    try folder.write("cartpole.ordain", Array(try Data(contentsOf: URL(filePath: cartpole))))
  }

  private static let plane = """
    ordain 1
    spec "plane" 1.2.0
    param near = 400 m in 100 .. 1000 m
    interface Plane {
      inputs {
        distance : m    in 0 .. 10000
        closing  : m/s  in -300 .. 300
      }
      outputs { none, climb, descend choose highest abstain when conflict }
    }
    network Net : Plane from "cartpole.onnx"
    enforce evade on Net { when distance < near and closing > 0 m/s then never choose none }
    enforce calm  on Net { when distance >= 5000 m then choose none }
    enforce stay  on Net { when distance > 300 m and closing > 200 m/s then choose none }
    enforce own   on Net { when raw choice in { climb } and distance < 50 m then climb above descend }

    """

  private func test(_ expectations: String, _ golden: String, _ options: [String] = []) throws {
    try folder.write("tested.ordain", Self.plane + expectations)
    let outcome = try folder.ordain(["test", "tested.ordain"] + options)
    try expectGolden(outcome.text(hiding: folder).withoutTimes, "test-\(golden)")
  }

  @Test func whatHoldsPasses() throws {
    try test(
      """
      expect evade, calm disjoint
      expect calm, stay disjoint on Net // wrong: both far away
      expect at { distance: 0.2 km, closing: 1 m/s } triggers evade only
      expect at { distance: 6 km, closing: 1 m/s } on Net triggers calm
      expect at { distance: 2 km, closing: 1 m/s } triggers none
      """, "holds")
  }

  @Test func whatDoesNotHoldFails() throws {
    try test(
      """
      expect evade, stay disjoint
      expect conflicts none
      expect abstain unreachable
      expect at { distance: 350 m, closing: 250 m/s } triggers evade only
      expect at { distance: 350 m, closing: 250 m/s } triggers evade
      expect at { distance: 350 m, closing: 250 m/s } triggers none
      expect at { distance: 2 km, closing: 1 m/s } triggers stay
      expect at { distance: 20 km, closing: 1 m/s } triggers none
      expect at { distance: 10 m, closing: 1 m/s } triggers evade
      expect at { distance: 10 m, closing: 1 m/s } chooses climb
      expect run over "missing.csv" never abstains
      """, "fails")
  }

  @Test func modelsDecideWhatNeedsThem() throws {
    try folder.write("few.csv", "x,v,theta,omega\n0,0,0,0\n0,0,0.1,0\n0,0,-0.1,1\n")
    try folder.write("far.csv", "x,v,theta,omega\n0,0,0,0\n9,0,0.1,0\n0,0,1,0\n")
    try folder.write("empty.csv", "x,v,theta,omega\n")
    try folder.write(
      "tested.ordain",
      """
      ordain 1
      spec "tested" 1.0.0
      import "cartpole.ordain"
      expect catch_left, catch_right disjoint
      expect conflicts none
      expect abstain unreachable
      expect at { x: 0 m, v: 0 m/s, theta: 0.1 rad, omega: 0 rad/s } chooses push_right
      expect at { x: 0 m, v: 0 m/s, theta: 0.1 rad, omega: 0 rad/s } on Policy chooses push_left
      expect at { x: 9 m, v: 0 m/s, theta: 0.1 rad, omega: 0 rad/s } chooses push_left
      expect run over "few.csv" never abstains
      expect run over "far.csv" never abstains
      expect run over "empty.csv" never abstains
      """)
    let outcome = try folder.ordain(["test", "tested.ordain"])
    try expectGolden(outcome.text(hiding: folder).withoutTimes, "test-models")
  }

  @Test func testingNothingIsNoSuccess() throws {
    let outcome = try folder.ordain(["test", "plane.ordain"])
    try expectGolden(outcome.text(hiding: folder).withoutTimes, "test-nothing")
  }

  @Test func whatAbstainsUncertifiedIsReachable() throws {
    try test(
      """
      robust r on Net { within L2 0.1 of normalized keep top 1 abstain when uncertified }
      expect abstain unreachable
      expect evade, calm disjoint
      """, "uncertified")
  }

  @Test func withoutTablesNothingIsDecided() throws {
    try test("expect evade, calm disjoint", "undecided", ["--max-rows", "2"])
  }

  // MARK: Parameters and imports

  @Test func parametersTakeValuesFromTheCommandLine() throws {
    let expectation = "expect at { distance: 450 m, closing: 1 m/s } triggers evade only"
    try test(expectation, "definition", ["-D", "near=0.5 km"])
    try test(expectation, "definitions-wrong", ["-Dnear=5 km", "-D", "naer = 1 m", "-D", "near=2 m"])
    try test(expectation, "definition-malformed", ["-D", "near"])
    try test(expectation, "definition-unit", ["-D", "near=5"])
  }

  @Test func emittedCodeNamesImportsAndDefinitions() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/specs", withIntermediateDirectories: true)
    try folder.write("specs/main.ordain", "ordain 1\nspec \"main\" 1.0.0\nimport \"../cartpole.ordain\"\n")
    let arguments = ["compile", "specs/main.ordain", "-D", "lean=0.03 rad", "-o", "out"]
    let outcome = try folder.ordain(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let header = try folder.read("out/main_policy.h")
    #expect(header.contains(", ../cartpole.ordain\n"))
    #expect(header.contains("definition     lean=0.03 rad\n"))
    let elsewhere = try folder.shell(
      "cd specs && $0 compile main.ordain -D 'lean=0.03 rad' -o ../again && diff -r ../out ../again")
    #expect(elsewhere.status == 0, "\(elsewhere.output)\(elsewhere.errors)")
  }

  /// What is left out of an expectation is not left out of the rules, and needs a network with two of its properties.
  @Test func expectationsExcuseNothing() throws {
    try folder.write(
      "family.ordain",
      """
      ordain 1
      spec "family" 1.0.0
      interface I {
        inputs { x : m in 0 .. 10 }
        outputs { a, b choose highest }
      }
      networks N[k: 1..3] : I from "n{k}.onnx"
      enforce p on N[1] { when x < 5 m then choose a }
      enforce q on N[2] { when x > 4 m then choose b }
      expect conflicts none on N except N[3]
      """)
    let checked = try folder.ordain(["check", "family.ordain"])
    #expect(checked.errors.contains("warning[ORD0815]: nothing is demanded on `N[3]`"), "\(checked.errors)")
    try folder.write("family.ordain", try folder.read("family.ordain") + "\nexpect p, q disjoint\n")
    let tested = try folder.ordain(["test", "family.ordain"])
    #expect(tested.status == 1)
    #expect(tested.errors.contains("error[ORD1101]: no network has two of these properties"))
  }

  @Test func filesWithoutNetworksAreForImport() throws {
    try folder.write("common.ordain", "ordain 1\nspec \"common\" 1.0.0\nparam near = 3 m\n")
    #expect(try folder.ordain(["check", "common.ordain"]).status == 0)
    let compiled = try folder.ordain(["compile", "common.ordain", "-o", "out"])
    #expect(compiled.status == 1)
    #expect(compiled.errors.contains("error[ORD0504]: `common` declares no network"))
  }

  @Test func aPipeHasNoImports() throws {
    try folder.write("common.ordain", "ordain 1\nspec \"common\" 1.0.0\nparam near = 3 m\n")
    try folder.write("main.ordain", "ordain 1\nspec \"main\" 1.0.0\nimport \"common.ordain\"\n")
    let outcome = try folder.shell("$0 diff - main.ordain < main.ordain")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("error[ORD0211]"))
  }

  @Test func whatIsNotCompiledIsRefused() throws {
    try folder.write(
      "verified.ordain",
      """
      ordain 1
      spec "verified" 1.0.0
      import "cartpole.ordain"
      verify small { when true then push_left <= 1000 }
      monitor close { when theta > 0.4 rad then choose push_right }
      robust steady { within Linf 0.1 of normalized keep top 1 }
      """)
    let compiled = try folder.ordain(["compile", "verified.ordain", "-o", "out"])
    try expectGolden(compiled.text(hiding: folder), "notCompiled")
    #expect(folder.names(in: "out") == nil)
    #expect(try folder.ordain(["check", "verified.ordain"]).status == 0)
  }
}
