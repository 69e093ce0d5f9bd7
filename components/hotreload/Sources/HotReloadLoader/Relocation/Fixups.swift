import HotReloadELF

/// Walks all fixups of an image in the order of its tables, each checked before it is delivered.
struct Fixups: ~Escapable {
  private var relative: RelativeRelocations
  private var oddPosition: UInt32 = 0
  /// The region that those point to.
  private var region = FixupTarget.data
  private var relocationIndex: UInt32 = 0
  /// Where the file part of the segment begins and ends that held the last fixup: the next one is likely to
  /// be there as well.
  private var segment = AddressRange(0, 0)

  @_lifetime(copy image)
  init(_ image: borrowing ModuleImage) {
    relative = image.tables.relative
  }

  /// The next fixup of the same image, nil after the last; throws `fixupOutsideData` unless its four bytes lie in the
  /// file part of one segment that may be fixed, `misalignedFixup` if it is no whole word of RELR's or of code.
  @inline(never)
  @_lifetime(self: copy self, copy image)
  mutating func next(in image: borrowing ModuleImage) throws(LoaderError) -> Fixup? {
    var address: UInt32
    var value = FixupValue(.inPlace, region)
    if let next = try elf(relative.nextAddress()) {
      guard next & 3 == 0 else { throw .misalignedFixup(address: next) }
      address = next
    } else if let next = try nextOdd(in: image) {
      address = next
    } else if image.file.isXtensa, region == .data, let manifest = image.manifest {
      region = .code
      do throws(ELFError) {
        relative = try RelativeRelocations(ModuleTables.codeFixups(manifest, isOdd: false))
      } catch { throw .elf(error) }
      oddPosition = 0
      return try next(in: image)
    } else {
      while true {
        guard relocationIndex < image.tables.relocationCount else { return nil }
        let relocation = try elf(image.tables.relocation(at: relocationIndex))
        relocationIndex &+= 1
        address = relocation.offset
        guard let asked = try image.value(of: relocation) else { continue }
        value = asked
        break
      }
    }
    if !segment.contains(address, count: 4) {
      segment = image.filePart(at: address)
      guard segment.contains(address, count: 4) else {
        throw .fixupOutsideData(address: address)
      }
    }
    if image.isInCode(address), address & 3 != 0 {
      throw .misalignedFixup(address: address)
    }
    // Writable segments of RISC-V lie in the block where they were linked: code that is written elsewhere than
    // it is executed was refused with the layout.
    return Fixup(address: address, value: value)
  }

  /// The next word that holds an address itself and may lie anywhere; nil after the last of its region.
  @inline(__always)
  @_lifetime(self: copy self)
  private mutating func nextOdd(in image: borrowing ModuleImage) throws(LoaderError) -> UInt32? {
    var odd = image.tables.odd
    if image.file.isXtensa, region == .code, let manifest = image.manifest {
      do throws(ELFError) { odd = try ModuleTables.codeFixups(manifest, isOdd: true) } catch {
        throw .elf(error)
      }
    }
    guard oddPosition < odd.count else { return nil }
    let address = try elf(odd.word(at: oddPosition))
    oddPosition &+= 4
    return address
  }
}

extension ModuleImage {
  /// The addresses of the file part of the segment that has `address` in it, if its words may be fixed: it is writable
  /// or, where literals lie between the instructions, executable. None otherwise.
  fileprivate func filePart(at address: UInt32) -> AddressRange {
    var segments = file.programHeaders
    while let segment = segments.next() {
      // The layout was checked: a segment that occupies memory does not wrap.
      let range = AddressRange(
        segment.virtualAddress, segment.virtualAddress &+ segment.fileSize)
      if segment.type == .load,
        segment.flags.isWritable || file.isXtensa && segment.flags.isExecutable,
        range.contains(address)
      {
        return range
      }
    }
    return AddressRange(0, 0)
  }
}
