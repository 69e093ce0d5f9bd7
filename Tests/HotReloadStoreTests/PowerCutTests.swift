import HotReloadPort
import HotReloadSimulator
import HotReloadStore
import Testing

/// A scenario on one kind of flash.
private struct PowerCutCase: CustomTestStringConvertible {
  var scenario: PowerCutScenario
  var eraseSize: Int
  var kind: NORFlash.Kind

  var testDescription: String { "\(scenario.name), \(eraseSize >> 10) KiB, \(kind)" }

  static func all(_ scenarios: [PowerCutScenario]) -> [PowerCutCase] {
    scenarios.flatMap { scenario in
      eraseSizes.flatMap { eraseSize in
        NORFlash.Kind.allCases.map {
          PowerCutCase(scenario: scenario, eraseSize: eraseSize, kind: $0)
        }
      }
    }
  }
}

@Suite struct `Power cuts` {
  @Test(arguments: PowerCutCase.all(PowerCutScenario.uploads + [PowerCutScenario.longUpload]))
  fileprivate func `in an upload leave the image that is kept, or the new one`(
    row: PowerCutCase
  ) throws {
    try check(row)
  }

  @Test(arguments: PowerCutCase.all(PowerCutScenario.marks))
  fileprivate func `in a mark leave it set or not set`(row: PowerCutCase) throws {
    try check(row)
  }

  /// Does the action without a cut, then again with a cut before and inside each of its operations.
  private func check(_ row: PowerCutCase) throws {
    let scenario = row.scenario
    let whole = NORFlash(eraseUnits: 4, eraseSize: row.eraseSize, row.kind)
    let store = try PowerCutScenario.QuickStore(whole.partition)
    try scenario.prepare(whole, store, nil)
    let image = try store.currentImage(in: whole)

    let clean = NORFlash(copying: whole)
    try scenario.action(clean, store, image)
    /// The flash after each number of whole operations.
    let flashes = try (0...clean.operations.count).map { count -> NORFlash in
      let flash = NORFlash(copying: whole)
      try run(scenario, on: flash, store, image, cutAfter: count, .before)
      return flash
    }
    let states = try flashes.map { try PowerCutScenario.current(in: $0) }
    #expect(states.withoutRepetitions == scenario.states)

    for (index, operation) in clean.operations.enumerated() {
      for cut in operation.cuts {
        let flash = NORFlash(copying: whole)
        try run(scenario, on: flash, store, image, cutAfter: index, cut)
        let comment: Comment = "\(operation): \(cut)"
        let isEffective = operation.isEffective(from: flashes[index].bytes, to: flash.bytes)
        let state = states[isEffective ? index + 1 : index]
        #expect(try PowerCutScenario.current(in: flash) == state, comment)
        guard scenario.isRepeatable else { continue }
        try scenario.action(flash, store, image)
        #expect(try PowerCutScenario.current(in: flash) == scenario.states.last, comment)
      }
    }
  }

  private func run(
    _ scenario: PowerCutScenario, on flash: NORFlash, _ store: PowerCutScenario.QuickStore,
    _ image: StoredImage?, cutAfter count: Int, _ cut: PowerCut
  ) throws {
    flash.cutPower(after: count, cut)
    do {
      try scenario.action(flash, store, image)
    } catch StoreError.flashFailed {}
    flash.restorePower()
  }
}

extension NORFlash.Operation {
  /// Ways to interrupt it.
  fileprivate var cuts: [PowerCut] {
    switch self {
    case .erase(let range): PowerCut.ofErase(units: range.count / FlashCells.unitSize)
    case .write(let range): PowerCut.ofWrite(units: range.count / FlashCells.unitSize)
    }
  }

  /// Whether what was done of it counts: one half of a mark, or any byte of an image or its header record that is no
  /// longer what it was. What else is written counts with the mark that follows.
  fileprivate func isEffective(from old: [UInt8], to new: [UInt8]) -> Bool {
    switch self {
    case .write(let range):
      let mark = Array("hotreload marked".utf8)
      return range.count == 32
        && (Array(new[range.prefix(16)]) == mark || Array(new[range.suffix(16)]) == mark)
    case .erase(let range):
      let start = range.lowerBound
      return old[start..<start + 96] != new[start..<start + 96]
        || old[start + 512..<start + 512 + 910] != new[start + 512..<start + 512 + 910]
        || old[start + 96..<start + 112] != new[start + 96..<start + 112]
          && old[start + 112..<start + 128] != new[start + 112..<start + 128]
    }
  }
}

extension [String] {
  fileprivate var withoutRepetitions: [String] {
    reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
