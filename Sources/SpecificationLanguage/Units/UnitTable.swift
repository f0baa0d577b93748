// Trusted: the factors are what the standards say.
import ExactArithmetic

/// The units that every specification knows. All factors are exact by definition (BIPM SI Brochure,
/// 9th edition; NIST SP 811; ICAO Annex 5), except those of angles in degrees, which go through
/// ``pi``.
enum UnitTable {
  /// The circle's constant to 60 decimals, rounded down: pi is in `pi ..< pi + 10^-60`. An angle in
  /// degrees compared with one in radians means this rational number, whose error is far below the
  /// distance of any two binary32 numbers.
  static let pi = exact("3.141592653589793238462643383279502884197169399375105820974944")

  static let units: [String: Unit] = {
    var table: [String: Unit] = [:]
    func define(_ dimension: Dimension, _ factors: KeyValuePairs<String, Rational>) {
      for (name, scale) in factors { table[name] = Unit(dimension: dimension, scale: scale) }
    }
    let length = Dimension.base("m")
    let mass = Dimension.base("kg")
    let time = Dimension.base("s")
    let temperature = Dimension.base("K")
    let amount = Dimension.base("mol")
    let current = Dimension.base("A")
    let speed = length * time.power(-1)
    let force = mass * length * time.power(-2)
    let pressure = force * length.power(-2)
    let energy = force * length
    let power = energy * time.power(-1)
    let voltage = power * current.power(-1)

    define(
      length,
      [
        "m": .one, "km": exact("1000"), "dm": exact("0.1"), "cm": exact("0.01"), "mm": exact("0.001"),
        "um": exact("1e-6"), "nm": exact("1e-9"), "inch": exact("0.0254"), "ft": exact("0.3048"),
        "yd": exact("0.9144"), "mi": exact("1609.344"), "nmi": exact("1852"), "NM": exact("1852"),
        // A flight level is 100 ft of pressure altitude.
        "FL": exact("30.48"),
      ])
    define(
      mass,
      [
        "kg": .one, "g": exact("0.001"), "mg": exact("1e-6"), "ug": exact("1e-9"), "t": exact("1000"),
        "lb": exact("0.45359237"), "oz": exact("0.028349523125"),
      ])
    define(
      time,
      [
        "s": .one, "ms": exact("0.001"), "us": exact("1e-6"), "ns": exact("1e-9"), "min": exact("60"),
        "h": exact("3600"), "d": exact("86400"), "week": exact("604800"),
        // The Julian year, 365.25 d.
        "yr": exact("31557600"),
      ])
    define(
      .base("rad"),
      [
        "rad": .one, "mrad": exact("0.001"), "deg": pi / Rational(180), "arcmin": pi / Rational(10800),
        "arcsec": pi / Rational(648_000), "rev": pi * Rational(2),
      ])
    define(temperature, ["K": .one])
    table["degC"] = Unit(dimension: temperature, scale: .one, offset: exact("273.15"))
    table["degF"] = Unit(
      dimension: temperature, scale: Rational(5, over: 9), offset: exact("459.67") * Rational(5, over: 9))
    define(amount, ["mol": .one, "mmol": exact("0.001"), "umol": exact("1e-6"), "nmol": exact("1e-9")])
    define(current, ["A": .one, "mA": exact("0.001"), "uA": exact("1e-6")])
    define(.base("cd"), ["cd": .one])
    define(
      length.power(3),
      [
        "L": exact("0.001"), "dL": exact("1e-4"), "cL": exact("1e-5"), "mL": exact("1e-6"),
        "uL": exact("1e-9"),
      ])
    define(
      speed,
      [
        "kt": Rational(1852, over: 3600), "kn": Rational(1852, over: 3600),
        "mph": Rational(1_609_344, over: 3_600_000),
        "kmh": Rational(1000, over: 3600), "fpm": exact("0.3048") / Rational(60),
      ])
    define(speed * time.power(-1), ["gn": exact("9.80665")])
    define(
      time.power(-1),
      [
        "Hz": .one, "kHz": exact("1e3"), "MHz": exact("1e6"), "GHz": exact("1e9"),
        "rpm": Rational(1, over: 60),
        "bpm": Rational(1, over: 60),
      ])
    define(force, ["N": .one, "kN": exact("1000"), "lbf": exact("4.4482216152605")])
    define(
      pressure,
      [
        "Pa": .one, "hPa": exact("100"), "kPa": exact("1000"), "MPa": exact("1e6"), "bar": exact("1e5"),
        "mbar": exact("100"), "atm": exact("101325"), "psi": exact("4.4482216152605") / exact("0.00064516"),
        "mmHg": exact("133.322387415"), "inHg": exact("133.322387415") * exact("25.4"),
        "cmH2O": exact("98.0665"),
      ])
    define(
      energy,
      [
        "J": .one, "kJ": exact("1000"), "MJ": exact("1e6"), "cal": exact("4.184"), "kcal": exact("4184"),
        "Wh": exact("3600"), "kWh": exact("3.6e6"),
      ])
    define(power, ["W": .one, "mW": exact("0.001"), "kW": exact("1000"), "MW": exact("1e6")])
    define(voltage, ["V": .one, "mV": exact("0.001"), "uV": exact("1e-6"), "kV": exact("1000")])
    define(voltage * current.power(-1), ["ohm": .one, "kohm": exact("1000")])
    define(current * time, ["C": .one, "mAh": exact("3.6"), "Ah": exact("3600")])
    define(voltage * time, ["Wb": .one])
    define(voltage * time * length.power(-2), ["T": .one, "mT": exact("0.001")])
    define(.none, ["%": exact("0.01"), "ppm": exact("1e-6")])
    return table
  }()

  /// What people call units whose symbols they do not know: for suggestions only.
  static let spokenNames = [
    "meter": "m", "meters": "m", "metre": "m", "metres": "m", "foot": "ft", "feet": "ft", "mile": "mi",
    "miles": "mi", "inches": "inch", "second": "s", "seconds": "s", "sec": "s", "secs": "s", "minute": "min",
    "minutes": "min", "mins": "min", "hour": "h", "hours": "h", "hr": "h", "hrs": "h", "day": "d",
    "days": "d", "year": "yr", "years": "yr", "degree": "deg", "degrees": "deg", "radian": "rad",
    "radians": "rad", "knot": "kt", "knots": "kt", "kts": "kt", "kph": "kmh", "kmph": "kmh",
    "celsius": "degC", "fahrenheit": "degF", "kelvin": "K", "gram": "g", "grams": "g", "lbs": "lb",
    "pound": "lb", "pounds": "lb", "liter": "L", "liters": "L", "litre": "L", "litres": "L", "percent": "%",
    "volt": "V", "volts": "V", "watt": "W", "watts": "W", "hertz": "Hz", "newton": "N", "newtons": "N",
  ]

  /// A literal of this file.
  private static func exact(_ text: String) -> Rational {
    guard let value = Rational(decimal: text) else { preconditionFailure("\(text) is no decimal number") }
    return value
  }
}
