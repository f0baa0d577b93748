/// A way to change a specification, named for what an engineer does.
public enum SpecChange: Sendable, CaseIterable {
  case nothing, threshold, strictness, narrower, wider, post, strongerPost, weakerPost
  case removed, added, overrider, renamed, split, reordered

  /// Whether all properties together demand what they did.
  public func keepsTheMeaning(of spec: GeneratedSpec) -> Bool {
    switch self {
    case .nothing, .renamed, .reordered: true
    // A part of a property overrides less than the whole did.
    case .split: spec.properties.allSatisfy(\.overriders.isEmpty)
    case .threshold, .strictness, .narrower, .wider, .post, .strongerPost, .weakerPost, .removed, .added,
      .overrider:
      false
    }
  }
}

extension SpecGenerator {
  /// `spec` with one change; a property keeps its name unless the change is about names.
  public mutating func changed(_ spec: GeneratedSpec, by change: SpecChange) -> GeneratedSpec {
    var changed = spec
    for index in spec.properties.indices { changed.properties[index].name = spec.name(index) }
    let count = spec.properties.count
    let place = Int.random(in: 0..<max(1, count), using: &random)
    guard count > 0 else { return changed }
    let (inputs, outputs) = (spec.inputCount, spec.outputCount)
    let old = spec.properties[place]
    switch change {
    case .nothing: break
    case .threshold: changed.properties[place].condition = moved(old.condition)
    case .strictness: changed.properties[place].condition = old.condition.withOtherEnds
    case .narrower:
      changed.properties[place].condition = .all(
        [old.condition, condition(inputs: inputs, outputs: outputs, depth: 1)])
    case .wider:
      changed.properties[place].condition = .any(
        [old.condition, condition(inputs: inputs, outputs: outputs, depth: 1)])
    case .post: changed.properties[place].post = post(outputs: outputs, depth: 2)
    case .strongerPost:
      changed.properties[place].post = .all([old.post, post(outputs: outputs, depth: 1)])
    case .weakerPost:
      changed.properties[place].post = .any([old.post, post(outputs: outputs, depth: 1)])
    case .removed: changed.remove(place)
    case .added:
      changed.properties.append(
        GeneratedSpec.Property(
          condition: condition(inputs: inputs, outputs: outputs, depth: 2),
          post: post(outputs: outputs, depth: 1), overriders: [], name: "added"))
    case .overrider:
      let other = Int.random(in: 0..<count, using: &random)
      if other == place || !old.overriders.isEmpty {
        changed.properties[place].overriders = []
      } else {
        // Acyclic: only earlier ones override.
        changed.properties[max(place, other)].overriders = [min(place, other)]
      }
    case .renamed: changed.properties[place].name = "renamed"
    case .split:
      let part = condition(inputs: inputs, outputs: outputs, depth: 1)
      changed.properties[place].condition = .all([old.condition, part])
      changed.properties.append(
        GeneratedSpec.Property(
          condition: .all([old.condition, .not(part)]), post: old.post, overriders: old.overriders,
          name: "rest"))
    case .reordered:
      // Overriders are places: only properties without them may move.
      if spec.properties.allSatisfy(\.overriders.isEmpty) { changed.properties.reverse() }
    }
    return changed
  }

  /// Every threshold moved by at most three eighths.
  private mutating func moved(_ condition: GeneratedCondition) -> GeneratedCondition {
    func distance() -> Int { Int.random(in: -3...3, using: &random) }
    switch condition {
    case .always, .rawChoice: return condition
    case .compare(let input, let relation, let eighths):
      return .compare(input: input, relation, eighths: eighths + distance())
    case .linear(let terms, let relation, let eighths):
      return .linear(terms, relation, eighths: eighths + distance())
    case .not(let part): return .not(moved(part))
    case .all(let parts): return .all(parts.map { moved($0) })
    case .any(let parts): return .any(parts.map { moved($0) })
    }
  }
}

extension GeneratedSpec {
  fileprivate mutating func remove(_ place: Int) {
    properties.remove(at: place)
    for index in properties.indices {
      properties[index].overriders = properties[index].overriders.filter { $0 != place }
        .map { $0 > place ? $0 - 1 : $0 }
    }
  }
}

extension GeneratedCondition {
  /// `<` for `<=`, `>=` for `>`, and so on.
  fileprivate var withOtherEnds: GeneratedCondition {
    switch self {
    case .always, .rawChoice: self
    case .compare(let input, let relation, let eighths):
      .compare(input: input, relation.withOtherEnds, eighths: eighths)
    case .linear(let terms, let relation, let eighths):
      .linear(terms, relation.withOtherEnds, eighths: eighths)
    case .not(let part): .not(part.withOtherEnds)
    case .all(let parts): .all(parts.map(\.withOtherEnds))
    case .any(let parts): .any(parts.map(\.withOtherEnds))
    }
  }
}

extension GeneratedCondition.Relation {
  fileprivate var withOtherEnds: Self {
    switch self {
    case .less: .atMost
    case .atMost: .less
    case .greater: .atLeast
    case .atLeast: .greater
    }
  }
}
