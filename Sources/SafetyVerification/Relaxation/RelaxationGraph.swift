/// A network as backward bounds see it: linear maps and functions of one element, in topological order. Value 0 is the
/// input, value k + 1 the result of step k.
///
/// The graph computes the real function of the network. What the emitted program's rounding adds to it is in each
/// step's ``Rounding``: every computed element is the real function of the computed operands plus an error of at most
///
///     relative (sum of |weight| |operand| + |bias|) + absolute.
final class RelaxationGraph: Sendable {
  /// The elements of each value.
  let counts: [Int]
  let steps: [Step]
  let output: Int
  /// The values that a function of one element is applied to, ascending.
  ///
  /// INVARIANT: each is a linear step's result, and has one such function.
  let activated: [Int]
  /// How many operands, and the output, refer to each value.
  let useCounts: [Int]
  enum Step: Sendable {
    case linear(Linear)
    case activation(Activation, of: Int)
  }

  /// The sum of maps of several values, and a bias.
  struct Linear: Sendable {
    let operands: [(value: Int, map: LinearMap)]
    let bias: Numbers
    let rounding: Rounding
  }

  struct Rounding: Sendable {
    let relative: Double
    let absolute: Double
    /// No number that the program computes on the way is above that many times (sum of |weight| |operand| + |bias|).
    let largestStep: Double

    init(relative: Double, absolute: Double, largestStep: Double = 1) {
      self.relative = relative
      self.absolute = absolute
      self.largestStep = largestStep
    }

    /// The program computes no such numbers, or moves them only.
    static let exact = Rounding(relative: 0, absolute: 0)
  }

  init(counts: [Int], steps: [Step], output: Int) {
    self.counts = counts
    self.steps = steps
    self.output = output
    var uses = [Int](repeating: 0, count: counts.count)
    var activated: Set<Int> = []
    for step in steps {
      switch step {
      case .linear(let linear): for operand in linear.operands { uses[operand.value] += 1 }
      case .activation(_, let operand):
        uses[operand] += 1
        guard operand > 0, case .linear = steps[operand - 1], activated.insert(operand).inserted else {
          preconditionFailure("one function of a linear step's result")
        }
      }
    }
    uses[output] += 1
    useCounts = uses
    self.activated = activated.sorted()
  }

  var inputCount: Int { counts[0] }
  var outputCount: Int { counts[output] }
  var elementCount: Int { counts.reduce(0, +) }
  /// Operands of activations.
  var neuronCount: Int { activated.reduce(0) { $0 + counts[$1] } }
}

/// A function of one element.
enum Activation: Sendable {
  /// `z < 0 ? slope * z : z`, one slope an element; `rounds` where the program rounds the product.
  case leaky(slopes: Numbers, rounds: Bool)
  case sigmoid
  case tanh
}

/// Why a network has no relaxation.
public struct RelaxationFailure: Error, Hashable, Sendable {
  /// The node's name in the model.
  public let node: String
  public let `operator`: String
}
