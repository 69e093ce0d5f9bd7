import Foundation
import Measurements

/// What `ONLY=…` names, in the order of docs/BENCHMARKS.md.
let parts: [(name: String, measure: (Options, inout Report) throws -> Void)] = [
  ("edit", EditPart.measure), ("start", StartPart.measure), ("upload", UploadPart.measure),
  ("load", LoadPart.measure), ("original", OriginalPart.measure), ("sizes", SizePart.measure),
]

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  var report = Report()
  for name in options.only where !parts.contains(where: { $0.name == name }) {
    throw Failure("no part '\(name)': \(parts.map(\.name).joined(separator: ", "))")
  }
  for part in parts where options.only.isEmpty || options.only.contains(part.name) {
    try part.measure(options, &report)
  }
  try report.compare(options)
  if options.only.isEmpty { try report.write(options) }
} catch {
  note("\(error)")
  exit(1)
}
