/// How long the tool takes to begin and end.
enum StartPart {
  private static let times = 20

  static func measure(_ options: Options, _ report: inout Report) throws {
    let project = try Project("Examples/basic", as: "basic", on: .riscv32, options)
    var table = Table("command", "ms, median (fastest to slowest)")
    try project.run(options) { url, _ in
      for command in [
        ["--version"], ["status", "--url", url],
        ["reload", "--plan", project.plan, "--url", url],
      ] {
        var durations: [Duration] = []
        for _ in 0...times {
          let start = ContinuousClock.now
          try Program.run([options.tool] + command)
          durations.append(ContinuousClock.now - start)
        }
        let name = command[0] == "reload" ? "reload`, nothing to do" : "\(command[0])`"
        table.append("`hotreload \(name)", Samples(Array(durations.dropFirst())).text)
      }
    }
    report.add("start", table.markdown)
  }
}
