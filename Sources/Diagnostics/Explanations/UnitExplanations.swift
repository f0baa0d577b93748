extension CodeExplanation {
  static let unknownUnit = CodeExplanation(
    "an unknown unit",
    means: "The unit is neither in the table of units nor declared with `unit`.",
    matters: "A unit that is guessed wrongly moves every threshold.",
    wrong: "enforce p { when speed > 3 m/sec then choose slow }",
    right: "enforce p { when speed > 3 m/s then choose slow }",
    cure:
      "Write the unit as the table in the article on the language does, or declare it: `unit cruise = 130 kmh`."
  )

  static let unitMismatch = CodeExplanation(
    "quantities of different kinds",
    means:
      "A length is compared with or added to a speed, say, or a temperature to a difference of temperatures.",
    matters: "There is no such comparison in the world; one of the two is not what was meant.",
    wrong: "enforce p { when gap < 5 s then choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure:
      "Compare and add quantities of one kind; multiply by a constant with a unit to get from one to another."
  )

  static let missingUnit = CodeExplanation(
    "a number without its unit",
    means: "A bare number is a plain number, but the input it meets has a unit.",
    matters: "Whoever reads `gap < 5` thinks of metres or of feet. Both are right half of the time.",
    wrong: "enforce p { when gap < 5 then choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Write the unit behind the number, on the same line. In a range the upper end's unit serves both.")

  static let notLinear = CodeExplanation(
    "a condition that is not linear",
    means: "An input is multiplied with, or divides, something that depends on inputs.",
    matters:
      "Guards are decided exactly on floats, and conflicts by exact arithmetic; both need linear conditions.",
    wrong: "enforce p { when gap / speed < 2 s then choose stop }",
    right: "enforce p { when gap < 2 s * speed then choose stop }",
    cure: "Multiply out, or divide inputs by constants only.")

  static let notACondition = CodeExplanation(
    "a quantity where a condition is needed",
    means: "A number or an input stands where something true or false is needed.",
    matters: "An input is not true because it is not zero.",
    wrong: "enforce p { when gap then choose stop }",
    right: "enforce p { when gap < 5 m then choose stop }",
    cure: "Compare it with something.")

  static let notAQuantity = CodeExplanation(
    "a condition where a quantity is needed",
    means: "Something that is true or false is compared, added or multiplied.",
    matters: "A condition is no number.",
    wrong: """
      let near = gap < 5 m
      enforce p { when near > 5 m then choose stop }
      """,
    right: """
      let near = gap < 5 m
      enforce p { when near then choose stop }
      """,
    cure: "Join conditions with `and`, `or` and `not`.")

  static let divisionByZero = CodeExplanation(
    "a division by zero",
    means: "The divisor is zero, exactly.",
    matters: "The quantity has no value.",
    wrong: """
      param steps = 0
      enforce p { when gap / steps < 5 m then choose stop }
      """,
    right: """
      param steps = 2
      enforce p { when gap / steps < 5 m then choose stop }
      """,
    cure: "Divide by something else.")

  static let noDomainEnd = CodeExplanation(
    "`min` or `max` of nothing",
    means:
      "`min` and `max` are the ends of one input's domain; here no single input is compared, or it has no domain.",
    matters: "There is no end to be meant.",
    wrong: "enforce p { when gap - 2 s * speed < max then choose stop }",
    right: "enforce p { when gap in min .. 5 m then choose stop }",
    cure: "Compare the input alone, give it a domain, or write a number.")

  static let emptyRange = CodeExplanation(
    "an empty range",
    means: "The lower end of a range is above its upper end.",
    matters: "No value is in it, so the property would never apply.",
    wrong: "enforce p { when gap in 9 .. 5 m then choose stop }",
    right: "enforce p { when gap in 5 .. 9 m then choose stop }",
    cure: "Write the lower end first. Mind the sign: `-3 .. -1`.")

  static let beyondDomain = CodeExplanation(
    "a threshold beyond the domain",
    means: "A condition compares an input with a number that lies outside the input's declared domain.",
    matters: """
      Inputs outside the domain are refused before any rule is looked at, so a part of the condition means nothing. \
      Often the unit is wrong.
      """,
    wrong: "enforce p { when gap < 500 m then choose stop }",
    right: "enforce p { when gap < 50 m then choose stop }",
    cure: "Correct the number or its unit, widen the domain, or write `min` or `max`.")

  static let neverEqual = CodeExplanation(
    "an equality that no float satisfies",
    means: "The number is no binary32 number, and inputs are; numbers are exact here, never rounded.",
    matters: "`==` is always false then, and `!=` always true: the property never applies, or always.",
    wrong: "enforce p { when gap == 0.1 m then choose stop }",
    right: "enforce p { when gap in 0.09 .. 0.11 m then choose stop }",
    cure: "Use a range.")

  static let offsetUnitInProduct = CodeExplanation(
    "degC or degF in a product",
    means:
      "Units with an offset name points on a scale; they cannot be multiplied, divided or part of another unit.",
    matters: "Twice 20 degC is 40 degC or 313.15 degC, depending on who is asked.",
    after: header,
    wrong: """
      interface Oven {
        inputs { temp : degC in 0 .. 300 }
        outputs { heat, hold choose highest }
      }
      network Net : Oven from "oven.onnx"
      param limit = 2 * 20 degC
      enforce p { when temp > limit then choose hold }
      """,
    right: """
      interface Oven {
        inputs { temp : degC in 0 .. 300 }
        outputs { heat, hold choose highest }
      }
      network Net : Oven from "oven.onnx"
      param limit = 20 degC + 2 * 10 K
      enforce p { when temp > limit then choose hold }
      """,
    cure: "Calculate in `K`, which serves for differences.")

  static let notConstant = CodeExplanation(
    "something that depends on an input where a constant is needed",
    means: "Parameters, domains, indices and units are fixed when the specification is checked.",
    matters: "The input's value is not known then.",
    wrong: """
      param limit = gap
      enforce p { when speed * 1 s > limit then choose stop }
      """,
    right: "enforce p { when speed * 1 s > gap then choose stop }",
    cure: "Use numbers and parameters, or name the expression with `let`.")

  static let parameterOutOfRange = CodeExplanation(
    "a value outside its own range",
    means: "A parameter lies outside the range that its declaration gives, or a unit is not positive.",
    matters:
      "The range was written to catch this: a value that somebody changed without thinking of its limits.",
    wrong: """
      param limit = 50 m in 1 .. 20 m
      enforce p { when gap < limit then choose stop }
      """,
    right: """
      param limit = 15 m in 1 .. 20 m
      enforce p { when gap < limit then choose stop }
      """,
    cure: "Correct the value, or the range after asking why it was chosen.")

  static let constantTooLarge = CodeExplanation(
    "an exact value with too many digits",
    means:
      "Arithmetic on constants is exact; this result has too many digits, or its unit too large an exponent.",
    matters: "A few lines can square a number until it fills the memory.",
    wrong: """
      param a = 1e1000
      param b = a * a
      param c = b * b
      param d = c * c
      param e = d * d
      param f = e * e
      param g = f * f
      enforce p { when gap < g * 1 m then choose stop }
      """,
    right: "enforce p { when gap < 100 m then choose stop }",
    cure: "Use numbers with smaller exponents.")

  static let mixedUnitNorm = CodeExplanation(
    "a distance over different units",
    means: "A `robust` clause measures a distance over physical inputs that do not all have the same unit.",
    matters: "One metre and one metre a second do not add up to a length; the radius would mean nothing.",
    wrong: "robust steady { within L2 0.3 of physical keep top 1 }",
    right: "robust steady { within L2 0.3 of normalized keep top 1 }",
    cure: "Measure normalised inputs, or declare the inputs in one unit.")
}
