import CompilerDriver
import Diagnostics
import ExactArithmetic
import Foundation
import SpecificationLanguage
import TestSupport
import Testing
import VNNLIB

/// The specification of ACAS Xu against the nine published files of its properties.
@Suite(.enabled(if: Published.exists, Published.skipMessage)) struct PublishedTests {
  /// A bound of a box.
  struct Bound: Hashable {
    let name: String
    let isUpper: Bool
  }

  /// The boxes of the inputs: one, or one a disjunct.
  static func boxes(_ assertions: [QueryTree]) throws -> [[Bound: Rational]] {
    var common: [Bound: Rational] = [:]
    var disjuncts: [[Bound: Rational]] = [[:]]
    func bound(_ tree: QueryTree) throws -> (Bound, Rational) {
      guard case .word(let name) = tree.parts[1], case .word(let digits) = tree.parts[2] else {
        throw Refusal(diagnostics: DiagnosticSet())
      }
      return (Bound(name: name, isUpper: tree.head == "<="), try #require(Rational(decimal: digits)))
    }
    for assertion in assertions where !assertion.mentions("Y") {
      if assertion.head == "or" {
        disjuncts = try assertion.parts.dropFirst().map { disjunct in
          Dictionary(uniqueKeysWithValues: try disjunct.parts.dropFirst().map(bound))
        }
      } else {
        let (key, value) = try bound(assertion)
        common[key] = value
      }
    }
    let theta = Bound(name: "X_1", isUpper: false)
    return disjuncts.map { $0.merging(common) { own, _ in own } }
      .sorted { ($0[theta] ?? .zero) < ($1[theta] ?? .zero) }
  }

  @Test(arguments: 2...10) func meansTheSame(property: Int) throws {
    let published = try QueryTree.assertions(of: Published.text(property))
    let own = try QueryTree.assertions(
      of: exported(
        try readFile(Published.acasxu, limit: 1 << 20), "p\(property)", Published.network(property)))

    let (ours, theirs) = (try Self.boxes(own), try Self.boxes(published))
    #expect(ours.count == theirs.count)
    let tolerance = Rational(1, over: 1_000_000)
    for (mine, other) in zip(ours, theirs) {
      #expect(Set(mine.keys) == Set(other.keys) && mine.count == 10)
      for (bound, value) in mine {
        let published = try #require(other[bound])
        if property == 6, bound == Bound(name: "X_0", isUpper: true) {
          // The published box reaches 62,000 ft, beyond the networks' own domain, which ends at 60,760 ft: that is
          // where every other published file ends, and where ours does.
          #expect(published == Rational(decimal: "0.700434925"))
          #expect((value - (try #require(Rational(decimal: "0.679857769")))).magnitude <= tolerance)
        } else {
          #expect((value - published).magnitude <= tolerance, "\(bound)")
        }
      }
    }
    let outputs = own.filter { $0.mentions("Y") }
    #expect(!outputs.isEmpty)
    #expect(isEquivalent([outputs], [published.filter { $0.mentions("Y") }]))
  }

  /// Import, export, import: the same text, and the same points of the domain are unsafe.
  @Test(arguments: 1...10) func importIsUndone(property: Int) throws {
    let text = try Published.text(property)
    let first = try imported(text)
    let back = try exported(SourceFile(name: Self.target, text: first), "prop", "N[2,3]")
    #expect(
      isEquivalent(
        [try QueryTree.assertions(of: back)], [try QueryTree.assertions(of: text)], within: try Self.domain())
    )
    func body(_ text: String) -> Substring { text.drop { $0 != "\n" } }
    #expect(body(try imported(back)) == body(first))
    #expect(first.contains(property == 1 ? "verify prop" : "enforce prop"))
    #expect(first.contains("enforce prop") != first.contains("verify prop"))
  }

  private static let target = packageRoot + "/Specs/acasxu/imported.ordain"

  private func imported(_ text: String) throws -> String {
    do throws(DiagnosticSet) {
      return try ImportedVNNLIB(
        SourceFile(name: "prop.vnnlib", text: text), name: "prop", interface: "AcasXu",
        specification: try readFile(Published.acasxu, limit: 1 << 20), target: Self.target, networks: []
      ).text
    } catch {
      throw Refusal(diagnostics: error)
    }
  }

  /// The networks' domain, from the files' own README: numbers as in the NNet headers.
  private static func domain() throws -> [QueryTree] {
    let rows: [(low: String, high: String, mean: String, range: String)] = [
      ("0", "60760", "19791.091", "60261"), ("-3.141593", "3.141593", "0", "6.28318530718"),
      ("-3.141593", "3.141593", "0", "6.28318530718"), ("100", "1200", "650", "1100"),
      ("0", "1200", "600", "1200"),
    ]
    let texts = rows.enumerated().map { index, row in
      """
      (assert (<= (+ (* \(row.range) X_\(index)) \(row.mean)) \(row.high)))
      (assert (>= (+ (* \(row.range) X_\(index)) \(row.mean)) \(row.low)))
      """
    }
    return try QueryTree.assertions(of: texts.joined(separator: "\n"))
  }

  /// Property 1 bounds a score: the networks' own, in which 1500 is the published 3.991125645861615 (a quotient whose
  /// decimals don't end, rounded outwards).
  @Test func scoreBound() throws {
    let spec = try readFile(packageRoot + "/Specs/acasxu/score_bound.ordain", limit: 1 << 20)
    let text = try exported(spec, "p1", "N[4,2]")
    #expect(text.contains("(assert (>= Y_0 3.99112564586))"))
    let (mine, other) = (
      try #require(try Self.boxes(QueryTree.assertions(of: text)).first),
      try #require(try Self.boxes(QueryTree.assertions(of: Published.text(1))).first)
    )
    #expect(mine.count == 10)
    for (bound, value) in mine {
      #expect((value - (try #require(other[bound]))).magnitude <= Rational(1, over: 1_000_000))
    }
  }

  /// Every public file is read; it is imported, or refused with one clear diagnostic.
  @Test(arguments: Published.allFiles()) func everyFileIsReadOrRefused(name: String) throws {
    let source = try SourceFile(path: Published.folder + "/" + name)
    let set = try parseVNNLIB(source)
    #expect(!set.assertions.isEmpty)
    do throws(DiagnosticSet) {
      _ = try ImportedVNNLIB(
        source, name: "prop", interface: "I", specification: nil, target: "imported.ordain", networks: [])
      #expect(set.outputCount > 1)
    } catch {
      #expect(error.diagnostics.map(\.code) == [.vnnlibShapeMismatch] && set.outputCount == 1)
    }
  }
}
