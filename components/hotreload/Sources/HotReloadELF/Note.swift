/// One note: an owner, a type that the owner defines, and a descriptor (gABI, "Note Section").
public struct Note: ~Escapable {
  /// `n_type`.
  public let type: UInt32
  /// The owner's name with its NUL, `n_namesz` bytes.
  public let owner: ByteView
  /// `n_descsz` bytes.
  public let descriptor: ByteView

  /// `NT_GNU_BUILD_ID` of the owner "GNU": the linker's build-ID.
  public static let gnuBuildID: UInt32 = 3

  @_lifetime(copy owner, copy descriptor)
  init(type: UInt32, owner: ByteView, descriptor: ByteView) {
    self.type = type
    self.owner = owner
    self.descriptor = descriptor
  }
}

/// Walks the notes of a `PT_NOTE` segment or an `SHT_NOTE` section.
public struct Notes: ~Escapable {
  private let bytes: ByteView
  private var position: UInt32 = 0

  /// Walks `bytes`.
  @_lifetime(copy bytes)
  public init(_ bytes: ByteView) {
    self.bytes = bytes
  }

  /// The next note, nil at the end; throws `outOfBounds`.
  @inline(never)
  @_lifetime(copy self)
  public mutating func nextNote() throws(ELFError) -> Note? {
    guard position < bytes.count else { return nil }
    try bytes.check(position, count: 12)
    let ownerSize = bytes.loadWord(position)
    let descriptorSize = bytes.loadWord(position &+ 4)
    let type = bytes.loadWord(position &+ 8)
    // No sum wraps: each follows the check of what it adds.
    let ownerStart = position &+ 12
    let owner = try bytes.slice(at: ownerStart, count: ownerSize)
    let descriptorStart = padded(ownerStart &+ ownerSize)
    let descriptor = try bytes.slice(at: descriptorStart, count: descriptorSize)
    position = padded(descriptorStart &+ descriptorSize)
    return Note(type: type, owner: owner, descriptor: descriptor)
  }

  /// The next multiple of 4 (from the beginning of the notes), at most the end: the padding of the
  /// last note may be missing.
  private func padded(_ offset: UInt32) -> UInt32 {
    let remainder = offset & 3
    let padding = remainder == 0 ? 0 : 4 &- remainder
    return padding > bytes.count &- offset ? bytes.count : offset &+ padding
  }
}
