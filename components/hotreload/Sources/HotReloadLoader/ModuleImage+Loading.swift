import HotReloadELF
import HotReloadPort

extension ModuleImage {
  /// Copies the image into its blocks and zeroes the rest of its `blockSize` and `codeBlockSize` bytes: writes each byte
  /// once.
  ///
  /// Throws `wrongExecutableOffset`, `blockTooSmall` or `blockMisaligned`, before anything is written.
  public func place<Memory: MemoryPort>(
    in blocks: ModuleBlocks, _ memory: inout Memory
  ) throws(LoaderError) {
    try check(blocks)
    let start = blocks.data.dataAddress
    var end: UInt32 = 0
    var codeEnd: UInt32 = 0
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type == .load, segment.fileSize > 0 else { continue }
      let contents: ByteView
      do throws(ELFError) { contents = try file.contents(of: segment) } catch { throw .elf(error) }
      let offset = blockOffset(of: segment)
      if isSplit, segment.flags.isExecutable {
        let code = blocks.code.dataAddress
        memory.zeroWords(at: code &+ codeEnd, count: offset &- codeEnd)
        memory.writeWords(contents, at: code &+ offset)
        codeEnd = (offset &+ segment.fileSize &+ 3) & ~3
      } else {
        if offset > end { memory.zero(at: start &+ end, count: offset &- end) }
        memory.write(contents.bytes, at: start &+ offset)
        end = offset &+ segment.fileSize
      }
    }
    if blockSize > end { memory.zero(at: start &+ end, count: blockSize &- end) }
    if isSplit {
      memory.zeroWords(at: blocks.code.dataAddress &+ codeEnd, count: codeBlockSize &- codeEnd)
    }
  }

  /// Applies all fixups to an image that was placed in `blocks`, and writes the records of its kept variables. If it
  /// throws, they are half done.
  public func relocate<Memory: MemoryPort>(
    in blocks: ModuleBlocks, _ memory: inout Memory
  ) throws(LoaderError) {
    try check(blocks)
    let biases = biases(in: blocks)
    var fixups = Fixups(self)
    while let fixup = try fixups.next(in: self) {
      fixup.apply(biases, to: self, &memory)
    }
    var place = blocks.data.dataAddress &+ keptTableOffset
    for index in 0..<keptCount {
      try kept(at: index).write(at: place, bias: biases.data, &memory)
      place &+= KeptRecord.size
    }
  }

  /// Where in its block the segment begins.
  private func blockOffset(of segment: ProgramHeader) -> UInt32 {
    let offset = segment.virtualAddress &- layout.origin(of: segment, executableOffset)
    return isApart && !isSplit && segment.flags.isExecutable
      ? layout.codeOffset(keptCount: keptCount) &+ offset : offset
  }

  /// Throws unless the image fits into `blocks`.
  private func check(_ blocks: ModuleBlocks) throws(LoaderError) {
    let distance = blocks.data.executableOffset
    guard isApart || distance == executableOffset else {
      throw .wrongExecutableOffset(found: executableOffset, expected: distance)
    }
    try check(blocks.data, size: blockSize)
    if isSplit {
      try check(blocks.code, size: codeBlockSize)
      guard blocks.code.executableOffset == 0 else {
        throw .wrongExecutableOffset(found: 0, expected: blocks.code.executableOffset)
      }
    } else if isApart {
      // Code is aligned where it is executed, too.
      guard distance & (blockAlignment &- 1) == 0 else {
        throw .blockMisaligned(
          address: blocks.data.executableAddress, alignment: blockAlignment)
      }
    }
  }

  private func check(_ block: MemoryBlock, size: UInt32) throws(LoaderError) {
    guard block.size >= size else { throw .blockTooSmall(needed: size, found: block.size) }
    guard block.dataAddress & (blockAlignment &- 1) == 0 else {
      throw .blockMisaligned(address: block.dataAddress, alignment: blockAlignment)
    }
  }
}

extension Fixup {
  /// Writes the new value into the word.
  func apply<Memory: MemoryPort>(
    _ biases: Biases, to image: borrowing ModuleImage, _ memory: inout Memory
  ) {
    let place = address &+ (image.isInCode(address) ? biases.codePlace : biases.data)
    switch value.form {
    case .inPlace:
      let number = Self.load(place, memory) &+ value.target.addend
      Self.store(number &+ bias(for: number, of: image, biases), at: place, &memory)
    case .biased(let number):
      Self.store(number &+ bias(for: number, of: image, biases), at: place, &memory)
    case .absolute(let number): Self.store(number, at: place, &memory)
    }
  }

  /// What is added to `number`.
  @inline(__always)
  private func bias(
    for number: UInt32, of image: borrowing ModuleImage, _ biases: Biases
  ) -> UInt32 {
    guard image.isApart else { return biases.data }
    let region = value.target.region ?? XtensaRegion.of(number)
    return region == .data ? biases.data : biases.code
  }

  @inline(never)
  private static func load<Memory: MemoryPort>(_ address: UInt32, _ memory: Memory) -> UInt32 {
    if address & 3 == 0 { return memory.word(at: address) }
    var word: UInt32 = 0
    for index in 0..<4 as Range<UInt32> {
      word |= UInt32(memory.byte(at: address &+ index)) << (8 &* index)
    }
    return word
  }

  @inline(never)
  private static func store<Memory: MemoryPort>(
    _ word: UInt32, at address: UInt32, _ memory: inout Memory
  ) {
    if address & 3 == 0 { return memory.setWord(word, at: address) }
    for index in 0..<4 as Range<UInt32> {
      memory.setByte(UInt8(truncatingIfNeeded: word >> (8 &* index)), at: address &+ index)
    }
  }
}
