/// What the firmware of Benchmarks/ is given to load, in this order.
package struct Workload: Sendable {
  /// One load.
  package struct Load: Hashable, Sendable {
    package var shape: LoadShape
    /// Whether the names of its functions are long.
    package var hasLongNames = false
    /// Whether it goes through the flash, with its digest, and is on trial then; otherwise it comes from RAM.
    package var isStored = false

    package init(_ shape: LoadShape, hasLongNames: Bool = false, isStored: Bool = false) {
      self.shape = shape
      self.hasLongNames = hasLongNames
      self.isStored = isStored
    }
  }

  package var loads: [Load]

  package init(_ loads: [Load]) { self.loads = loads }

  /// What `make test` compares with the baseline.
  package static let regression = Workload(
    LoadShape.few.map { Load($0) } + [named, stored])

  /// One of `regression` with other names.
  package static let named = Load(LoadShape.few[0], hasLongNames: true)
  /// One of `regression` from flash.
  package static let stored = Load(LoadShape.few[0], isStored: true)

  /// What QEMU puts into RAM, by `CountingBoard.requests(for:)`.
  ///
  /// - Parameters:
  ///   - identity: of a module of the firmware, by whether its functions have long names.
  ///   - seed: of what the images hold.
  package func images(
    for identity: (Bool) -> ModuleIdentity, seed: UInt64
  ) -> [(bytes: [UInt8], isStored: Bool)] {
    loads.map { load in
      (LoadImage.make(load.shape, for: identity(load.hasLongNames), seed: seed), load.isStored)
    }
  }
}
