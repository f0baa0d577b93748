import Diagnostics
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// What is dropped because it is proved changes no result: rows of generated specifications, each with every set of its
/// properties taken as proved, against scores that have these properties and all others of the same.
@Suite struct DroppedPropertyTests {
  private static func evidence(_ number: Int) -> ContentHash { ContentHash(of: [UInt8(number)]) }

  private static func proved(_ properties: some Sequence<Int>) -> [ProvedProperty] {
    properties.map { ProvedProperty(property: $0, evidence: evidence($0)) }
  }

  private struct Tally {
    /// Rows that ask for nothing because all members are proved, and rows with others that lost a literal.
    var freed = 0
    var shrunk = 0
    /// Properties in rows with others that are dropped, and that are kept.
    var dropped = 0
    var kept = 0
    /// Those of which the program doesn't say so.
    var unsaid = 0
    var compared = 0
    var different: [String] = []
  }

  /// Compares each row of `program` with that of the program which `pass` makes of it.
  private func tally(
    _ spec: GeneratedSpec, _ program: SafetyProgram,
    by pass: (SafetyProgram, Set<Int>) throws -> SafetyProgram, _ tally: inout Tally
  ) throws {
    let oracle = Oracle(spec)
    let orders = weakOrders(of: spec.outputCount)
    for subset in 1..<(1 << spec.properties.count) {
      let proved = Set(spec.properties.indices.filter { subset >> $0 & 1 == 1 })
      let result = try pass(program, proved)
      #expect(result.table.rows.map(\.activation) == program.table.rows.map(\.activation))
      for (row, old) in zip(result.table.rows, program.table.rows) {
        let active = old.activation.active
        let members = active.filter(proved.contains)
        if members.isEmpty {
          #expect(row.disjuncts == old.disjuncts)
          continue
        }
        #expect(row.disjuncts.isEmpty == old.disjuncts.isEmpty, "a conflict stays one\n\(spec)")
        if !old.disjuncts.isEmpty {
          if members.count == active.count { tally.freed += 1 } else { count(members, result, &tally) }
          if members.count < active.count, row.disjuncts != old.disjuncts { tally.shrunk += 1 }
        }
        for (index, levels) in orders.enumerated() {
          for style in ScoreStyle.allCases where (style.rawValue + index + Int(spec.seed)) % 4 == 0 {
            let scores = style.scores(of: levels)
            if !oracle.holds(members, ofGoodness: oracle.goodness(scores)) { continue }
            let ranking = Ranking(of: scores, by: program.interface.preference)
            tally.compared += 1
            let (new, expected) = (
              result.layer.decide(ranking, under: row), program.layer.decide(ranking, under: old)
            )
            if !isIdentical(new, expected) {
              tally.different.append("proved \(proved), row \(active), scores \(scores)\n\(spec)")
            }
          }
        }
      }
    }
  }

  private func count(_ members: [Int], _ program: SafetyProgram, _ tally: inout Tally) {
    for member in members {
      switch program.guards[member].enforcement {
      case .proof(let evidence) where evidence == Self.evidence(member): tally.dropped += 1
      case .proofAndRepair(let evidence) where evidence == Self.evidence(member): tally.kept += 1
      case .proof, .proofAndRepair, .repair: tally.unsaid += 1
      }
    }
  }

  private func tally(
    seeds: Range<UInt64>, by pass: (SafetyProgram, Set<Int>) throws -> SafetyProgram
  ) throws -> Tally {
    var result = Tally()
    for seed in seeds {
      var generator = SpecGenerator(seed: seed)
      let spec = generator.spec()
      let program = try #require(try programs(ofSpec: spec.text).first)
      try tally(spec, program, by: pass, &result)
    }
    return result
  }

  @Test(arguments: 0..<UInt64(sampleCount(3, full: 20))) func resultsStay(part: UInt64) throws {
    let tally = try tally(seeds: part * 100..<(part + 1) * 100) {
      $0.droppingProvedProperties(Self.proved($1))
    }
    #expect(tally.different.isEmpty, "\(tally.different.count): \(tally.different.first ?? "")")
    #expect(tally.freed >= 500, "\(tally)")
    #expect(tally.shrunk >= 5, "\(tally)")
    #expect(tally.dropped >= 50, "\(tally)")
    #expect(tally.kept >= 300, "\(tally)")
    #expect(tally.unsaid == 0, "\(tally)")
    #expect(tally.compared >= 100_000, "\(tally.compared)")
  }

  // Faults that the comparison has to find.

  /// What is proved is dropped whatever a repair of the others may do.
  @Test func droppingWithoutTheConditionIsFound() throws {
    let tally = try tally(seeds: 0..<20) { program, proved in
      try program.replacingRows { row in
        row.disjuncts.isEmpty
          ? []
          : try disjuncts(
            satisfying: row.activation.active.filter { !proved.contains($0) }.map {
              program.guards[$0].property.post
            }, outputCount: program.interface.outputs.count)
      }
    }
    #expect(tally.different.count >= 100, "\(tally.different.count)")
  }

  /// A row with a proved member asks for nothing although others are not proved.
  @Test func freeingRowsWithOthersIsFound() throws {
    let tally = try tally(seeds: 0..<10) { program, proved in
      try program.replacingRows { row in
        if row.disjuncts.isEmpty || proved.isDisjoint(with: row.activation.active) { return row.disjuncts }
        return try disjuncts(satisfying: [], outputCount: program.interface.outputs.count)
      }
    }
    #expect(tally.different.count >= 100, "\(tally.different.count)")
  }

