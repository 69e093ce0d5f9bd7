/// What is in an ELF file, as far as it can be read, and what the chips say of it. docs/INSPECT.md describes its
/// JSON form, member by member.
struct Inspection: Encodable, Equatable {
  /// What kind of file it is.
  enum Kind: String, Encodable {
    /// Packed: what is sent to a chip.
    case module = "module image"
    case sharedObject = "shared object"
    case executable = "executable"
    case object = "object file"
    case other = "ELF file"
  }

  /// Of this form. A change that breaks readers raises it.
  let format = 1
  /// As it was typed.
  var path: String
  /// Bytes of the file.
  var size: Int
  var kind: Kind
  /// Of `e_machine`.
  var machine: String
  /// `e_flags`.
  var flags: UInt32
  /// `e_flags` in words, such as `["RVC", "soft-float"]`.
  var abi: [String]
  /// Of the file, in its order.
  var segments: [Segment] = []
  /// Of the file, in its order; empty for a module image, which has no section headers.
  var sections: [Section] = []
  /// What a module occupies in memory, by address.
  var regions: [Region] = []
  var manifest: Manifest?
  var exports: [Export] = []
  var imports: [Import] = []
  var fixups: [FixupCount] = []
  var keptVariables: [KeptVariable] = []
  var cost: Cost?
  var firmware: Firmware?
  /// Where the names of exports and imports come from: nil if the file itself has them, or nobody.
  var namesFrom: String?
  /// What could not be read, in words. The verdicts say whether that matters to a chip.
  var damage: [String] = []
  var verdicts: [Verdict] = []

  /// Whether the chips that were asked load it, and the firmware that somebody named is the right one.
  var isLoadable = false

  private enum CodingKeys: CodingKey {
    case format, path, size, kind, machine, flags, abi, segments, sections, regions, manifest
    case exports, imports, fixups, keptVariables, cost, firmware, namesFrom, damage, verdicts
    case isLoadable
  }
}
