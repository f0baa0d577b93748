/// What a search may cost.
public struct ProverOptions: Sendable {
  /// CPU seconds of all threads, for one question.
  public var seconds: Double
  /// Boxes that are bounded. Where this strikes, and not time, the outcome is the same on every machine.
  public var boxes: Int
  /// Threads. Verdicts don't depend on how many there are.
  public var jobs: Int
  /// Of the random attacks.
  public var seed: UInt64
  /// Whether the search is recorded, so that a proof can be written.
  public var records = false
  /// What an earlier search of the same question kept, to begin from. It may cost time, and changes no verdict. Nothing is
  /// taken up where the search is recorded: proofs depend on the question alone.
  public var kept: [UInt8]?
  /// Told now and then, and at the end, what a later search may begin from; nil if nobody wants to know.
  public var keep: (@Sendable ([UInt8]) -> Void)?

  public init(seconds: Double = .infinity, boxes: Int = .max, jobs: Int = 1, seed: UInt64 = 1) {
    self.seconds = seconds
    self.boxes = boxes
    self.jobs = min(max(1, jobs), 256)
    self.seed = seed
  }
}
