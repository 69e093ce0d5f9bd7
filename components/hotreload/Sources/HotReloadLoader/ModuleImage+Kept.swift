import HotReloadELF

extension ModuleImage {
  /// Kept variable `index`, at its virtual address.
  ///
  /// Throws `noSuchKeptVariable`, `keptOutsideData` unless it lies in the memory of one writable segment,
  /// `badKeptName`.
  @inline(never)
  public func kept(at index: UInt32) throws(LoaderError) -> KeptRecord {
    var hash: UInt32 = 0x811C_9DC5
    let name = try keptName(at: index)
    for offset in 0..<name.count {
      hash = (hash ^ UInt32(name.loadByte(offset))) &* 0x0100_0193
    }
    // The table was cut out with this count, and the name found.
    let entry = index &* KeptRecord.size
    let address = tables.kept.loadWord(entry &+ 8)
    let size = tables.kept.loadWord(entry &+ 12)
    guard isData(address, count: size) else { throw .keptOutsideData(address: address) }
    return KeptRecord(
      nameHash: hash, layoutHash: tables.kept.loadWord(entry &+ 4), address: address,
      byteCount: size)
  }

  /// The name of kept variable `index`, without NUL; throws `noSuchKeptVariable`, `badKeptName`.
  @inline(never)
  @_lifetime(copy self)
  public func keptName(at index: UInt32) throws(LoaderError) -> ByteView {
    guard index < keptCount else { throw .noSuchKeptVariable(index) }
    let offset = tables.kept.loadWord(index &* KeptRecord.size)
    do throws(ELFError) { return try tables.keptNames.string(at: offset) } catch {
      throw .badKeptName(offset: offset)
    }
  }

  /// Whether `count` bytes from `address` lie in the memory of one writable segment.
  private func isData(_ address: UInt32, count: UInt32) -> Bool {
    var segments = file.programHeaders
    while let segment = segments.next() {
      // The layout was checked: a segment that occupies memory does not wrap.
      let range = AddressRange(
        segment.virtualAddress, segment.virtualAddress &+ segment.memorySize)
      if segment.type == .load, segment.flags.isWritable, range.contains(address, count: count) {
        return true
      }
    }
    return false
  }
}
