/// The note of a module image (docs/MODULE-FORMAT.md, "The note").
struct ModuleNote {
  /// Where things are, in bytes from the beginning of the note.
  enum Offset {
    static let descriptor = 24
    static let moduleID = descriptor + 44
    static let sequence = descriptor + 80
  }

  /// Bytes of the descriptor before the tables.
  private static let headerSize: UInt16 = 120

  var chip: UInt16
  var executableOffset: UInt32
  /// 32 bytes.
  var firmwareID: [UInt8]
  var namesHash: UInt32
  /// Virtual addresses in the order of the names.
  var exports: [UInt32]
  /// Words that point into the data region; on RISC-V all.
  var dataFixups = FixupLists.Encoded()
  /// Words that point into the code region.
  var codeFixups = FixupLists.Encoded()
  /// Virtual address of the lifecycle function, 0 if there is none.
  var lifecycle: UInt32 = 0
  /// Variables whose values outlive a reload, no two of one name.
  var kept: [KeptVariable] = []

  /// The note with module build-ID and sequence zero.
  var bytes: [UInt8] {
    var descriptor = LittleEndianBytes()
    descriptor.append(half: 1)
    descriptor.append(half: Self.headerSize)
    descriptor.append(half: chip)
    descriptor.append(half: 0)
    descriptor.append(executableOffset)
    descriptor.append(firmwareID)
    descriptor.append([UInt8](repeating: 0, count: 32))
    descriptor.append(namesHash)
    descriptor.append([UInt8](repeating: 0, count: 8))
    let tables = [
      exports, dataFixups.relative, dataFixups.odd, codeFixups.relative, codeFixups.odd,
    ]
    for table in tables { descriptor.append(UInt32(table.count)) }
    descriptor.append(lifecycle)
    descriptor.append(UInt32(kept.count))
    var names = LittleEndianBytes()
    var keptWords: [UInt32] = []
    for variable in kept {
      keptWords += [
        UInt32(names.bytes.count), variable.layout, variable.address, variable.size,
      ]
      names.append(Array(variable.name.utf8) + [0])
    }
    names.pad(toMultipleOf: 4, plus: 0)
    descriptor.append(UInt32(names.bytes.count))
    for word in tables.joined() { descriptor.append(word) }
    for word in keptWords { descriptor.append(word) }
    descriptor.append(names.bytes)
    var note = LittleEndianBytes()
    note.append(10)
    note.append(UInt32(descriptor.bytes.count))
    note.append(1)
    note.append(Array("hotreload\0\0\0".utf8))
    return note.bytes + descriptor.bytes
  }
}

/// Bytes in the making.
struct LittleEndianBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func append(half: UInt16) {
    bytes += [UInt8(truncatingIfNeeded: half), UInt8(truncatingIfNeeded: half >> 8)]
  }

  mutating func append(_ word: UInt32) {
    append(half: UInt16(truncatingIfNeeded: word))
    append(half: UInt16(truncatingIfNeeded: word >> 16))
  }

  /// Zeros up to the next offset that leaves `remainder` when divided by `alignment`, a power of two.
  mutating func pad(toMultipleOf alignment: UInt32, plus remainder: UInt32) {
    while UInt32(bytes.count) % alignment != remainder % alignment { bytes.append(0) }
  }
}
