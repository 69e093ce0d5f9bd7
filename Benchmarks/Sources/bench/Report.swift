import Foundation
import Measurements

/// What came of the parts.
struct Report {
  /// Markdown, by its place in Benchmarks/BENCHMARKS.md.in.
  private var sections: [String: String] = [:]
  /// SVG, by the file's name in docs/benchmarks.
  var plots: [String: String] = [:]
  /// What Benchmarks/baseline.json has, by board.
  var figures: Baseline = [:]

  /// Keeps a table, and prints it.
  mutating func add(_ name: String, _ markdown: String) {
    sections[name] = markdown
    // At once, between what `note` says.
    FileHandle.standardOutput.write(Data("\(markdown)\n".utf8))
  }

  /// Says what differs from the baseline, or makes it the baseline. Parts that were not measured stay as they are.
  func compare(_ options: Options) throws {
    var baseline = try Figures.baseline(in: options.root)
    for (board, figures) in figures.sorted(by: { $0.key < $1.key }) {
      let before = (baseline[board] ?? [:]).filter { figures[$0.key] != nil }
      for change in Change.all(from: before, to: figures) {
        note("\(change.isRegression ? "worse" : "better"): \(board): \(change)")
      }
      baseline[board, default: [:]].merge(figures) { _, new in new }
    }
    if options.updatesBaseline { try Figures.write(baseline, in: options.root) }
  }

  /// Writes docs/BENCHMARKS.md and its plots.
  func write(_ options: Options) throws {
    var text = try String(
      contentsOfFile: "\(options.root)/Benchmarks/BENCHMARKS.md.in", encoding: .utf8)
    for (name, section) in sections.merging(
      ["machine": try Machine.text(options)], uniquingKeysWith: { $1 })
    {
      let place = "{{\(name)}}\n"
      guard text.contains(place) else { throw Failure("BENCHMARKS.md.in has no \(place)") }
      text = text.replacing(place, with: section)
    }
    guard !text.contains("{{") else { throw Failure("BENCHMARKS.md.in asks for more:\n\(text)") }
    try text.write(toFile: "\(options.root)/docs/BENCHMARKS.md", atomically: true, encoding: .utf8)
    let folder = "\(options.root)/docs/benchmarks"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, plot) in plots {
      try plot.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
  }
}
