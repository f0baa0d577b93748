/// Whether `outputs` can fill `places`, one each, every output `o` at a place in
/// `earliest[o] ..< end[o]`.
///
/// Earliest deadline first: at each place, of the outputs that may stand there, take the one whose
/// window ends first; fail if there is none or its window has ended.
///
/// This decides the scheduling problem 1 | prec, r_j, p_j = 1 | L_max ≤ 0 without idle time:
/// - For unit jobs with integral release dates the rule is exact (Jackson 1955; Simons 1978; Garey,
///   Johnson, Simons, Tarjan, "Scheduling unit-time tasks with arbitrary release times and deadlines",
///   SIAM J. Comput. 10, 1981, section 2). Exchange argument: take a schedule that agrees with the
///   rule before place `t` and put there the rule's choice `x`, which stands later at `u`, exchanging
///   it with `y` at `t`. Both may stand at `t`; `y` may stand at `u > t` because its window has begun
///   and `u < end[x] <= end[y]`.
/// - Precedences need no further care **if both dates grow strictly along them**: whenever `after` may
///   stand at a place, so may an unplaced `before`, and its window ends first. So the rule's schedule
///   respects precedences (the lemma of modified dates in the same paper).
///
/// - Requires: `outputs.count == places.count`; `earliest` and `end` grow strictly along precedences.
/// - Complexity: O(n²) for n outputs.
func canFill(_ places: Range<Int>, with outputs: [Int], earliest: [Int], end: [Int]) -> Bool {
  var waiting = outputs
  for place in places {
    var first: Int?
    for index in waiting.indices where earliest[waiting[index]] <= place {
      if let best = first, end[waiting[best]] <= end[waiting[index]] { continue }
      first = index
    }
    guard let first, end[waiting[first]] > place else { return false }
    waiting.swapAt(first, waiting.count - 1)
    waiting.removeLast()
  }
  return true
}
