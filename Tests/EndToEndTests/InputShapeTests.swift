import Foundation
import Testing

/// A declared shape against the model's, here [1, 3, 7, 6].
@Suite struct InputShapeTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func check(_ shape: String) throws -> Outcome {
    let model = packageFolder.appending(path: "Tests/ModelImportTests/WellFormed/convWholeImage/model.onnx")
    try folder.write(
      "s.ordain",
      """
      ordain 1
      spec "shapes" 1.0.0
      interface Image {
        inputs { image\(shape) : 1 in 0 .. 1 }
        outputs { class[5] choose highest }
      }
      network Net : Image from "\(model.path())"
      enforce p { when true then never choose class[4] }

      """)
    return try folder.ordain(["check", "s.ordain"])
  }

  @Test(arguments: ["[126]", "[3, 7, 6]", "[1, 3, 7, 6]", "[1, 126]", "[3, 7, 1, 6]"]) func permitted(
    shape: String
  ) throws {
    #expect(try check(shape).status == 0)
  }

  @Test(arguments: ["[7, 6, 3]", "[6, 7, 3]", "[3, 6, 7]", "[3, 42]"]) func refused(shape: String) throws {
    let outcome = try check(shape)
    #expect(outcome.status == 1 && outcome.errors.contains("takes an input of shape [1, 3, 7, 6]"))
    if shape == "[7, 6, 3]" {
      try expectGolden(
        outcome.errors.replacing(packageFolder.path(), with: "PACKAGE/"), "inputShapeMismatch")
    }
  }

  /// A file where a folder is needed.
  @Test func outputFolderThatIsAFile() throws {
    let cartpole = packageFolder.appending(path: "Specs/cartpole/cartpole.ordain").path()
    try folder.write("out", "a file")
    for path in ["out", "out/deeper"] {
      let outcome = try folder.ordain(["compile", cartpole, "-o", path])
      #expect(outcome.status == 1 && outcome.errors.contains("`out` is a file, and a folder is needed"))
    }
  }
}
