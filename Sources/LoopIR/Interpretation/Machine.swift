// Trusted: what is read is what was written last.

/// The memory of a running program. Every number is kept as the bits of its type in 64 bits; an array is a region of
/// them; a pointer is the number of a region and the index of an element.
final class Machine {
  struct Region {
    var cells: [UInt64]
    /// Empty where every cell was written.
    var isWritten: [Bool]
  }

  var regions: [Region]
  /// The scalars of all functions that run; those of the innermost start at ``frame``.
  var slots: [UInt64] = []
  var isWritten: [Bool] = []
  var frame = 0
  var stepsLeft: Int
  /// Where binary32 numbers are no bits but scores of which only the order is known.
  let scores: ScoreLine?

  init(regions: [Region], steps: Int, scores: ScoreLine? = nil) {
    self.regions = regions
    stepsLeft = steps
    self.scores = scores
  }

  /// A pointer to the start of a new region whose cells are not written.
  func allocate(_ count: Int) -> UInt64 {
    regions.append(
      Region(
        cells: [UInt64](repeating: 0, count: count), isWritten: [Bool](repeating: false, count: count)))
    return Machine.pointer(region: regions.count - 1, index: 0)
  }

  static func pointer(region: Int, index: Int) -> UInt64 { UInt64(region) << 32 | UInt64(UInt32(index)) }

  @inline(__always)
  func load(_ pointer: UInt64, in function: String) throws -> UInt64 {
    let (region, index) = (Int(pointer >> 32), Int(pointer & 0xFFFF_FFFF))
    try check(region, index, function)
    if !regions[region].isWritten.isEmpty, !regions[region].isWritten[index] {
      throw LoopFault.uninitialized(function: function)
    }
    return regions[region].cells[index]
  }

  @inline(__always)
  func store(_ value: UInt64, at pointer: UInt64, in function: String) throws {
    let (region, index) = (Int(pointer >> 32), Int(pointer & 0xFFFF_FFFF))
    try check(region, index, function)
    regions[region].cells[index] = value
    if !regions[region].isWritten.isEmpty { regions[region].isWritten[index] = true }
  }

  @inline(__always)
  private func check(_ region: Int, _ index: Int, _ function: String) throws {
    let count = regions[region].cells.count
    if index >= count { throw LoopFault.outOfBounds(function: function, index: index, count: count) }
  }
}
