/// What is in a file, as far as it can be read.
struct Inspection: Encodable, Equatable {
  /// What kind of file it is.
  enum Kind: String, Encodable {
    case module = "module image"
    case sharedObject = "shared object"
    case executable = "executable"
    case object = "object file"
    case other = "ELF file"
  }

  struct Segment: Encodable, Equatable {
    var type: String
    /// Of the file; `size` of memory.
    var offset: UInt32
    var address: UInt32
    var fileSize: UInt32
    var memorySize: UInt32
    /// `rwx`.
    var access: String
    var alignment: UInt32
  }

  /// What the hotreload note says (docs/MODULE-FORMAT.md).
  struct Manifest: Encodable, Equatable {
    var chip: String
    var id: String
    var firmwareID: String
    var sequence: UInt64
    var executableOffset: UInt32
    var namesHash: UInt32
    /// Words of RELR tables.
    var relativeWords: UInt32
    var oddFixups: UInt32
  }

  struct Export: Encodable, Equatable {
    /// Nil where the names are in the firmware.
    var name: String?
    /// Virtual.
    var address: UInt32
  }

  /// What the module takes on the device, in bytes.
  struct Cost: Encodable, Equatable {
    /// Of one slot.
    var flash: Int
    var ram: UInt32
    var alignment: UInt32
  }

  /// What a chip's own loader says.
  struct Verdict: Encodable, Equatable {
    var chip: String
    var loads: Bool
    /// Stable name of the error.
    var error: String?
    var detail: String?
  }

  var path: String
  /// Bytes of the file.
  var size: Int
  var kind: Kind
  var machine: String
  /// `e_flags`.
  var flags: UInt32
  var segments: [Segment] = []
  var manifest: Manifest?
  var exports: [Export] = []
  var cost: Cost?
  var verdicts: [Verdict] = []
  /// Whether the module is bound to the firmware that it was compared with.
  var matchesFirmware: Bool?

  /// Whether some chip loads it, and the firmware is the right one.
  var isLoadable: Bool { verdicts.contains(where: \.loads) && matchesFirmware != false }
}
