/// The status of a result in emitted code.
public enum EmittedStatus: Int32, Sendable, CaseIterable {
  case ok = 0
  case repaired = 1
  case abstained = 2
}

extension AbstentionReason {
  /// What emitted code gives as the reason where it did not abstain.
  public static let noReason: Int32 = 0
  /// The reason of emitted code alone whose weights were not loaded. No case has this number.
  public static let noWeights: Int32 = 8
}

extension InferenceResult.Status {
  /// This status in emitted code, and the number of its reason.
  public var emitted: (status: EmittedStatus, reason: Int32) {
    switch self {
    case .ok: (.ok, AbstentionReason.noReason)
    case .repaired: (.repaired, AbstentionReason.noReason)
    case .abstained(let reason): (.abstained, reason.rawValue)
    }
  }
}
