// The members of an inspection. Addresses are virtual ones of the file unless a comment says otherwise, sizes bytes.
extension Inspection {
  /// A program header.
  struct Segment: Encodable, Equatable {
    /// `LOAD`, `NOTE`, …
    var type: String
    /// In the file.
    var offset: UInt32
    var address: UInt32
    var fileSize: UInt32
    var memorySize: UInt32
    /// `rwx`.
    var access: String
    var alignment: UInt32
  }

  /// A section header.
  struct Section: Encodable, Equatable {
    var name: String
    /// Whether it occupies memory.
    var isLoaded: Bool
    /// `rwx`.
    var access: String
    var address: UInt32
    /// In the file.
    var offset: UInt32
    var size: UInt32
  }

  /// Part of a module's memory.
  struct Region: Encodable, Equatable {
    enum Kind: String, Encodable {
      /// Neither written nor executed.
      case constants
      /// With its initial value from the file.
      case data
      /// Zero at first.
      case bss
      case code
      /// What the packer reads and leaves out.
      case host
    }

    var kind: Kind
    var address: UInt32
    /// From the beginning of the module's block, on Xtensa of the region's part of it; nil if no loader makes one.
    var blockOffset: UInt32?
    var fileSize: UInt32
    var memorySize: UInt32
    var alignment: UInt32
  }

  /// What the hotreload note says (docs/MODULE-FORMAT.md).
  struct Manifest: Encodable, Equatable {
    var format: UInt16
    var chip: String
    /// `esp_chip_id_t`.
    var chipID: UInt16
    var executableOffset: UInt32
    /// 64 hexadecimal digits, as all IDs.
    var moduleID: String
    var firmwareID: String
    var namesHash: UInt32
    /// Milliseconds since 1970.
    var sequence: UInt64
    /// The same as a date (RFC 3339, UTC); nil beyond the year 9999.
    var packedAt: String?
    /// Of the lifecycle function, nil if there is none.
    var lifecycle: UInt32?
  }

  struct Export: Encodable, Equatable {
    /// Nil where neither the file nor a twin nor a firmware says it.
    var name: String?
    var address: UInt32
  }

  /// What a module needs from the firmware.
  struct Import: Encodable, Equatable {
    var name: String
    /// Whether 0 will do.
    var isWeak: Bool
    /// In the firmware, nil if it is bound to none yet.
    var address: UInt32?
    /// Words of the module that hold it.
    var words: [Word]

    struct Word: Encodable, Equatable {
      var address: UInt32
      /// What is added to the symbol's address there.
      var addend: Int32
    }
  }

  /// How many words have to be fixed in one way.
  struct FixupCount: Encodable, Equatable {
    /// `RELR`, `odd`, or the psABI's name of a relocation type.
    var kind: String
    /// The section, or `note`.
    var table: String
    /// False for what only a link editor reads (`--emit-relocs`, object files).
    var isForLoader: Bool
    var count: Int
  }

  /// A `HOTRELOAD_KEEP` variable.
  struct KeptVariable: Encodable, Equatable {
    var name: String
    var address: UInt32
    var size: UInt32
    var layoutHash: UInt32
  }

  /// What the module takes on the device, in bytes.
  struct Cost: Encodable, Equatable {
    /// Of the body of an upload.
    var image: Int
    /// Of one slot: header, and the image in whole write units.
    var flash: Int
    /// Of flash that a store of it erases; nil without a build plan that knows the partition.
    var erased: Int?
    /// Of one slot, likewise.
    var slot: Int?
    /// Of the module's regions.
    var payload: Int
    /// Of the module's blocks: regions, gaps between them, records of kept variables.
    var ram: UInt32
    /// Of the block.
    var alignment: UInt32
  }

  /// The firmware that a module was compared with; or the file itself, if that is one.
  struct Firmware: Encodable, Equatable {
    var path: String
    var id: String
    /// Whether the module is bound to it; nil if the file is no module.
    var isBoundTo: Bool?
    /// The symbol tables of its modules.
    var tables: [Table]

    struct Table: Encodable, Equatable {
      /// Of the partition.
      var label: String
      var names: [String]
    }
  }

  /// What a chip's own loader says.
  struct Verdict: Encodable, Equatable {
    var chip: String
    var loads: Bool
    /// Stable name of the error.
    var error: String?
    var detail: String?
    /// What to do about it.
    var hint: String?
  }
}
