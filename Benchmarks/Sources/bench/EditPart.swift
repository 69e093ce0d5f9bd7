import Foundation

/// From a save to the new code's first words on the console, beside `hotreload watch`.
enum EditPart {
  /// Saves of each project.
  private static let cycles = 50

  private struct Example {
    var name: String
    var folder: String
    /// The file that is saved.
    var source: String
    /// What takes the file's place, from the root of the repository; nil: nothing.
    var replacement: String?
    /// CMake's; nil: none.
    var buildType: String?

    static func swift(
      _ name: String, replacement: String? = nil, buildType: String? = nil
    ) -> Example {
      Example(
        name: name, folder: "Examples/swift-module",
        source: "components/reloadable/reloadable.swift", replacement: replacement,
        buildType: buildType)
    }
  }

  private static let examples = [
    Example(name: "C", folder: "Examples/basic", source: "components/reloadable/reloadable.c"),
    .swift("Swift as the C", replacement: "Benchmarks/SwiftModule/greeting.swift"),
    .swift("Swift"),
    .swift("Swift, Debug", buildType: "Debug"),
  ]

  static func measure(_ options: Options, _ report: inout Report) throws {
    var table = Table(
      "board, module", "median, ms", "fastest", "9 of 10", "slowest", "bytes sent, median",
      "of the image")
    var titles: [String] = []
    var columns: [[String: Double]] = []
    var curves: [Plot.Curve] = []
    for example in examples {
      for board in Board.allCases {
        let project = try Project(
          example.folder, as: "edit-\(example.name.replacing(/\W+/, with: "-"))", on: board,
          options,
          replacing: example.replacement.map { (example.source, $0) }, buildType: example.buildType)
        let cycles = try saves(of: example.source, project, options)
        let samples = Samples(cycles.map(\.time))
        let title = "\(board.title), \(example.name)"
        table.append(
          title, decimal(samples.median), decimal(samples.least),
          decimal(samples.sorted[samples.sorted.count * 9 / 10]), decimal(samples.most),
          grouped(cycles.map(\.sent).sorted()[cycles.count / 2]),
          grouped(try project.image().count))
        titles.append(title)
        columns.append(medians(cycles))
        curves.append(
          Plot.Curve(
            name: title,
            points: cycles.enumerated().map { index, cycle in
              (Double(index + 1), cycle.time / .milliseconds(1))
            }))
      }
    }
    var split = Table("ms")
    split.head += titles
    for step in steps {
      split.rows.append([step] + columns.map { decimal($0["\(step)_ms"] ?? 0, 2) })
    }
    report.add("edit", table.markdown)
    report.add("edit-split", split.markdown)
    report.plots["edit.svg"] =
      Plot(
        title: "Save to running, every cycle", horizontal: "cycle", vertical: "ms", curves: curves
      ).svg
  }

  /// What docs/WATCH.md has, in its order.
  private static let steps = [
    "notice", "check", "compile", "link", "pack", "ask", "upload", "wait", "load", "swap", "total",
  ]

  private struct Cycle {
    var time: Duration
    /// Milliseconds by the step, as the tool says.
    var timings: [String: Double]
    /// Bytes that went to the device.
    var sent: Int
  }

  /// A line of `hotreload watch --json`.
  private struct Line: Decodable {
    struct Module: Decodable { var sent: Int }
    var timings: [String: Double]
    var modules: [Module]
  }

  /// The median of each step.
  private static func medians(_ cycles: [Cycle]) -> [String: Double] {
    var medians: [String: Double] = [:]
    for step in steps {
      let times = cycles.map { Duration.milliseconds($0.timings["\(step)_ms"] ?? 0) }
      medians["\(step)_ms"] = Samples(times).median
    }
    return medians
  }

  private static func saves(
    of source: String, _ project: Project, _ options: Options
  ) throws -> [Cycle] {
    let path = "\(project.sources)/\(source)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try project.run(options) { url, device in
      _ = try device.output.line(containing: "Hello, World")
      let watch = try Program.start([
        options.tool, "watch", "--plan", project.plan, "--url", url, "--json",
      ])
      defer { watch.interrupt() }
      _ = try watch.output.line(containing: "\"unchanged\"")
      note("saving \(source) \(cycles) times on \(project.board.rawValue)")
      var found: [Cycle] = []
      // The first one is not counted: its files are not in memory yet.
      for number in 0...cycles {
        // As somebody who reads what came of it: nothing of the cycle before is left to do.
        Thread.sleep(forTimeInterval: 0.2)
        let edited = text.replacing("\"Hello\"", with: "\"Save \(number)\"")
        let start = ContinuousClock.now
        try edited.write(toFile: path, atomically: false, encoding: .utf8)
        let greeting = try device.output.line(containing: "Save \(number), World")
        let text = try watch.output.line(containing: "\"switched\"").text
        let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        guard number > 0 else { continue }
        found.append(
          Cycle(
            time: greeting.time - start, timings: line.timings,
            sent: line.modules.reduce(0) { $0 + $1.sent }))
      }
      return found
    }
  }
}
