import CertificateChecker
import Foundation

func end(_ message: String, _ status: Int32) -> Never {
  FileHandle.standardError.write(Data("\(message)\n".utf8))
  exit(status)
}

/// At most 256 MiB: some files never end.
func read(_ path: String) -> Data {
  if let bytes = try? FileHandle(forReadingAtPath: path)?.read(upToCount: 1 << 28) { return bytes }
  end("\(path): can't be read", 1)
}

let arguments = Array(CommandLine.arguments.dropFirst())
let isUsage = arguments.count == 1 || arguments.count == 3 && arguments[1] == "--model"
if !isUsage || arguments[0].hasPrefix("-") { end("usage: ordain-checkcert CERTIFICATE [--model FILE]", 2) }
do throws(Rejection) {
  let (model, weights) = try checkCertificate(read(arguments[0]))
  if arguments.count == 3, sha256(read(arguments[2])) != model { end("\(arguments[0]): of another model", 1) }
  print("proved, for the model \(model) if its dense layers are:")
  for hash in weights { print(hash) }
} catch {
  end("\(arguments[0]): not proved: \(error.reason)", 1)
}
