/// `p_type`: what a segment is for (gABI, "Program Header").
public struct SegmentType: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt32

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `PT_LOAD`: bytes that go into memory.
  public static let load = SegmentType(rawValue: 1)
  /// `PT_DYNAMIC`: the dynamic section.
  public static let dynamic = SegmentType(rawValue: 2)
  /// `PT_NOTE`: notes.
  public static let note = SegmentType(rawValue: 4)
  /// `PT_TLS`: the template of thread-local storage.
  public static let threadLocalStorage = SegmentType(rawValue: 7)
}

/// `p_flags`: what memory of a segment may be used for (gABI, "Segment Permissions").
public struct SegmentFlags: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt32

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `PF_X` is set.
  public var isExecutable: Bool { rawValue & 1 != 0 }
  /// `PF_W` is set.
  public var isWritable: Bool { rawValue & 2 != 0 }
  /// `PF_R` is set.
  public var isReadable: Bool { rawValue & 4 != 0 }
}

/// One program header (gABI, "Program Header").
public struct ProgramHeader: Equatable, Sendable {
  /// Size of `Elf32_Phdr`.
  public static let size: UInt32 = 32

  /// `p_type`.
  public let type: SegmentType
  /// `p_offset`.
  public let offset: UInt32
  /// `p_vaddr`.
  public let virtualAddress: UInt32
  /// `p_paddr`.
  public let physicalAddress: UInt32
  /// `p_filesz`.
  public let fileSize: UInt32
  /// `p_memsz`.
  public let memorySize: UInt32
  /// `p_flags`.
  public let flags: SegmentFlags
  /// `p_align`, at least 1.
  public let alignment: UInt32

  /// The header in `bytes`, which are `size` bytes.
  init(_ bytes: borrowing ByteView) {
    type = SegmentType(rawValue: bytes.loadWord(0))
    offset = bytes.loadWord(4)
    virtualAddress = bytes.loadWord(8)
    physicalAddress = bytes.loadWord(12)
    fileSize = bytes.loadWord(16)
    memorySize = bytes.loadWord(20)
    flags = SegmentFlags(rawValue: bytes.loadWord(24))
    alignment = max(bytes.loadWord(28), 1)
  }

  /// Throws `fileSizeExceedsMemorySize`, `segmentWraps` or `badAlignment` unless a loadable segment can be
  /// as its header says.
  func checkLoadable() throws(ELFError) {
    guard type == .load else { return }
    guard fileSize <= memorySize else { throw .fileSizeExceedsMemorySize(virtualAddress) }
    guard memorySize <= UInt32.max &- virtualAddress else { throw .segmentWraps(virtualAddress) }
    guard alignment & (alignment &- 1) == 0 else { throw .badAlignment(alignment) }
  }

  /// Whether `count` bytes from `address` lie wholly in the part of the segment that is in the file.
  public func holdsInFile(_ address: UInt32, count: UInt32) -> Bool {
    address >= virtualAddress && address &- virtualAddress <= fileSize
      && count <= fileSize &- (address &- virtualAddress)
  }
}

/// Walks the program headers of a file.
public struct ProgramHeaders: ~Escapable {
  private let table: ByteView
  private var position: UInt32 = 0

  /// Walks `table`, a whole number of program headers.
  @_lifetime(copy table)
  init(_ table: ByteView) {
    self.table = table
  }

  /// The next program header, nil after the last.
  @inline(never)
  @_lifetime(self: copy self)
  public mutating func next() -> ProgramHeader? {
    guard position < table.count,
      let bytes = try? table.slice(at: position, count: ProgramHeader.size)
    else { return nil }
    position &+= ProgramHeader.size
    return ProgramHeader(bytes)
  }

  /// The flags of the loadable segment that has `address` in the file; none if there is no such segment.
  @inline(never)
  public func flags(at address: UInt32) -> SegmentFlags {
    var position: UInt32 = 0
    while position < table.count {
      // Of each header what decides, and no more: a loader asks for every function.
      if table.loadWord(position) == SegmentType.load.rawValue,
        address &- table.loadWord(position &+ 8) < table.loadWord(position &+ 16)
      {
        return SegmentFlags(rawValue: table.loadWord(position &+ 24))
      }
      position &+= ProgramHeader.size
    }
    return SegmentFlags(rawValue: 0)
  }
}
