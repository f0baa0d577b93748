import SpecificationLanguage

/// Finds properties that others make superfluous: removing all that are found changes no decision.
///
/// A property is looked at only if it overrides nothing and if, on every network on which it is enforced,
/// all feasible sets of active properties are known. `active` runs over those sets that contain it.
///
/// - It is subsumed by another one if in every `active` that one is active as well and its post demands as
///   much.
/// - It is redundant if in every `active` the posts of the others demand as much together, or contradict
///   each other: then the program abstains with it or without it. The latter alone is not enough: in some
///   `active` the others must not contradict each other.
///
/// Later declarations are looked at first, and what was found does not count as a reason any more: of
/// properties that demand the same the first one stays.
struct RedundancySearch {
  struct Finding: Hashable {
    let property: Int
    /// The properties that demand as much, ascending.
    let by: [Int]
  }

  private let properties: [Property]
  /// The feasible sets of active properties, of all problems in which all are known.
  private let activations: [PropertySet]
  /// One an interface.
  private let comparisons: [PostComparison]
  private(set) var subsumed: [Finding] = []
  private(set) var redundant: [Finding] = []
  private(set) var doubts: [(property: Int, reason: String)] = []

  /// - Parameters:
  ///   - problems: the analysis of every distinct problem.
  ///   - excluded: properties that are neither looked at nor reasons: wrong in another way already.
  init(
    _ properties: [Property], problems: [ProblemAnalysis], comparisons: [PostComparison],
    excluding excluded: Set<Int>, progress: (AnalysisProgress.Phase) -> Void
  ) {
    self.properties = properties
    self.comparisons = comparisons
    var ignored = Set(properties.flatMap(\.overriders)).union(excluded)
    var activations: [PropertySet] = []
    for analysis in problems {
      let members = analysis.problem.identity.properties
      if analysis.activations == nil { ignored.formUnion(members) }
      activations += (analysis.activations ?? []).map { PropertySet($0.lazy.map { members[$0] }) }
    }
    self.activations = activations

    let candidates = properties.indices.filter { !ignored.contains($0) }
    var superfluous = PropertySet(excluded)
    for (done, property) in candidates.reversed().enumerated() {
      progress(.properties(done, of: 2 * candidates.count))
      if let finding = subsumption(of: property, except: superfluous) {
        subsumed.insert(finding, at: 0)
        superfluous.insert(property)
      }
    }
    for (done, property) in candidates.reversed().enumerated() where !superfluous.contains(property) {
      progress(.properties(candidates.count + done, of: 2 * candidates.count))
      if let finding = redundancy(of: property, except: superfluous) {
        redundant.insert(finding, at: 0)
        superfluous.insert(property)
      }
    }
  }

  private mutating func subsumption(of property: Int, except excluded: PropertySet) -> Finding? {
    var common: PropertySet?
    for active in activations where active.contains(property) {
      common = common?.intersection(active) ?? active
    }
    let always = common?.subtracting(excluded).members.filter { $0 != property } ?? []
    let comparison = comparisons[properties[property].interface]
    for other in always {
      switch comparison.doImply([properties[other].post], properties[property].post) {
      case .yes:
        if comparison.isSatisfiable([properties[other].post]) == .yes {
          return Finding(property: property, by: [other])
        }
      case .no: continue
      case .unknown(let reason): doubts.append((property, reason))
      }
    }
    return nil
  }

  private mutating func redundancy(of property: Int, except excluded: PropertySet) -> Finding? {
    let comparison = comparisons[properties[property].interface]
    let post = properties[property].post
    var without = excluded
    without.insert(property)
    let company = activations.filter { $0.contains(property) }.map { $0.subtracting(without) }
    var reasons: Set<Int> = []
    for others in minimal(company).map(\.members) {
      switch comparison.doImply(posts(others), post) {
      case .yes: break
      case .no: return nil
      case .unknown(let reason):
        doubts.append((property, reason))
        return nil
      }
      switch comparison.isSatisfiable(posts(others)) {
      case .yes: reasons.formUnion(needed(of: others, for: post, comparison))
      case .no: continue
      case .unknown(let reason):
        doubts.append((property, reason))
        return nil
      }
    }
    return reasons.isEmpty ? nil : Finding(property: property, by: reasons.sorted())
  }

  /// Some of `others` whose posts imply `post` already; none of them can be left out.
  private func needed(of others: [Int], for post: Post, _ comparison: PostComparison) -> [Int] {
    var needed = others
    for other in others.reversed() where needed.count > 1 {
      let fewer = needed.filter { $0 != other }
      if comparison.doImply(posts(fewer), post) == .yes { needed = fewer }
    }
    return needed
  }

  private func posts(_ indices: [Int]) -> Set<Post> { Set(indices.map { properties[$0].post }) }
}

/// The sets that contain no other one, smaller ones first: what they demand, their supersets demand.
private func minimal(_ sets: [PropertySet]) -> [PropertySet] {
  var kept: [PropertySet] = []
  let ascending = sets.enumerated().sorted {
    ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
  }
  for (_, set) in ascending where !kept.contains(where: set.isSuperset) { kept.append(set) }
  return kept
}
