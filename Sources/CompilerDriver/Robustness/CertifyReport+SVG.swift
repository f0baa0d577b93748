import Diagnostics
import ExactArithmetic
import SpecificationLanguage

extension CertifyReport {
  /// A picture of the radii, one panel a clause and network: how many points have a radius in each of twenty equal ranges
  /// up to four times the clause's, and above. The same report gives the same bytes.
  public var histogram: String {
    let panels = results.map(RadiusPanel.init)
    let height = RadiusPanel.height * panels.count + 8
    let style =
      "text{font:12px sans-serif;fill:#222}.t{font-weight:bold;font-size:13px}.e{text-anchor:end}.m{text-anchor:middle}"
      + ".right{fill:#0072b2}.wrong{fill:#d55e00}.rejected{fill:#999}.a{stroke:#222}.r{stroke:#222;stroke-dasharray:4 3}"
    let drawn = panels.enumerated().map { position, panel in
      "<g transform=\"translate(0 \(position * RadiusPanel.height))\">\n\(panel.drawing)</g>\n"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(RadiusPanel.width) \(height)" \
      width="\(RadiusPanel.width)" height="\(height)" role="img" aria-labelledby="title description">
      <title id="title">Certified radii of \(xmlText(spec.name)) \(spec.version)</title>
      <desc id="description">\(panels.map(\.summary).joined(separator: " "))</desc>
      <style>\(style)</style>
      <rect width="\(RadiusPanel.width)" height="\(height)" fill="#fff"/>
      \(drawn.joined())</svg>

      """
  }
}

/// The histogram of one clause and network.
private struct RadiusPanel {
  static let width = 640
  static let height = 216
  private static let left = 48
  private static let top = 48
  private static let binWidth = 27
  private static let plotHeight = 120
  private static let bins = 20

  private struct Bin {
    var right = 0
    var wrong = 0
    var rejected = 0

    var count: Int { right + wrong + rejected }
  }

  private let title: String
  private let counts: ClauseResult.Counts
  /// The lower ends of the ranges, then the end of the last one; a range has its upper end.
  private let ends: [Double]
  /// One more than ranges: the last is above all of them.
  private let histogram: [Bin]

  init(_ result: ClauseResult) {
    title = "\(result.clause.name) on \(result.network): \(result.clause.summary)"
    counts = result.counts
    let ends = (0...Self.bins).map {
      (result.clause.radius * Rational($0, over: Self.bins / 4)).nearestDouble ?? .infinity
    }
    var histogram = [Bin](repeating: Bin(), count: Self.bins + 1)
    for point in result.points {
      let bin = ends.dropFirst().firstIndex { point.radius <= $0 }.map { $0 - 1 } ?? Self.bins
      if point.isCertifiedAndRight {
        histogram[bin].right += 1
      } else if point.isCertified {
        histogram[bin].wrong += 1
      } else {
        histogram[bin].rejected += 1
      }
    }
    self.ends = ends
    self.histogram = histogram
  }

  private var legend: [(style: String, text: String)] {
    [
      ("right", "certified and right: \(counts.certifiedAndRight)"),
      ("wrong", "certified, but not right: \(counts.certified - counts.certifiedAndRight)"),
      ("rejected", "rejected: \(counts.points - counts.certified)"),
    ]
  }

  /// A sentence for who cannot see the picture.
  var summary: String {
    "\(xmlText(title)): \(counted(counts.points, "point")), \(legend.map(\.text).joined(separator: ", "))."
  }

  var drawing: String {
    let bottom = Self.top + Self.plotHeight
    let right = Self.left + Self.binWidth * (Self.bins + 1)
    var lines = ["<text class=\"t\" x=\"\(Self.left)\" y=\"20\">\(xmlText(title))</text>"]
    for (position, entry) in legend.enumerated() {
      let x = Self.left + 190 * position
      lines.append("<rect class=\"\(entry.style)\" x=\"\(x)\" y=\"28\" width=\"10\" height=\"10\"/>")
      lines.append("<text x=\"\(x + 15)\" y=\"37\">\(entry.text)</text>")
    }
    let largest = max(1, histogram.map(\.count).max() ?? 1)
    lines += histogram.enumerated().flatMap { bars(of: $1, at: $0, largest) }
    lines.append("<path class=\"a\" d=\"M\(Self.left) \(bottom)H\(right)\"/>")
    lines.append("<text class=\"e\" x=\"\(Self.left - 6)\" y=\"\(Self.top + 10)\">\(largest)</text>")
    lines.append("<text class=\"e\" x=\"\(Self.left - 6)\" y=\"\(bottom)\">0</text>")
    let line = Self.left + Self.binWidth * Self.bins / 4
    lines.append("<path class=\"r\" d=\"M\(line) \(Self.top - 4)V\(bottom + 4)\"/>")
    for tick in 0..<4 {
      let x = Self.left + Self.binWidth * Self.bins / 4 * tick
      let text = (tick == 1 ? "r = " : "") + end(Self.bins / 4 * tick)
      lines.append("<text class=\"m\" x=\"\(x)\" y=\"\(bottom + 18)\">\(text)</text>")
    }
    lines.append("<text class=\"e\" x=\"\(right)\" y=\"\(bottom + 18)\">over \(end(Self.bins))</text>")
    lines.append(
      "<text class=\"m\" x=\"\((Self.left + right) / 2)\" y=\"\(bottom + 36)\">certified radius</text>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is certified stands on what is not. Heights in tenths of a pixel, so that no number is rounded twice.
  private func bars(of bin: Bin, at place: Int, _ largest: Int) -> [String] {
    let range = place == Self.bins ? "over \(end(place))" : "\(end(place)) to \(end(place + 1))"
    var below = 0
    var bars: [String] = []
    for (style, count, name) in [
      ("rejected", bin.rejected, "rejected"), ("wrong", bin.wrong, "certified, but not right"),
      ("right", bin.right, "certified and right"),
    ] where count > 0 {
      let low = 10 * Self.plotHeight * below / largest
      below += count
      let high = 10 * Self.plotHeight * below / largest
      let y = 10 * (Self.top + Self.plotHeight) - high
      bars.append(
        "<rect class=\"\(style)\" x=\"\(Self.left + Self.binWidth * place + 1)\" y=\"\(tenths(y))\" "
          + "width=\"\(Self.binWidth - 2)\" height=\"\(tenths(high - low))\">"
          + "<title>\(range): \(count) \(name)</title></rect>")
    }
    return bars
  }

  private func end(_ place: Int) -> String { place == 0 ? "0" : ends[place].description }

  private func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }
}
