import HotReloadPort

extension ModuleStore {
  /// The ELF at the beginning of the partition, nil if there is none. Its length is the end of what
  /// its headers name, its digest that of what is there.
  @inline(never)
  func plainImage(in flash: some FlashPort) throws(StoreError) -> StoredImage? {
    guard let length = try plainLength(in: flash) else { return nil }
    return StoredImage(
      slot: .first, offset: 0, length: length, sequence: 0,
      digest: try digest(at: 0, length: length, in: flash), isPlain: true, marks: Mark.confirmed.bit
    )
  }

  /// Bytes of the ELF at the beginning of the partition: the end of its header, of its two header
  /// tables, and of all that these name. Nil if it is no ELF32 little-endian, or if anything that
  /// it names lies outside the partition.
  private func plainLength(in flash: some FlashPort) throws(StoreError) -> UInt32? {
    let header = try flash.reading(partition, 0, PlainHeader.size) { PlainHeader($0) }
    guard let header,
      let segments = try end(of: header.programHeaders, in: flash),
      let sections = try end(of: header.sectionHeaders, in: flash)
    else { return nil }
    return max(PlainHeader.size, max(segments, sections))
  }

  /// The end of `table` and of all that its entries name, 0 for an empty table, nil if it lies
  /// outside the partition.
  @inline(never)
  private func end(
    of table: PlainHeader.Table, in flash: some FlashPort
  ) throws(StoreError) -> UInt32? {
    guard table.size > 0 else { return 0 }
    guard let tableEnd = partition.end(of: table.offset, table.size) else { return nil }
    return try flash.reading(partition, table.offset, table.size) {
      [partition] entries -> UInt32? in
      var furthest = tableEnd
      var entry = 0
      while entry < entries.byteCount {
        if entries.word(at: entry + table.layout.type) != table.layout.empty {
          guard
            let end = partition.end(
              of: entries.word(at: entry + table.layout.offset),
              entries.word(at: entry + table.layout.fileSize))
          else { return nil }
          furthest = max(furthest, end)
        }
        entry += Int(table.layout.entrySize)
      }
      return furthest
    }
  }
}

extension Partition {
  /// `offset` + `count`, nil where that lies outside.
  fileprivate func end(of offset: UInt32, _ count: UInt32) -> UInt32? {
    guard offset <= size, count <= size - offset else { return nil }
    return offset + count
  }
}
