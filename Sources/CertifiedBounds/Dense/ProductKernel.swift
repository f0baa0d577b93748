/// Rows of binary64 numbers in memory, `stride` apart.
struct RowPointer {
  let start: UnsafePointer<Double>
  let stride: Int

  @inline(__always)
  func row(_ index: Int) -> UnsafePointer<Double> { start + index * stride }

  func advanced(rows: Int = 0, columns: Int = 0) -> RowPointer {
    RowPointer(start: start + rows * stride + columns, stride: stride)
  }
}

/// Subtracts from each `c[i][j]` the inner product of row i of `a` and row j of `b`, over `length` elements; with
/// `lowerOnly`, only for j <= i and some beside the diagonal.
///
/// Nothing is said about the order of the sum; every term passes through one rounding of its product and at most
/// as many of sums as there are terms.
func subtractProducts(
  of a: RowPointer, rows: Int, and b: RowPointer, columns: Int, length: Int,
  from c: UnsafeMutablePointer<Double>, stride: Int, lowerOnly: Bool
) {
  // Pieces of the rows that stay in the first cache while they are read again.
  let piece = 256
  for first in Swift.stride(from: 0, to: length, by: piece) {
    let count = min(piece, length - first)
    let (a, b) = (a.advanced(columns: first), b.advanced(columns: first))
    for i in Swift.stride(from: 0, to: rows, by: 4) {
      let height = min(4, rows - i)
      let end = lowerOnly ? min(columns, i + height) : columns
      var j = 0
      if height == 4 {
        while j + 2 <= end {
          subtractTile(a.advanced(rows: i), b.advanced(rows: j), count, c + i * stride + j, stride)
          j += 2
        }
      }
      while j < end {
        for row in i..<i + height {
          c[row * stride + j] -= innerProduct(a.row(row), b.row(j), count)
        }
        j += 1
      }
    }
  }
}

/// The inner product of two rows, in two interleaved sums.
@inline(__always)
func innerProduct(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int) -> Double {
  var sum = SIMD2<Double>.zero
  var k = 0
  while k + 2 <= count {
    sum += pair(x, k) * pair(y, k)
    k += 2
  }
  let total = sum.x + sum.y
  return k < count ? total + x[k] * y[k] : total
}

@inline(__always)
private func pair(_ pointer: UnsafePointer<Double>, _ index: Int) -> SIMD2<Double> {
  UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD2<Double>.self)
}

/// Four rows times two: as many sums as the registers of the least x86-64 machine hold.
private func subtractTile(
  _ a: RowPointer, _ b: RowPointer, _ count: Int, _ c: UnsafeMutablePointer<Double>, _ stride: Int
) {
  let (a0, a1, a2, a3) = (a.row(0), a.row(1), a.row(2), a.row(3))
  let (b0, b1) = (b.row(0), b.row(1))
  var (s00, s01, s10, s11) = (SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero)
  var (s20, s21, s30, s31) = (s00, s00, s00, s00)
  var k = 0
  while k + 2 <= count {
    let (y0, y1) = (pair(b0, k), pair(b1, k))
    let (x0, x1, x2, x3) = (pair(a0, k), pair(a1, k), pair(a2, k), pair(a3, k))
    s00 += x0 * y0
    s01 += x0 * y1
    s10 += x1 * y0
    s11 += x1 * y1
    s20 += x2 * y0
    s21 += x2 * y1
    s30 += x3 * y0
    s31 += x3 * y1
    k += 2
  }
  if k < count {
    let (y0, y1) = (SIMD2(b0[k], 0), SIMD2(b1[k], 0))
    let (x0, x1, x2, x3) = (SIMD2(a0[k], 0), SIMD2(a1[k], 0), SIMD2(a2[k], 0), SIMD2(a3[k], 0))
    s00 += x0 * y0
    s01 += x0 * y1
    s10 += x1 * y0
    s11 += x1 * y1
    s20 += x2 * y0
    s21 += x2 * y1
    s30 += x3 * y0
    s31 += x3 * y1
  }
  c[0] -= s00.x + s00.y
  c[1] -= s01.x + s01.y
  c[stride] -= s10.x + s10.y
  c[stride + 1] -= s11.x + s11.y
  c[2 * stride] -= s20.x + s20.y
  c[2 * stride + 1] -= s21.x + s21.y
  c[3 * stride] -= s30.x + s30.y
  c[3 * stride + 1] -= s31.x + s31.y
}
