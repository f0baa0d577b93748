import Diagnostics
import SpecificationLanguage

/// Compares pairs of networks, and keeps what was answered for the next ones.
struct Comparer {
  let old: CheckedSpec
  let new: CheckedSpec
  let options: ComparisonOptions
  private(set) var networks: [NetworkComparison] = []

  /// A property before and after, on networks that do not tell the answer apart.
  private struct Question: Hashable {
    let old: PropertyReference?
    let new: PropertyReference?
    let oldInterface: Int
    let newInterface: Int
  }

  private struct Answers {
    let loosened: Separation.Answer
    let tightened: Separation.Answer
  }

  private struct Record {
    let question: Question
    let answers: Answers
    var networks: [String]
  }

  private var records: [Record] = []
  private var places: [Question: Int] = [:]

  static let roles: [PropertyRole] = [.enforce, .verify, .monitor]

  init(old: CheckedSpec, new: CheckedSpec, options: ComparisonOptions) {
    self.old = old
    self.new = new
    self.options = options
  }

  mutating func compare(_ pair: DemandPair, _ progress: (String) -> Void) {
    let before = old.interfaces[pair.old.interface]
    let after = new.interfaces[pair.new.interface]
    let interfaces = InterfaceComparison(before, after)
    guard interfaces.isComparable, let common = CommonInterface(before, after) else {
      networks.append(
        NetworkComparison(
          networks: pair.networks, changes: interfaces.changes.map { $0.on(pair.networks) },
          isComparable: false, losses: [], tightened: []))
      return
    }
    let robust = robustnessChanges(
      pair.old.robustness.map { old.robustness[$0] }, pair.new.robustness.map { new.robustness[$0] },
      from: before, to: after)
    let lipschitz = lipschitzChanges(
      pair.old.lipschitz.map { old.lipschitz[$0] }, pair.new.lipschitz.map { new.lipschitz[$0] },
      from: before,
      to: after)
    var losses: [NetworkComparison.Loss] = []
    var tightened: [Separation.Answer] = []
    for role in Self.roles {
      let oldProperties = pair.old.properties(role, of: old)
      let newProperties = pair.new.properties(role, of: new)
      if oldProperties.isEmpty, newProperties.isEmpty { continue }
      let preference = after.better == before.better && after.tieOrder == before.tieOrder
      let search = SeparationSearch(
        common: common, rawPreference: role != .enforce && preference ? after.preference : nil,
        timeoutMilliseconds: options.timeoutMilliseconds)
      compareAlone(oldProperties, newProperties, search, pair, progress)
      progress("comparing \(pair.networks[0])")
      let oldDemands = oldProperties.map { $0.demand(in: old, common.condition(old:)) }
      let newDemands = newProperties.map { $0.demand(in: new, common.condition(new:)) }
      losses += self.losses(role, oldProperties, oldDemands, newDemands, search, pair)
      tightened.append(search(allowedBy: oldDemands, forbiddenBy: newDemands))
    }
    networks.append(
      NetworkComparison(
        networks: pair.networks,
        changes: (interfaces.changes + robust + lipschitz).map { $0.on(pair.networks) },
        isComparable: true, losses: losses, tightened: tightened))
  }

  // MARK: One property by itself

  private mutating func compareAlone(
    _ oldProperties: [PropertyReference], _ newProperties: [PropertyReference], _ search: SeparationSearch,
    _ pair: DemandPair, _ progress: (String) -> Void
  ) {
    let known = Dictionary(
      oldProperties.map { ($0.name(in: old), $0) }, uniquingKeysWith: { first, _ in first })
    let kept = Set(newProperties.map { $0.name(in: new) })
    let matched =
      newProperties.map { (known[$0.name(in: new)], Optional($0)) }
      + oldProperties.filter { !kept.contains($0.name(in: old)) }.map { (Optional($0), nil) }
    for (before, after) in matched {
      let question = Question(
        old: before, new: after, oldInterface: pair.old.interface, newInterface: pair.new.interface)
      if let place = places[question] {
        records[place].networks += pair.networks
        continue
      }
      progress("comparing \(after?.name(in: new) ?? before?.name(in: old) ?? "")")
      let oldDemands = (before.map { [$0] } ?? []).map { $0.demand(in: old, search.common.condition(old:)) }
      let newDemands = (after.map { [$0] } ?? []).map { $0.demand(in: new, search.common.condition(new:)) }
      let answers = Answers(
        loosened: search(allowedBy: newDemands, forbiddenBy: oldDemands),
        tightened: search(allowedBy: oldDemands, forbiddenBy: newDemands))
      places[question] = records.count
      records.append(Record(question: question, answers: answers, networks: pair.networks))
    }
  }

  /// By role, then in the order of the new specification, removed ones last.
  var orderedProperties: [PropertyComparison] {
    func key(_ place: Int) -> (Int, Int, Int, Int) {
      let question = records[place].question
      let role = (question.new ?? question.old).flatMap { Self.roles.firstIndex(of: $0.role) } ?? 0
      return (role, question.new == nil ? 1 : 0, question.new?.index ?? question.old?.index ?? 0, place)
    }
    let order = Dictionary(
      new.networks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return records.indices.sorted { key($0) < key($1) }.compactMap { place in
      let record = records[place]
      let question = record.question
      guard let role = (question.new ?? question.old)?.role else { return nil }
      return PropertyComparison(
        role: role, name: question.new?.name(in: new) ?? question.old?.name(in: old) ?? "",
        networks: record.networks.sorted { order[$0, default: 0] < order[$1, default: 0] },
        old: question.old?.range(in: old), new: question.new?.range(in: new),
        loosened: record.answers.loosened, tightened: record.answers.tightened)
    }
  }

  // MARK: All properties together

  /// The old properties whose demands the new ones together no longer make. One that is loosened by itself may
  /// be made up for by others.
  private func losses(
    _ role: PropertyRole, _ properties: [PropertyReference], _ oldDemands: [Demand],
    _ newDemands: [Demand], _ search: SeparationSearch, _ pair: DemandPair
  ) -> [NetworkComparison.Loss] {
    let unchanged = Set(newDemands.map(\.shape))
    let after = Dictionary(
      pair.new.properties(role, of: new).map { ($0.name(in: new), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return zip(properties, oldDemands).compactMap { property, demand in
      if unchanged.contains(demand.shape) { return nil }
      let question = Question(
        old: property, new: after[property.name(in: old)], oldInterface: pair.old.interface,
        newInterface: pair.new.interface)
      // What its successor demands alone, all together demand.
      if let place = places[question], case .none = records[place].answers.loosened { return nil }
      let answer = search(allowedBy: newDemands, forbiddenBy: [demand])
      if case .none = answer { return nil }
      return NetworkComparison.Loss(role: role, property: property.name(in: old), answer: answer)
    }
  }
}
