import HotReloadBuild

/// How long the steps of one reload took, all modules together or one of them.
struct Timings: Equatable, Sendable {
  enum Step: String, CaseIterable, Sendable {
    /// From the save until the reload begins.
    case notice
    /// Finding out what has to be compiled, linked and packed.
    case check
    case compile, link, pack
    /// Waiting for what the device was asked during the build.
    case ask
    case upload
    /// Until the application came to its safe point, and that was seen.
    case wait
    /// On the chip.
    case load, swap

    /// Those that the line for people names: what takes time, and what the chip does.
    static let main: [Step] = [.compile, .link, .pack, .upload, .load, .swap]
  }

  private(set) var steps: [Step: Duration] = [:]
  /// From the beginning of the build, in `watch` from the save, until the device was seen running the modules. Of one module:
  /// the sum of its steps.
  var total: Duration = .zero

  /// How long these steps took in all.
  var sum: Duration { steps.values.reduce(.zero, +) }

  mutating func add(_ step: Step, _ duration: Duration) {
    steps[step, default: .zero] += duration
  }

  /// The steps of one module, or of all.
  mutating func add(_ report: BuildReport, of module: String? = nil) {
    for step in report.steps where module == nil || step.module == module {
      switch step.kind {
      case .compile: add(.compile, step.duration)
      case .link: add(.link, step.duration)
      case .pack: add(.pack, step.duration)
      }
    }
  }

  /// What passed between the end of an upload and the news that the module runs.
  ///
  /// - Parameters:
  ///   - load: microseconds, as the device says; nil if it does not. So is `swap`.
  mutating func addSwitch(waited: Duration, load: Int?, swap: Int?) {
    let load = load.map { Duration.microseconds($0) }
    let swap = swap.map { Duration.microseconds($0) }
    add(.wait, max(waited - (load ?? .zero) - (swap ?? .zero), .zero))
    if let load { add(.load, load) }
    if let swap { add(.swap, swap) }
  }

  /// What passed between the last change of a file and the beginning of the reload.
  mutating func addNotice(_ duration: Duration) {
    add(.notice, duration)
    total += duration
  }

  mutating func add(_ other: Timings) {
    for (step, duration) in other.steps { add(step, duration) }
  }

  /// A table, one line a step. Steps that were not needed are left out.
  var table: [String] {
    var rows = Step.allCases.compactMap { step in
      steps[step].map { (step.rawValue, Self.milliseconds($0)) }
    }
    rows.append(("total", Self.milliseconds(total)))
    let width = rows.map { $0.1.count }.max() ?? 0
    return rows.map { name, time in
      let gap = String(repeating: " ", count: 8 - name.count + width - time.count)
      return "  \(name)\(gap)\(time) ms"
    }
  }

  /// The same in one line: `93.1 ms (compile 28.0, link 15.2, …)`.
  var line: String {
    let parts = Step.main.compactMap { step in
      steps[step].map { "\(step.rawValue) \(Self.milliseconds($0))" }
    }
    let total = "\(Self.milliseconds(total)) ms"
    return parts.isEmpty ? total : "\(total) (\(parts.joined(separator: ", ")))"
  }

  /// Milliseconds, for programs.
  var json: [String: Double] {
    var values = ["total_ms": Self.value(total)]
    for (step, duration) in steps { values["\(step.rawValue)_ms"] = Self.value(duration) }
    return values
  }

  /// To the microsecond.
  private static func value(_ duration: Duration) -> Double {
    (duration / .microseconds(1)).rounded() / 1000
  }

  /// One decimal; three below 0.1 ms, where the chip's steps are.
  static func milliseconds(_ duration: Duration) -> String {
    let microseconds = Int((duration / .microseconds(1)).rounded())
    if microseconds > 0, microseconds < 100 {
      return "0.0\(microseconds < 10 ? "0" : "")\(microseconds)"
    }
    let tenths = (microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }
}
