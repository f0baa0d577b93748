import Diagnostics
import ExactArithmetic
import Foundation
import ModelImport
import NetworkIR
import Testing

/// Imported networks against the outputs of onnxruntime and of exact rational arithmetic in Python.
@Suite struct ReferenceTests {
  static let advisories = (1...5).flatMap { i in (1...9).map { j in "ACASXU_run2a_\(i)_\(j)_batch_2000" } }

  @Test(.enabled(if: ReferenceData.exists("acasxu"), ReferenceData.skipMessage))
  func acasXuMatchesItsReferenceOutputs() throws {
    let rows = try ReferenceData.rows("acasxu/reference_outputs.csv")
    #expect(rows.count == 135)
    for name in Self.advisories {
      let model = try ReferenceData.importModel("acasxu/onnx/\(name).onnx")
      let network = model.network
      #expect(model.header == nil)
      #expect(network.identity.format == "onnx opset 8")
      // Sub of zero vanishes, Flatten stays as a reshape, MatMul and Add are one node: 7 layers, 6 ReLUs.
      #expect(network.nodes.count == 14 && network.inputCount == 5 && network.outputCount == 5)
      #expect(network.parameterCount == 13_305)
      let cases = rows.filter { $0[0] == "\(name).onnx" }
      #expect(cases.count == 3)
      for row in cases {
        let numbers = try row.dropFirst().map { try #require(Double($0)) }
        let input = numbers[0..<5].map { Float($0) }
        let single = network.evaluate(input)
        let exact = try network.evaluateExactly(input.map { Rational($0) })
        for j in 0..<5 {
          let exactDouble = try #require(exact[j].nearestDouble)
          #expect(abs(exactDouble - numbers[5 + j]) <= 1e-9, "\(name) exact output \(j)")
          #expect(abs(Double(single[j]) - numbers[10 + j]) <= 1e-5, "\(name) output \(j)")
        }
      }
    }
  }

  @Test(.enabled(if: ReferenceData.exists("acasxu"), ReferenceData.skipMessage))
  func acasXuTextNetworksAgreeWithTheirConversions() throws {
    let rows = try ReferenceData.rows("acasxu/reference_outputs.csv")
    for name in Self.advisories {
      let model = try ReferenceData.importModel("acasxu/nnet/\(name).nnet")
      let header = try #require(model.header)
      #expect(model.network.nodes.count == 13 && model.network.parameterCount == 13_305)
      #expect(header.maxima.first == Rational(60760) && header.minima.first == .zero)
      #expect(header.means.first == Rational(decimal: "19791.091"))
      #expect(header.ranges.first == Rational(60261))
      #expect(header.outputMean == Rational(decimal: "7.5188840201005975"))
      #expect(header.outputRange == Rational(decimal: "373.94992"))
      for row in rows where row[0] == "\(name).onnx" {
        let numbers = try row.dropFirst().map { try #require(Double($0)) }
        let scores = model.network.evaluate(numbers[0..<5].map { Float($0) })
        for j in 0..<5 { #expect(abs(Double(scores[j]) - numbers[10 + j]) <= 2e-5, "\(name) output \(j)") }
      }
    }
  }

  /// Models of VNN-COMP: what is imported agrees with onnxruntime, what is not is refused with the code of a
  /// model error. Which is which is part of the contract.
  @Test(.enabled(if: ReferenceData.exists("vnn"), ReferenceData.skipMessage))
  func competitionModelsMatchOrAreRefused() throws {
    var imported: [String] = []
    var refused: [String: Set<DiagnosticCode>] = [:]
    let rows = try ReferenceData.rows("vnn/reference_outputs.csv")
    for name in Set(rows.map { $0[0] }).sorted() {
      do throws(DiagnosticSet) {
        let network = try ReferenceData.importModel("vnn/\(name)").network
        imported.append(name)
        for row in rows where row[0] == name { check(network, row) }
      } catch {
        refused[name] = Set(error.diagnostics.map(\.code))
        #expect(error.diagnostics.allSatisfy { $0.code.rawValue.hasPrefix("ORD06") })
      }
    }
    // What is not imported, and why, is part of the contract: an image generator by ConvTranspose.
    #expect(imported.count == 14)
    #expect(refused == ["cgan/cGAN_imgSz32_nCh_1.onnx": [.unsupportedOperator]])
  }

  private func check(_ network: Network, _ row: [String]) {
    let count = network.inputCount
    #expect(row[2] == "\(count)" && row[3] == "\(network.outputCount)", "\(row[0])")
    let input: [Float] = (0..<count).map { i in
      switch row[1] {
      case "const0.5": 0.5
      case "ramp": Float(i) / Float(count)
      default: Float((7 * i) % 11) / 11
      }
    }
    let scores = network.evaluate(input)
    let expected = row[4].split(separator: " ").compactMap { Float($0) }
    #expect(expected.count == min(16, network.outputCount))
    for (score, reference) in zip(scores, expected) {
      #expect(abs(score - reference) <= 1e-4 * max(1, abs(reference)), "\(row[0]) \(row[1])")
    }
  }
}
