/// Figures that are the same on every machine, by board and name, as Benchmarks/baseline.json has them.
package typealias Baseline = [String: [String: Int]]

/// One of them that is not what it was.
package struct Change: Equatable, Sendable, CustomStringConvertible {
  /// Growth that is no matter, in percent: what another version of a compiler may do.
  package static let tolerance = 2

  package var name: String
  /// In the baseline; nil: it is not there.
  package var before: Int?
  package var now: Int?

  package init(name: String, before: Int?, now: Int?) {
    self.name = name
    self.before = before
    self.now = now
  }

  /// Whether it became worse. Figures that came or went are for people to look at.
  package var isRegression: Bool {
    guard let before, let now else { return true }
    return now * 100 > before * (100 + Self.tolerance)
  }

  package var description: String {
    func text(_ number: Int?) -> String { number.map(String.init) ?? "nothing" }
    return "\(name): \(text(now)), was \(text(before))"
  }

  /// What of `figures` differs from the baseline of its board by more than the tolerance.
  package static func all(from baseline: [String: Int], to figures: [String: Int]) -> [Change] {
    Set(baseline.keys).union(figures.keys).sorted().compactMap { name in
      let change = Change(name: name, before: baseline[name], now: figures[name])
      if let before = change.before, let now = change.now,
        abs(now - before) * 100 <= before * tolerance
      {
        return nil
      }
      return change
    }
  }
}

/// What is compared.
package enum Figures {
  /// What the runtime takes of Examples/basic.
  ///
  /// - Parameters:
  ///   - output: of scripts/code-size.sh.
  ///   - image: bytes of the example's module.
  package static func sizes(_ output: String, image: Int) -> [String: Int] {
    var sizes = ["bytes: module of Examples/basic": image]
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      let name = parts.last?.drop { $0 == " " } ?? ""
      for kept in ["loader, store and server", "code", "constants", "data", "zero-initialised RAM"]
      where parts.count == 2 && (name == kept || name.hasPrefix("\(kept), without")) {
        sizes["bytes: \(kept)"] = Int(parts[0])
      }
    }
    return sizes
  }

  /// Instructions for what `Workload.regression` loads, and for calls.
  package static func instructions(_ counts: Counts) -> [String: Int] {
    var figures: [String: Int] = [:]
    if let stub = counts.stub {
      figures["instructions: 100 calls through a stub"] = Int((stub * 100).rounded())
    }
    for (load, count) in zip(Workload.regression.loads, counts.loads) {
      let kind = load.isStored ? ", from flash" : load.hasLongNames ? ", long names" : ""
      figures["instructions: load of \(load.shape)\(kind)"] = count.instructions
      guard load.isStored else { continue }
      figures["bytes: erased in flash for \(load.shape)"] = count.erased
      figures["bytes: written to flash for \(load.shape)"] = count.written
    }
    return figures
  }
}
