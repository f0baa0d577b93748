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
/// - Complexity: O(n log n) for n outputs.
func canFill(_ places: Range<Int>, with outputs: [Int], earliest: [Int], end: [Int]) -> Bool {
  let arriving = outputs.sorted { earliest[$0] < earliest[$1] }
  var arrived = 0
  // Of the windows that have begun: which output has an end does not matter to the answer.
  var ends = MinimumHeap<Int>()
  for place in places {
    while arrived < arriving.count, earliest[arriving[arrived]] <= place {
      ends.insert(end[arriving[arrived]])
      arrived += 1
    }
    guard let first = ends.popMinimum(), first > place else { return false }
  }
  return true
}
