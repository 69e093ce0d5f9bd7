/// A checked view of an ELF32 little-endian file of any type and machine.
///
/// Nothing is copied. Every accessor tests what it reads against the bytes that are there
/// and throws; none traps, whatever the bytes are.
public struct ELFFile: ~Escapable {
  /// The ELF header.
  public let header: ELFHeader
  private let programHeaderTable: ByteView

  /// Checks the ELF header and the program headers.
  ///
  /// Throws what `ELFHeader.init` throws; `outOfBounds` if the program headers do not lie in the file;
  /// `fileSizeExceedsMemorySize`, `segmentWraps` or `badAlignment` for a loadable segment.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) throws(ELFError) {
    header = try ELFHeader(ByteView(bytes))
    let size = UInt32(header.programHeaderCount) &* ProgramHeader.size
    programHeaderTable =
      size == 0 ? .empty : try header.file.slice(at: header.programHeaderOffset, count: size)
    var segments = programHeaders
    while let segment = segments.next() { try segment.checkLoadable() }
  }

  /// The whole file.
  public var bytes: ByteView {
    @_lifetime(copy self) get { header.file }
  }

  /// Number of program headers (`e_phnum`).
  public var programHeaderCount: UInt16 { header.programHeaderCount }

  /// All program headers in order.
  public var programHeaders: ProgramHeaders {
    @_lifetime(copy self) get { ProgramHeaders(programHeaderTable) }
  }

  /// Program header `index`; throws `noSuchIndex`.
  public func programHeader(at index: UInt16) throws(ELFError) -> ProgramHeader {
    guard index < programHeaderCount else { throw .noSuchIndex(UInt32(index)) }
    return ProgramHeader(
      try programHeaderTable.slice(
        at: UInt32(index) &* ProgramHeader.size, count: ProgramHeader.size))
  }

  /// The first program header of a type, nil if there is none.
  public func programHeader(ofType type: SegmentType) -> ProgramHeader? {
    var segments = programHeaders
    while let segment = segments.next() {
      if segment.type == type { return segment }
    }
    return nil
  }

  /// The bytes that a segment has in the file; throws `outOfBounds`.
  @_lifetime(copy self)
  public func contents(of segment: ProgramHeader) throws(ELFError) -> ByteView {
    try bytes.slice(at: segment.offset, count: segment.fileSize)
  }

  /// What the file has from virtual address `address` to the end of the segment's bytes; throws
  /// `addressNotInFile` if no loadable segment has the address in the file.
  @_lifetime(copy self)
  public func contents(from address: UInt32) throws(ELFError) -> ByteView {
    var segments = programHeaders
    while let segment = segments.next() {
      guard segment.type == .load, segment.holdsInFile(address, count: 1) else { continue }
      let start = address &- segment.virtualAddress
      return try contents(of: segment).slice(at: start, count: segment.fileSize &- start)
    }
    throw .addressNotInFile(address)
  }

  /// `count` bytes from virtual address `address`; throws `addressNotInFile`, and `outOfBounds` unless
  /// one loadable segment has them all in the file.
  @_lifetime(copy self)
  public func contents(address: UInt32, count: UInt32) throws(ELFError) -> ByteView {
    try contents(from: address).slice(at: 0, count: count)
  }

  /// The end of what the headers name: header tables, segments and sections. At most the file's size;
  /// what lies behind it is not part of the file. Throws `outOfBounds` if the file is shorter.
  public func extent() throws(ELFError) -> UInt32 {
    var end = ELFHeader.size
    if programHeaderCount > 0 {
      let size = UInt32(programHeaderCount) &* ProgramHeader.size
      end = max(end, try endOfRange(header.programHeaderOffset, count: size))
    }
    var segments = programHeaders
    while let segment = segments.next() {
      if segment.fileSize > 0 {
        end = max(end, try endOfRange(segment.offset, count: segment.fileSize))
      }
    }
    let sectionCount = try self.sectionCount
    if sectionCount > 0 {
      let size = UInt32(sectionCount) &* SectionHeader.size
      end = max(end, try endOfRange(header.sectionHeaderOffset, count: size))
    }
    for index in 0..<sectionCount {
      let section = try sectionHeader(at: index)
      if section.type != .noBits && section.type != .null {
        end = max(end, try endOfRange(section.offset, count: section.byteCount))
      }
    }
    return end
  }

  private func endOfRange(_ offset: UInt32, count: UInt32) throws(ELFError) -> UInt32 {
    try bytes.check(offset, count: count)
    return offset &+ count
  }
}
