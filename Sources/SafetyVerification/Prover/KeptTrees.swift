import Foundation

/// The trees of the searches of a question's regions, for a later search to begin from.
final class KeptTrees {
  private var trees: [SearchTrace?]
  private let keep: @Sendable ([UInt8]) -> Void
  private var nodes: Int
  private var nextSeconds: Double

  /// All trees together are no larger.
  static let nodeLimit = 4_000_000
  /// CPU seconds between two writings.
  private static let interval = 10.0

  /// - Parameter bytes: what an earlier search kept; if that is nothing that can be read, all begins anew.
  init(
    _ bytes: [UInt8]?, regions: Int, inputs: Int, neurons: Int, keep: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.keep = keep
    trees = bytes.flatMap { Self.read($0, regions: regions, inputs: inputs, neurons: neurons) } ?? []
    trees += [SearchTrace?](repeating: nil, count: regions - trees.count)
    nodes = trees.reduce(0) { $0 + ($1?.nodes.count ?? 0) }
    nextSeconds = processSeconds() + Self.interval
  }

  /// Of a region. What the search of it begins from, and what became of it.
  subscript(region: Int) -> SearchTrace {
    get {
      var tree = trees[region] ?? SearchTrace()
      tree.limit = max(1, Self.nodeLimit - nodes + (trees[region]?.nodes.count ?? 0))
      return tree
    }
    set {
      nodes += newValue.nodes.count - (trees[region]?.nodes.count ?? 0)
      trees[region] = newValue
    }
  }

  /// Writes all trees, if the last time is long ago.
  func note(_ tree: SearchTrace, ofRegion region: Int) {
    let start = processSeconds()
    guard start >= nextSeconds else { return }
    self[region] = tree
    write()
    // Large trees take a while: no more than a hundredth of the time.
    let end = processSeconds()
    nextSeconds = end + max(Self.interval, 100 * (end - start))
  }

  func write() { keep(bytes) }

  /// By region 0 if it has no tree, else 1 and the tree; regions without trees at the end are left out.
  private var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for tree in trees[..<((trees.lastIndex { $0 != nil } ?? -1) + 1)] {
      bytes.append(tree == nil ? 0 : 1)
      tree?.write(to: &bytes)
    }
    return bytes
  }

  private static func read(_ bytes: [UInt8], regions: Int, inputs: Int, neurons: Int) -> [SearchTrace?]? {
    var rest = bytes[...]
    var trees: [SearchTrace?] = []
    var left = nodeLimit
    while let mark = rest.popFirst() {
      guard trees.count < regions, mark <= 1 else { return nil }
      if mark == 0 {
        trees.append(nil)
        continue
      }
      guard let tree = SearchTrace(&rest, inputs: inputs, neurons: neurons, limit: left) else { return nil }
      left -= tree.nodes.count
      trees.append(tree)
    }
    return trees
  }
}
