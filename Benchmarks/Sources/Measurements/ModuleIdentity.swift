import TestImages

/// What an image has to say of the firmware that it is for; an image of the same firmware says it.
package struct ModuleIdentity: Sendable {
  /// `esp_chip_id_t`.
  package var chip: UInt16
  /// Distance from data bus to instruction bus.
  package var executableOffset: UInt32
  package var firmwareID: [UInt8]
  package var namesHash: UInt32
  /// Number of exports.
  package var exportCount: Int
  /// Whether it is for Xtensa; otherwise for RISC-V.
  package var isXtensa: Bool

  /// Reads the note of a packed image (docs/MODULE-FORMAT.md); nil if it has none.
  package init?(of image: [UInt8]) {
    let owner = Array("hotreload\0\0\0".utf8)
    let headerSize = 120
    guard let note = image.firstRange(of: owner)?.upperBound, note + headerSize <= image.count
    else {
      return nil
    }
    chip = image.half(at: note + 4)
    executableOffset = image.word(at: note + 8)
    firmwareID = Array(image[note + 12..<note + 44])
    namesHash = image.word(at: note + 76)
    exportCount = Int(image.word(at: note + 88))
    isXtensa = image.half(at: 18) == 94  // e_machine: EM_XTENSA
  }
}
