import Diagnostics

/// How networks are listed: in the order of the new specification, the old one's behind them.
struct NetworkPlaces {
  private let order: [String: Int]

  /// - Parameter names: all networks that are compared, added or removed.
  init(_ names: [String]) {
    order = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// For example `` `N[1,1]` and 41 more``.
  func list(_ networks: [String]) -> String {
    let sorted = networks.sorted { order[$0, default: 0] < order[$1, default: 0] }
    return shortList(sorted, limit: sorted.count == 2 ? 2 : 1)
  }

  /// The same behind `on`; empty if it is all of them, or none.
  func on(_ networks: [String]) -> String {
    networks.isEmpty || networks.count == order.count ? "" : " on \(list(networks))"
  }
}