  /// The order of the list and what is named twice are of no consequence.
  @Test func theListIsASet() throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SpecGenerator(seed: seed)
      let program = try #require(try programs(ofSpec: generator.spec().text).first)
      let all = Self.proved(program.guards.indices)
      let (one, other) = (
        program.droppingProvedProperties(all), program.droppingProvedProperties(all.reversed() + all)
      )
      #expect(one.guards.map(\.enforcement) == other.guards.map(\.enforcement))
      #expect(one.table.rows.map(\.disjuncts) == other.table.rows.map(\.disjuncts))
    }
  }
}

// MARK: By hand

/// Four outputs, the highest is chosen, and properties that are always active.
private func program(_ posts: String..., tied: String = "") throws -> SafetyProgram {
  let properties = posts.enumerated().map { "enforce p\($0) { when true then \($1) }" }
  let text = """
    ordain 1
    spec "by hand" 1.0.0
    interface I {
      inputs { x : 1 in 0 .. 1 }
      outputs {
        a, b, c, d
        choose highest
        \(tied)
        abstain when conflict
      }
    }
    network Net : I from "none.nnet"
    \(properties.joined(separator: "\n"))

    """
  return try #require(try programs(ofSpec: text).first)
}

private let hash = ContentHash(of: [7])

private func dropping(_ properties: Int..., from program: SafetyProgram) -> SafetyProgram {
  program.droppingProvedProperties(properties.map { ProvedProperty(property: $0, evidence: hash) })
}

/// The repair of `c above b` puts a first, which the network never does: p0 has to stay.
@Test func aRepairOfAnotherPropertyKeepsWhatIsProved() throws {
  let original = try program("never choose a", "c above b")
  let dropped = dropping(0, from: original)
  #expect(dropped.guards.map(\.enforcement) == [.proofAndRepair(evidence: hash), .repair])
  #expect(dropped.table.rows.map(\.disjuncts) == original.table.rows.map(\.disjuncts))

  let scores: [Float] = [3, 4, 1, 0]
  let wrong = try original.replacingRows { _ in
    try disjuncts(satisfying: [original.guards[1].property.post], outputCount: 4)
  }
  #expect(wrong.decide(input: [0], rawScores: scores).choice == 0)
  #expect(dropped.decide(input: [0], rawScores: scores).choice == 2)
}

/// Proved together they need no repair, but what one of them alone leaves to the other stays.
@Test func aRowOfProvedPropertiesAsksForNothing() throws {
  let original = try program("never choose a", "c above b")
  let dropped = dropping(0, 1, from: original)
  #expect(dropped.guards.map(\.enforcement) == [.proof(evidence: hash), .proof(evidence: hash)])
  #expect(dropped.table.rows.map(\.isFree) == [true])
}

/// Three outputs are never chosen, so the fourth is the best and not the worst.
@Test func whatOthersEntailIsDropped() throws {
  let original = try program("a is not minimal", "never choose b, c, d")
  let dropped = dropping(0, from: original)
  #expect(dropped.guards.map(\.enforcement) == [.proof(evidence: hash), .repair])
  #expect(original.table.rows[0].disjuncts[0].windows.count == 4)
  #expect(dropped.table.rows[0].disjuncts[0].windows.count == 3)
}

/// The order is right without p0, but the values are not: a tie at the top moves what follows to neighbouring floats,
/// until c and d are equal.
@Test func tiesKeepWhatIsProved() throws {
  let original = try program("c above d", "b above a", tied: "ties prefer c")
  let dropped = dropping(0, from: original)
  #expect(dropped.guards.map(\.enforcement) == [.proofAndRepair(evidence: hash), .repair])
  let wrong = try original.replacingRows { _ in
    try disjuncts(satisfying: [original.guards[1].property.post], outputCount: 4)
  }
  let scores: [Float] = [5, 5, Float(5).nextDown, Float(5).nextDown.nextDown]
  let good = dropped.decide(input: [0], rawScores: scores).scores
  let bad = wrong.decide(input: [0], rawScores: scores).scores
  #expect(good[2] > good[3])
  #expect(bad[2] == bad[3])
}

@Test func conflictsStay() throws {
  let original = try program("never choose a", "choose a")
  for proved in [[0], [1], [0, 1]] {
    let dropped = original.droppingProvedProperties(
      proved.map { ProvedProperty(property: $0, evidence: hash) })
    #expect(dropped.table.rows.map(\.disjuncts) == [[]])
    #expect(dropped.decide(input: [0], rawScores: [1, 2, 3, 4]).status == .abstained(.conflict))
  }
}

/// Of two properties that say the same one has to stay while a third one is repaired.
@Test func propertiesThatEntailEachOtherAreNotBothDropped() throws {
  let dropped = dropping(0, 1, from: try program("a above b", "a above b", "c above d"))
  #expect(
    dropped.guards.map(\.enforcement)
      == [.proof(evidence: hash), .proofAndRepair(evidence: hash), .repair])
}

extension SafetyProgram {
  /// The program with other disjuncts: what a wrong pass could make of it.
  fileprivate func replacingRows(
    _ disjuncts: (RepairTable.Row) throws -> [OrderConstraint]
  ) rethrows -> SafetyProgram {
    SafetyProgram(
      specName: specName, specVersion: specVersion, specHash: specHash, networkName: networkName,
      interface: interface, network: network, guards: guards,
      table: RepairTable(
        rows: try table.rows.map { .init(activation: $0.activation, disjuncts: try disjuncts($0)) }))
  }
}
