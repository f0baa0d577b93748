// Trusted: a literal's memory holds its digits.

/// What every emitted Swift file holds besides its program.
enum SwiftSupport {
  static let availability = "@available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *)"

  static let header = """
    Weights and tables are integer literals: their words lie in read-only memory, the lowest first, and nothing
    initialises them. Use Swift 6.2 or later; on 64-bit machines
    -enable-experimental-feature Embedded works.
    """

  /// Members of the program's type.
  static let members = """
    typealias Codes = (choice: Int32, status: Int32, reason: Int32)

    /// Calls `body` with a pointer to the elements of an array.
    @inline(__always)
    static func withElements<let count: Int, Element, Value>(
      _ array: inout InlineArray<count, Element>, _ body: (UnsafeMutablePointer<Element>) -> Value
    ) -> Value {
      withUnsafeMutablePointer(to: &array) {
        body(UnsafeMutableRawPointer($0).assumingMemoryBound(to: Element.self))
      }
    }

    /// The words of a literal: a `StaticBigInt` is a pointer to them and their number.
    @inline(__always)
    static func memory<Element>(_ literal: StaticBigInt) -> UnsafePointer<Element> {
      unsafeBitCast(literal, to: (UnsafePointer<Element>, UInt).self).0
    }
    """

  /// Indices are `UInt32`, as in C.
  static let extensions = """
    extension UnsafePointer {
      @inline(__always)
      fileprivate subscript(index: UInt32) -> Pointee { self[Int(truncatingIfNeeded: index)] }

      @inline(__always)
      fileprivate func element(_ index: UInt32) -> UnsafePointer { self + Int(truncatingIfNeeded: index) }
    }

    extension UnsafeMutablePointer {
      @inline(__always)
      fileprivate subscript(index: UInt32) -> Pointee {
        get { self[Int(truncatingIfNeeded: index)] }
        nonmutating set { self[Int(truncatingIfNeeded: index)] = newValue }
      }

      @inline(__always)
      fileprivate func element(_ index: UInt32) -> UnsafeMutablePointer { self + Int(truncatingIfNeeded: index) }
    }

    \(availability)
    extension InlineArray {
      @inline(__always)
      fileprivate subscript(index: UInt32) -> Element {
        get { self[unchecked: Int(truncatingIfNeeded: index)] }
        set { self[unchecked: Int(truncatingIfNeeded: index)] = newValue }
      }
    }
    """
}
