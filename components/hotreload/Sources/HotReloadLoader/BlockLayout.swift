import HotReloadELF

/// Where the loadable segments of an image go in its block, and how large that makes the block.
struct BlockLayout {
  /// Bytes of the segments, a multiple of 4.
  private(set) var size: UInt32 = 0
  /// The largest alignment of a segment.
  private(set) var alignment: UInt32 = 1

  /// Lays out the segments of `file`, which have to be in ascending order and apart (gABI: "loadable
  /// segment entries … appear in ascending order, sorted on the p_vaddr member").
  init(_ file: borrowing ELFFile, executableOffset: UInt32) throws(LoaderError) {
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type != .threadLocalStorage else { throw .threadLocalStorage }
      guard segment.type == .load, segment.memorySize > 0 else { continue }
      try elf(file.bytes.check(segment.offset, count: segment.fileSize))
      let address = segment.virtualAddress
      guard !(segment.flags.isExecutable && segment.flags.isWritable) || executableOffset == 0
      else {
        throw .writableCode(address: address)
      }
      guard segment.alignment <= ModuleImage.maximumAlignment else {
        throw .badAlignment(segment.alignment)
      }
      guard !segment.flags.isExecutable || address >= executableOffset else {
        throw .segmentsOverlap(address: address)
      }
      let start = segment.blockOffset(executableOffset: executableOffset)
      guard start >= size else { throw .segmentsOverlap(address: address) }
      guard start <= ModuleImage.maximumBlockSize,
        segment.memorySize <= ModuleImage.maximumBlockSize &- start
      else { throw .tooLarge(address: address) }
      size = start &+ segment.memorySize
      alignment = max(alignment, segment.alignment)
    }
    guard size > 0 else { throw .noLoadableSegment }
    size = (size &+ 3) & ~3
  }

  /// Bytes of a block for the segments and the records of the kept variables, in whole cache lines; throws `tooLarge`.
  ///
  /// ESP-IDF's `esp_cache_msync` refuses an address or a size that is no multiple of a line.
  func blockSize(keptCount: UInt32, cacheLine: UInt32) throws(LoaderError) -> UInt32 {
    guard keptCount <= (ModuleImage.maximumBlockSize &- size) / KeptRecord.size else {
      throw .tooLarge(address: size)
    }
    let end = size &+ keptCount &* KeptRecord.size
    return (end &+ cacheLine &- 1) & ~(cacheLine &- 1)
  }
}

extension ProgramHeader {
  /// Where in the block the segment begins: code is linked `executableOffset` behind its place.
  func blockOffset(executableOffset: UInt32) -> UInt32 {
    flags.isExecutable ? virtualAddress &- executableOffset : virtualAddress
  }
}
