import Foundation
import SpecificationLanguage

/// Documents' addresses and the paths that the compiler knows files by.
enum FileName {
  /// The path of a `file:` address, without `.` and `..`; the address itself for any other.
  static func of(uri: String) -> String {
    guard uri.hasPrefix("file://"), let path = uri.dropFirst(7).removingPercentEncoding, path.hasPrefix("/")
    else {
      return uri
    }
    return normalizedPath(path)
  }

  static func uri(of file: String) -> String {
    guard file.hasPrefix("/") else { return file }
    let allowed = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
    return "file://" + (file.addingPercentEncoding(withAllowedCharacters: allowed) ?? file)
  }
}
