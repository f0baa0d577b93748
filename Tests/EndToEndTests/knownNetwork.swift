/// An NNet file of two inputs in -1 ... 1 and two outputs: `a = relu(x) - relu(-x) + bias`, which is x + bias in floats as over
/// the reals where that sum is exact, and `b = 0.5`.
func knownNetwork(bias: String = "0") -> String {
  """
  // made by hand
  2,2,2,2,
  2,2,2,
  0,
  -1,-1,
  1,1,
  0,0,0,
  1,1,1,
  1,0,
  -1,0,
  0,
  0,
  1,-1,
  0,0,
  \(bias),
  0.5,

  """
}
