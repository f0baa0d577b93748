/// A functional that is at least `sum of form[i] x_i + form[inputs]` in a box, hence at least `minimum` there.
struct LinearBound {
  let form: [Double]
  let minimum: Double
  /// How much of it is for rounding, the program's and ours.
  let slack: Double
}
