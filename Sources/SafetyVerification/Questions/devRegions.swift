import Diagnostics
import ExactArithmetic
import VNNLIB
func devRegions(_ set: UnsafeSet) throws -> [SearchRegion] { try set.searchRegions() }
