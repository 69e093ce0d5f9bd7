/// What `make bench` asks for.
struct Options {
  /// The repository.
  var root: String
  /// The tool, optimised.
  var tool: String
  /// The parts to measure; empty: all, and docs/BENCHMARKS.md is written.
  var only: [String] = []
  /// Whether Benchmarks/baseline.json gets what is measured.
  var updatesBaseline = false
  /// Sources of igrr/hotreload.
  var original: String?

  /// - Parameter arguments: root, tool, `--only PART…`, `--update-baseline`, `--original PATH`.
  init(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { throw Failure("usage: bench ROOT TOOL [OPTION…]") }
    (root, tool) = (arguments[0], arguments[1])
    var rest = arguments.dropFirst(2)
    while let option = rest.popFirst() {
      switch option {
      case "--update-baseline": updatesBaseline = true
      case "--only": if let part = rest.popFirst() { only.append(part) }
      case "--original": original = rest.popFirst()
      default: throw Failure("unknown option \(option)")
      }
    }
  }
}

/// Why something could not be measured.
struct Failure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
