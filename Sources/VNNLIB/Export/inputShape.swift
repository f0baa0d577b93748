import SpecificationLanguage

/// The shape of a network's input as its interface has it, with a batch of one in front: `1, 3, 32, 32` for the one
/// input `image[3, 32, 32]`, else `1, n`.
public func inputShape(of interface: Interface) -> [Int] {
  let inputs = interface.inputs
  // The last element's indices are the shape's largest.
  guard let last = inputs.last?.name, let open = last.firstIndex(of: "["),
    inputs.allSatisfy({ $0.name.hasPrefix(last[...open]) })
  else { return [1, inputs.count] }
  let largest = last[last.index(after: open)...].dropLast().split(separator: ",").compactMap { Int($0) }
  return [1] + largest.map { $0 + 1 }
}
