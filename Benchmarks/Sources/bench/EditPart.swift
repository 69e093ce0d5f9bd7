import Foundation

/// From a save to the new code's first words on the console, beside `hotreload watch`.
enum EditPart {
  /// Saves of each project.
  private static let cycles = 50
  private static let example = [
    (name: "C", folder: "Examples/basic", source: "components/reloadable/reloadable.c"),
    (
      name: "Swift", folder: "Examples/swift-module",
      source: "components/reloadable/reloadable.swift"
    ),
  ]

  static func measure(_ options: Options, _ report: inout Report) throws {
    var table = Table(
      "board, module", "median, ms", "fastest", "9 of 10", "slowest", "bytes of the image")
    var split = Table("board, module", "what the tool says of the median cycle")
    var curves: [Plot.Curve] = []
    for (name, folder, source) in example {
      for board in Board.allCases {
        let project = try Project(folder, as: "edit-\(name)", on: board, options)
        let cycles = try saves(of: source, project, options)
        let samples = Samples(cycles.map(\.time))
        let title = "\(board.title), \(name)"
        table.append(
          title, decimal(samples.median), decimal(samples.least),
          decimal(samples.sorted[samples.sorted.count * 9 / 10]), decimal(samples.most),
          grouped(try project.image().count))
        let middle = cycles.sorted { $0.time < $1.time }[cycles.count / 2]
        split.append(title, middle.line)
        curves.append(
          Plot.Curve(
            name: title,
            points: cycles.enumerated().map {
              (Double($0.offset + 1), $0.element.time / .milliseconds(1))
            }
          ))
      }
    }
    report.add("edit", table.markdown)
    report.add("edit-split", split.markdown)
    report.plots["edit.svg"] =
      Plot(
        title: "Save to running, every cycle", horizontal: "cycle", vertical: "ms", curves: curves
      ).svg
  }

  private struct Cycle {
    var time: Duration
    /// What `hotreload watch` prints when the device runs the module.
    var line: String
  }

  private static func saves(
    of source: String, _ project: Project, _ options: Options
  ) throws -> [Cycle] {
    let path = "\(project.sources)/\(source)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try project.run(options) { url, device in
      _ = try device.output.line(containing: "Hello, World")
      let watch = try Program.start([
        options.tool, "watch", "--plan", project.plan, "--url", url,
      ])
      defer { watch.interrupt() }
      _ = try watch.output.line(containing: "unchanged")
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
        let line = try watch.output.line(containing: " runs").text
        if number > 0 { found.append(Cycle(time: greeting.time - start, line: line)) }
      }
      return found
    }
  }
}
