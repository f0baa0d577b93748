extension CodeExplanation {
  static let badDomain = CodeExplanation(
    "a domain without a value",
    means: "The domain's ends are swapped, or no binary32 number lies between them.",
    matters: "Every input would be refused.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 200 .. 0 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    cure: "Write the lower end first.")

  static let badNormalization = CodeExplanation(
    "a normalisation that is none",
    means: "`normalize` is affine in the input's own name, with a factor that is not zero, in plain numbers.",
    matters:
      "It is what the network is given. A constant would blind it; a unit would have no meaning to it.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 normalize (100 - 50) / 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 normalize (gap - 100) / 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    cure: "Write it like `(gap - mean) / range`, without units.")

  static let tooFewOutputs = CodeExplanation(
    "an interface with one output",
    means: "A classifier has at least two outputs.",
    matters: "With one there is nothing to order, and no rule could mean anything.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    cure: "Declare all outputs of the model, in the model's order.")

  static let missingChoice = CodeExplanation(
    "the interface does not say which output is chosen",
    means: "Outputs end with `choose highest` or `choose lowest`.",
    matters:
      "Networks that predict costs choose the lowest score. Guessed wrongly, every rule is turned round.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep }
      }
      network Net : Car from "car.onnx"
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Net : Car from "car.onnx"
      """,
    cure: "Add `choose highest` or `choose lowest`, as the network was trained.")

  static let notAnOutput = CodeExplanation(
    "a name that is no output or group",
    means: "A post, or `raw choice in`, names something that the interface does not have among its outputs.",
    matters: "A rule about an output that does not exist protects from nothing.",
    wrong: "enforce p { when gap < 5 m then choose stopp }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Use a name from `outputs`.")

  static let groupInsteadOfOutput = CodeExplanation(
    "a group where one output is needed",
    means: "`above`, `in top` and `is maximal` speak of one output, but a group is named.",
    matters: "Whether every member or some member is meant makes two different rules.",
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep group brake = { stop, slow } choose highest }
      }
      network Net : Car from "car.onnx"
      enforce p { when gap < 5 m then brake above keep }
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep group brake = { stop, slow } choose highest }
      }
      network Net : Car from "car.onnx"
      enforce p { when gap < 5 m then every brake above every other }
      """,
    cure: "Write `every ... above every ...` or `choose one of ...`, or name an output.")

  static let contradictoryPost = CodeExplanation(
    "a post that nothing can satisfy",
    means: "An output would have to be above itself, or no output is left to choose.",
    matters: "Wherever the property applied, the program could only abstain.",
    wrong: "enforce p { when gap < 5 m then stop above slow above stop }",
    right: "enforce p { when gap < 5 m then stop above slow above keep }",
    cure: "Name different outputs; leave at least one to choose.")

  static let badPlace = CodeExplanation(
    "`top` of nothing or of everything",
    means: "`in top k` takes a whole number from 1 to one less than the number of outputs.",
    matters: "Every output is in the top of all: such a rule says nothing.",
    wrong: "enforce p { when gap < 5 m then stop in top 3 }",
    right: "enforce p { when gap < 5 m then stop in top 2 }",
    cure: "Use a smaller number; `top 1` is the best output alone.")

  static let scoreBoundEnforced = CodeExplanation(
    "a bound on a score in an enforced property",
    means: "An enforced post compares a score with a number.",
    matters: "The emitted program only reorders scores, so it cannot bring a score below a bound.",
    wrong: "enforce p { when gap < 5 m then keep <= 0.5 }",
    right: "enforce p { when gap < 5 m then stop above keep }",
    cure: "Compare two outputs. Bounds on scores belong into `verify` and `monitor`.")

  static let ambiguousInterface = CodeExplanation(
    "networks of different interfaces",
    means: "A property, or a command, is about networks that do not have one interface.",
    matters: "Names of inputs and outputs mean something in one interface only.",
    wrong: """
      interface Van {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Other : Van from "van.onnx"
      enforce p { when gap < 5 m then choose stop }
      """,
    right: """
      interface Van {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, keep choose highest }
      }
      network Other : Van from "van.onnx"
      enforce p on Net { when gap < 5 m then choose stop }
      """,
    cure: "Say `on` which networks, all of one interface; on the command line, `--network`.")

  static let loneOutput = CodeExplanation(
    "a group of one output in `inside`",
    means: "`inside { a, b }` lists groups. An output is a group of one, and so is a group with one member.",
    matters: """
      `keep top 1..k` permits the best output alone anyway, and two outputs are never inside a group of one: such a \
      group relaxes nothing, though it looks as if changes between a and b were permitted.
      """,
    after: header,
    wrong: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep choose highest }
      }
      network Net : Car from "car.onnx"
      robust r { within L2 0.1 of normalized keep top 1..2 inside { stop, slow } }
      """,
    right: """
      interface Car {
        inputs { gap : m in 0 .. 200 }
        outputs { stop, slow, keep group brake = { stop, slow } choose highest }
      }
      network Net : Car from "car.onnx"
      robust r { within L2 0.1 of normalized keep top 1..2 inside { brake } }
      """,
    cure: "Declare a group of the outputs that may take each other's place, and name it.")
}
