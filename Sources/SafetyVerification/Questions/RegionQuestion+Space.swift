// Trusted: the region holds what the real network and the program are given for any input of the question.
import ExactArithmetic
import SafetyLayers

extension RegionQuestion {
  /// What a search is to refute, and a proof has to list: it depends on the question alone. Nil beyond binary64's range.
  func region(in space: InputSpace) -> SearchRegion? {
    guard let box = outerBox else { return nil }
    guard case .physical(let space) = space else { return searched(box) }
    let widened = space.widened(box, self)
    let region = searched(widened)
    // Inequalities hold of the physical input, which the network's input is near to.
    let forms = region.inputForms.map { form in
      var form = form
      for index in box.lower.indices where form[index] != 0 {
        let error = Rational(abs(form[index])) * space.normalizationError(index, self)
        form[box.lower.count] = (form[box.lower.count] - (error.doubleNotBelow ?? .infinity)).nextDown
      }
      return form
    }
    return SearchRegion(box: widened, inputForms: forms, conjunctions: region.conjunctions)
  }
}

extension PhysicalSpace {
  /// The box of the question in the network's space, with what the program computes for the same physical inputs: its
  /// normalisation is monotone, so the ends' images are the ends.
  fileprivate func widened(_ box: Box, _ question: RegionQuestion) -> Box {
    var box = box
    for (index, input) in interface.inputs.enumerated() {
      let map = input.normalization
      let ends = [question.lower[index], question.upper[index]].map { $0 / map.scale + map.center }
      let (low, high) = map.scale.signum > 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
      guard let first = low.floatNotBelow, let last = high.floatNotAbove, first <= last else { continue }
      for end in [first, last].map({ Double(normalizations[index]($0)) }) {
        box.lower[index] = min(box.lower[index], end)
        box.upper[index] = max(box.upper[index], end)
      }
    }
    return box
  }

  /// How far the program's normalisation of an input is from the real one at most: it rounds the centre, a difference, the
  /// scale and a product.
  fileprivate func normalizationError(_ index: Int, _ question: RegionQuestion) -> Rational {
    let map = interface.inputs[index].normalization
    let ends = [question.lower[index], question.upper[index]].map { ($0 / map.scale + map.center).magnitude }
    let size = max(ends[0], ends[1]) + map.center.magnitude
    // Numbers that underflow are off by an absolute amount, the scale, too; each counts as often as it is multiplied.
    return size * map.scale.magnitude * Rational(powerOfTwo: -21)
      + (size + map.scale.magnitude + .one) * Rational(powerOfTwo: -140)
  }
}
