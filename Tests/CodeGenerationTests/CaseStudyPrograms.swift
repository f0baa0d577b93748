import Diagnostics
import Foundation
import ModelImport
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// The programs of a case study with its real models.
struct CaseStudyPrograms: Sendable {
  let spec: CheckedSpec
  private let analysis: SpecAnalysis
  private let folder: String

  static func cartpole() throws -> CaseStudyPrograms {
    try CaseStudyPrograms("cartpole", models: packageRoot + "/Specs/cartpole")
  }

  /// `nil`, and a line that says so, without the networks.
  static func acasXu() throws -> CaseStudyPrograms? {
    let data = ProcessInfo.processInfo.environment["ORDAIN_DATA"] ?? packageRoot + "/../shared/data"
    guard FileManager.default.fileExists(atPath: data + "/acasxu/nnet") else {
      print("SKIPPED: no ACAS Xu networks; set ORDAIN_DATA to the folder that holds acasxu/")
      return nil
    }
    return try CaseStudyPrograms("acasxu", models: data)
  }

  private init(_ name: String, models: String) throws {
    var diagnostics = DiagnosticSet()
    let source = try SourceFile(path: packageRoot + "/Specs/\(name)/\(name).ordain")
    spec = try check(parse(source, reportingTo: &diagnostics), reportingTo: &diagnostics)
    analysis = analyse(spec, reportingTo: &diagnostics)
    try diagnostics.throwOnError()
    folder = models
  }

  func program(_ index: Int) throws -> SafetyProgram {
    var diagnostics = DiagnosticSet()
    let network = spec.networks[index]
    let model = try importModel(atPath: folder + "/" + network.modelPath, reportingTo: &diagnostics)
    guard let table = analysis.networks[index].table else { throw diagnostics }
    return try compose(spec, network, with: model.network, table: table)
  }
}
