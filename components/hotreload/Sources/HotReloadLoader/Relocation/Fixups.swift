import HotReloadELF

/// Walks all fixups of an image in the order of its tables, each checked before it is delivered.
struct Fixups: ~Escapable {
  private var relative: RelativeRelocations
  private var oddPosition: UInt32 = 0
  private var relocationIndex: UInt32 = 0
  /// Where the file part of the segment begins and ends that held the last fixup: the next one is likely to
  /// be there as well.
  private var segment = AddressRange(0, 0)

  @_lifetime(copy image)
  init(_ image: borrowing ModuleImage) {
    relative = image.tables.relative
  }

  /// The next fixup of the same image, nil after the last.
  @_lifetime(self: copy self)
  mutating func next(in image: borrowing ModuleImage) throws(LoaderError) -> Fixup? {
    if let address = try elf(relative.nextAddress()) {
      guard address & 3 == 0 else { throw .misalignedFixup(address: address) }
      return try fixup(at: address, .inPlaceBiased, in: image)
    }
    if oddPosition < image.tables.odd.count {
      let address = try elf(image.tables.odd.word(at: oddPosition))
      oddPosition &+= 4
      return try fixup(at: address, .inPlaceBiased, in: image)
    }
    while relocationIndex < image.tables.relocationCount {
      let relocation = try elf(image.tables.relocation(at: relocationIndex))
      relocationIndex &+= 1
      if let value = try image.tables.value(of: relocation) {
        return try fixup(at: relocation.offset, value, in: image)
      }
    }
    return nil
  }

  /// A fixup of the word at `address`; throws `fixupOutsideData` unless its four bytes lie in the file part
  /// of one writable segment.
  @_lifetime(self: copy self)
  private mutating func fixup(
    at address: UInt32, _ value: FixupValue, in image: borrowing ModuleImage
  ) throws(LoaderError) -> Fixup {
    if !segment.contains(address, count: 4) {
      segment = image.writableFilePart(at: address)
      guard segment.contains(address, count: 4) else {
        throw .fixupOutsideData(address: address)
      }
    }
    // Writable segments lie in the block where they were linked: code that is written elsewhere than
    // it is executed was refused with the layout.
    return Fixup(blockOffset: address, value: value)
  }
}

extension ModuleImage {
  /// The addresses of the file part of the writable segment that has `address` in it; none if there is none.
  fileprivate func writableFilePart(at address: UInt32) -> AddressRange {
    var segments = file.programHeaders
    while let segment = segments.next() {
      // The layout was checked: a segment that occupies memory does not wrap.
      let range = AddressRange(
        segment.virtualAddress, segment.virtualAddress &+ segment.fileSize)
      if segment.type == .load, segment.flags.isWritable, range.contains(address) { return range }
    }
    return AddressRange(0, 0)
  }
}
