import HotReloadELF
import HotReloadPort

extension ModuleImage {
  /// Copies the image into `block` and zeroes the rest of its `blockSize` bytes: writes each byte once.
  ///
  /// Throws `wrongExecutableOffset`, `blockTooSmall` or `blockMisaligned`, before anything is written.
  public func place<Memory: MemoryPort>(
    in block: MemoryBlock, _ memory: inout Memory
  ) throws(LoaderError) {
    try check(block)
    var end: UInt32 = 0
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type == .load, segment.fileSize > 0 else { continue }
      let start = segment.blockOffset(executableOffset: executableOffset)
      if start > end { memory.zero(at: block.dataAddress &+ end, count: start &- end) }
      do throws(ELFError) {
        let contents = try file.contents(of: segment)
        memory.write(contents.bytes, at: block.dataAddress &+ start)
      } catch { throw .elf(error) }
      end = start &+ segment.fileSize
    }
    if blockSize > end { memory.zero(at: block.dataAddress &+ end, count: blockSize &- end) }
  }

  /// Applies all fixups to an image that was placed in `block`, and writes the records of its kept variables. If it
  /// throws, the block is half done.
  public func relocate<Memory: MemoryPort>(
    in block: MemoryBlock, _ memory: inout Memory
  ) throws(LoaderError) {
    try check(block)
    var fixups = Fixups(self)
    while let fixup = try fixups.next(in: self) {
      fixup.apply(in: block, &memory)
    }
    var place = block.dataAddress &+ keptTableOffset
    for index in 0..<keptCount {
      try kept(at: index).write(at: place, dataAddress: block.dataAddress, &memory)
      place &+= KeptRecord.size
    }
  }

  /// Throws unless the image fits into `block`.
  private func check(_ block: MemoryBlock) throws(LoaderError) {
    guard block.executableOffset == executableOffset else {
      throw .wrongExecutableOffset(found: executableOffset, expected: block.executableOffset)
    }
    guard block.size >= blockSize else {
      throw .blockTooSmall(needed: blockSize, found: block.size)
    }
    guard block.dataAddress & (blockAlignment &- 1) == 0 else {
      throw .blockMisaligned(address: block.dataAddress, alignment: blockAlignment)
    }
  }
}

extension Fixup {
  /// Writes the new value into the word.
  func apply<Memory: MemoryPort>(in block: MemoryBlock, _ memory: inout Memory) {
    let address = block.dataAddress &+ blockOffset
    switch value {
    case .inPlaceBiased:
      Self.store(Self.load(address, memory) &+ block.dataAddress, at: address, &memory)
    case .biased(let number): Self.store(number &+ block.dataAddress, at: address, &memory)
    case .absolute(let number): Self.store(number, at: address, &memory)
    }
  }

  private static func load<Memory: MemoryPort>(_ address: UInt32, _ memory: Memory) -> UInt32 {
    if address & 3 == 0 { return memory.word(at: address) }
    var word: UInt32 = 0
    for index in 0..<4 as Range<UInt32> {
      word |= UInt32(memory.byte(at: address &+ index)) << (8 &* index)
    }
    return word
  }

  private static func store<Memory: MemoryPort>(
    _ word: UInt32, at address: UInt32, _ memory: inout Memory
  ) {
    if address & 3 == 0 { return memory.setWord(word, at: address) }
    for index in 0..<4 as Range<UInt32> {
      memory.setByte(UInt8(truncatingIfNeeded: word >> (8 &* index)), at: address &+ index)
    }
  }
}
