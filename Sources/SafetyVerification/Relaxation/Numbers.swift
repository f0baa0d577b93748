/// Fixed storage for numbers that kernels read and write.
///
/// INVARIANT of sharing: what several threads see is written before they do.
final class Numbers: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let count: Int

  init(_ count: Int, repeating value: Double = 0) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: value, count: max(count, 1))
  }

  convenience init(_ values: [Double]) {
    self.init(values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Double {
    get { base[index] }
    set { base[index] = newValue }
  }

  var array: [Double] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// The same for indices.
final class Indices: @unchecked Sendable {
  let base: UnsafeMutablePointer<Int32>
  let capacity: Int
  var count: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: max(capacity, 1))
    base.initialize(repeating: 0, count: max(capacity, 1))
    count = 0
  }

  convenience init(_ values: [Int]) {
    self.init(capacity: values.count)
    for value in values { append(value) }
  }

  deinit { base.deallocate() }

  func append(_ value: Int) {
    base[count] = Int32(value)
    count += 1
  }

  subscript(index: Int) -> Int { Int(base[index]) }
}
