import HotReloadELF

/// Where the loadable segments of an image go, and how much memory that takes.
///
/// An image whose regions are linked far apart (Xtensa.swift) is laid out region by region, any other as a whole.
struct BlockLayout {
  /// Bytes of the segments, a multiple of 4; of the data where the code is apart.
  private(set) var size: UInt32 = 0
  /// Where the code is, if it is apart.
  private(set) var regions: RegionLayout
  /// The largest alignment of a segment, at least 16.
  private(set) var alignment: UInt32 = 16

  /// Lays out the segments of `file`, which have to be in ascending order and apart (gABI: "loadable
  /// segment entries … appear in ascending order, sorted on the p_vaddr member").
  @inline(never)  // It would be there twice: for packed images and for others.
  init(
    _ file: borrowing ELFFile, isPacked: Bool, executableOffset: UInt32, placement: Placement
  ) throws(LoaderError) {
    let isApart = file.isXtensa && (isPacked || file.beginsInRegions)
    let isSplit = file.isXtensa && placement == .split
    regions = RegionLayout(isApart: isApart, isSplit: isSplit)
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type != .threadLocalStorage else { throw .threadLocalStorage }
      guard segment.type == .load, segment.memorySize > 0 else { continue }
      try elf(file.bytes.check(segment.offset, count: segment.fileSize))
      let address = segment.virtualAddress
      guard
        !(segment.flags.isExecutable && segment.flags.isWritable)
          || (isApart ? !isPacked : executableOffset == 0)
      else {
        throw .writableCode(address: address)
      }
      guard segment.alignment <= ModuleImage.maximumAlignment else {
        throw .badAlignment(segment.alignment)
      }
      alignment = max(alignment, segment.alignment)
      let origin = origin(of: segment, executableOffset)
      let end = isCodeApart(segment) ? regions.codeSize : size
      guard address >= origin, address &- origin >= end,
        isCodeApart(segment) || regions.codeSize == 0
      else { throw .segmentsOverlap(address: address) }
      let start = address &- origin
      guard start <= ModuleImage.maximumBlockSize,
        segment.memorySize <= ModuleImage.maximumBlockSize &- start
      else { throw .tooLarge(address: address) }
      if isCodeApart(segment) {
        // It may be written by words only.
        guard start & 3 == 0 else { throw .badAlignment(segment.alignment) }
        regions.codeSize = start &+ segment.memorySize
      } else {
        size = start &+ segment.memorySize
      }
    }
    guard size | regions.codeSize > 0 else { throw .noLoadableSegment }
    size = (size &+ 3) & ~3
    regions.codeSize = (regions.codeSize &+ 3) & ~3
  }

  /// The virtual address of what comes first where the segment goes.
  @inline(__always)
  func origin(of segment: ProgramHeader, _ executableOffset: UInt32) -> UInt32 {
    guard regions.isApart else { return segment.flags.isExecutable ? executableOffset : 0 }
    return segment.flags.isExecutable ? XtensaRegion.code : XtensaRegion.data
  }

  /// Whether the segment goes where code is, apart from the data.
  @inline(__always)
  private func isCodeApart(_ segment: ProgramHeader) -> Bool {
    regions.isApart && segment.flags.isExecutable
  }

  /// Where code begins in a block that holds data, the records of the kept variables, and code that was linked apart.
  func codeOffset(keptCount: UInt32) -> UInt32 {
    Self.round(size &+ keptCount &* KeptRecord.size, to: alignment)
  }

  /// Bytes of the block that begins with the data, in whole cache lines: all segments, except for code that goes elsewhere
  /// , and the records of the kept variables. Throws `tooLarge`.
  ///
  /// ESP-IDF's `esp_cache_msync` refuses an address or a size that is no multiple of a line.
  func blockSize(keptCount: UInt32, cacheLine: UInt32) throws(LoaderError) -> UInt32 {
    guard keptCount <= (ModuleImage.maximumBlockSize &- size) / KeptRecord.size else {
      throw .tooLarge(address: size)
    }
    var end = size &+ keptCount &* KeptRecord.size
    if regions.isApart, !regions.isSplit {
      end = codeOffset(keptCount: keptCount) &+ regions.codeSize
      guard end <= ModuleImage.maximumBlockSize else {
        throw .tooLarge(address: XtensaRegion.code)
      }
    }
    return Self.round(end, to: cacheLine)
  }

  /// The next multiple of a power of two.
  @inline(__always)
  private static func round(_ number: UInt32, to unit: UInt32) -> UInt32 {
    (number &+ unit &- 1) & ~(unit &- 1)
  }
}
