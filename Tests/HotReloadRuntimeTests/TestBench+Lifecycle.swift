import HotReloadPort
import HotReloadSimulator
import TestImages

/// Modules that have something to be told, and what they were told.
extension TestBench {
  /// A module with a lifecycle function; `version` is 1 to 7.
  func hookedModule(
    version: UInt8, for index: Int = 0, _ change: (inout PackedImageBuilder) -> Void = { _ in }
  ) -> [UInt8] {
    module(version: version, for: index) {
      $0.lifecycle = codeAddress + 2 * UInt32(version)
      change(&$0)
    }
  }

  /// The version of the module whose lifecycle function is at `address`: blocks are 16-byte aligned.
  static func version(of address: UInt32) -> Int { Int(address & 0xF) / 2 }

  /// What modules were told since the last look, each with the module's version first.
  func calls() -> [String] {
    let calls = device.code.calls.map { "\(Self.version(of: $0.lifecycle)) \($0.call)" }
    device.code.calls = []
    return calls
  }

  /// Makes the module of this version refuse to be loaded, except where it is told to go on.
  func refuse(version: Int, with answer: Int32) {
    device.code.loadAnswer = { lifecycle, reason in
      Self.version(of: lifecycle) == version && reason != .restored ? answer : 0
    }
  }
}
