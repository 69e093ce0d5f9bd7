import HotReloadBuild
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import HotReloadSoftwareCrypto
import HotReloadStore
import TestImages
import Testing

/// Something that a device does with its flash, and the version that runs after a restart at each of its steps; 0 for
/// none. Version 9 cannot be loaded.
private struct PowerLoss: CustomTestStringConvertible {
  var testDescription: String
  var versions: [UInt8]
  var prepare: @Sendable (TestBench) throws -> Void
  var action: @Sendable (TestBench) throws -> Void

  static let all = [
    PowerLoss(testDescription: "first upload", versions: [0, 2]) { _ in
    } action: { bench in
      try bench.store(bench.module(version: 2))
    },
    PowerLoss(testDescription: "upload", versions: [1, 2]) { bench in
      try bench.storeConfirmed(version: 1)
    } action: { bench in
      try bench.store(bench.module(version: 2))
    },
    PowerLoss(testDescription: "upload over an unconfirmed one", versions: [2, 1, 3]) { bench in
      try bench.storeConfirmed(version: 1)
      try bench.store(bench.module(version: 2))
    } action: { bench in
      try bench.store(bench.module(version: 3))
    },
    PowerLoss(testDescription: "upload of a difference", versions: [1, 2]) { bench in
      try bench.storeConfirmed(version: 1)
    } action: { bench in
      try bench.startServer()
      let body = DeltaEncoder.encode(bench.module(version: 2), base: bench.module(version: 1))
      let reply = bench.upload(body, to: "/upload?encoding=delta")
      guard reply.hasPrefix("HTTP/1.1 200 ") else { throw RuntimeError.store(.flashFailed) }
    },
    PowerLoss(testDescription: "confirmation", versions: [2]) { bench in
      try bench.storeConfirmed(version: 1)
      try bench.store(bench.module(version: 2))
    } action: { bench in
      try bench.markCurrent { store, image, flash throws(StoreError) in
        try store.confirm(image, in: &flash)
      }
    },
    PowerLoss(testDescription: "rollback", versions: [1]) { bench in
      try bench.storeConfirmed(version: 1)
      try bench.store(bench.unloadable())
    } action: { bench in
      try bench.load()
    },
    PowerLoss(testDescription: "rollback to nothing", versions: [0]) { bench in
      try bench.store(bench.unloadable())
    } action: { bench in
      do { try bench.load() } catch RuntimeError.image {}
    },
    PowerLoss(testDescription: "rollback to a module of another firmware", versions: [0]) { bench in
      try bench.store(bench.module(version: 1) { $0.firmwareID = Array(repeating: 3, count: 32) })
      try bench.store(bench.unloadable())
    } action: { bench in
      do { try bench.load() } catch RuntimeError.wrongFirmware {}
    },
  ]
}

/// The runtime's side of docs/RELIABILITY.md, "Power cuts": after each cut the device boots and loads.
@Suite struct PowerLossTests {
  private struct Geometry: CustomTestStringConvertible {
    var eraseSize: UInt32
    var kind: FlashCells.Kind

    var testDescription: String { "\(eraseSize >> 10) KiB, \(kind)" }
    var flash: SimulatedFlash {
      TestBench.flash(size: max(128 << 10, 2 * eraseSize), eraseSize: eraseSize, kind: kind)
    }

    static let all = [4, 64, 256].flatMap { size in
      FlashCells.Kind.allCases.map { Geometry(eraseSize: size << 10, kind: $0) }
    }
  }

  @Test(arguments: PowerLoss.all, Geometry.all)
  private func aDeviceComesUpWithTheModuleBeforeOrTheOneAfter(
    row: PowerLoss, geometry: Geometry
  ) throws {
    let prepared = TestBench(flash: geometry.flash)
    try row.prepare(prepared)
    let clean = TestBench(flash: SimulatedFlash(copying: prepared.device.flash))
    try row.action(clean)
    let operations = clean.device.flash.operations

    func version(cutAfter count: Int, _ cut: PowerCut) throws -> UInt8 {
      let bench = TestBench(flash: SimulatedFlash(copying: prepared.device.flash))
      bench.device.flash.operationsUntilPowerCut = count
      bench.device.flash.powerCut = cut
      do {
        try row.action(bench)
        #expect(count == operations.count)
      } catch RuntimeError.store(.flashFailed) {}
      let booted = bench.restarted()
      // Whatever it came up with, the next upload runs.
      try booted.store(booted.module(version: 7))
      try booted.load()
      #expect(booted.runningVersion == 7, "\(cut)")
      return bench.restarted().versionAtBoot
    }
    let versions = try (0...operations.count).map { try version(cutAfter: $0, .before) }
    #expect(versions.withoutRepetitions == row.versions)
    for (index, operation) in operations.enumerated() {
      for cut in operation.cuts {
        let found = try version(cutAfter: index, cut)
        #expect(
          found == versions[index] || found == versions[index + 1], "\(operation): \(cut)")
      }
    }
  }
}

extension TestBench {
  /// An image that no chip of this kind loads.
  fileprivate func unloadable() -> [UInt8] { module(version: 9) { $0.chip = 5 } }

  fileprivate func storeConfirmed(version: UInt8) throws {
    try store(module(version: version))
    try markCurrent { store, image, flash throws(StoreError) in
      try store.confirm(image, in: &flash)
    }
  }

  fileprivate func markCurrent(
    _ mark: (ModuleStore<SoftwareSHA256>, StoredImage, inout SimulatedFlash) throws(StoreError) ->
      Void
  ) throws {
    var flash = device.flash
    let store = try ModuleStore<SoftwareSHA256>(flash.partition(labelled: label))
    guard let image = try store.currentImage(in: flash) else { return }
    do throws(StoreError) {
      try mark(store, image, &flash)
    } catch {
      throw RuntimeError.store(error)
    }
  }

  /// The device after a power cycle, on a copy of its flash.
  fileprivate func restarted() -> TestBench {
    TestBench(flash: SimulatedFlash(copying: device.flash))
  }

  /// What a new device loads; 0 for nothing, with all slots empty.
  fileprivate var versionAtBoot: UInt8 {
    do { try load() } catch { return table.slots.allSatisfy { $0 == nil } ? 0 : 0xFF }
    return runningVersion ?? 0xFF
  }
}

extension SimulatedFlash.Operation {
  /// Some of the ways to interrupt it; HotReloadStoreTests has all of them.
  fileprivate var cuts: [PowerCut] {
    switch self {
    case .erase(_, let count):
      let cuts = PowerCut.ofErase(units: Int(count) / FlashCells.unitSize)
      return stride(from: 0, to: cuts.count, by: 8).map { cuts[$0] }
    case .write(_, let count):
      return PowerCut.ofWrite(units: Int(count) / FlashCells.unitSize)
    }
  }
}

extension [UInt8] {
  fileprivate var withoutRepetitions: [UInt8] {
    reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
