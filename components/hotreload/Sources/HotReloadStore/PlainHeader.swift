/// The few fields of an ELF32 header (gABI, "ELF Header") that tell how long the file is.
struct PlainHeader {
  /// Bytes of an ELF32 header (`e_ehsize`).
  static let size: UInt32 = 52

  var programHeaders: Table
  var sectionHeaders: Table

  /// A header table.
  struct Table {
    /// From the beginning of the file, in bytes (`e_phoff`, `e_shoff`).
    var offset: UInt32
    /// Number of entries (`e_phnum`, `e_shnum`).
    var count: UInt16
    var layout: EntryLayout
  }

  /// Where an entry of a header table says which bytes of the file it means; offsets in bytes.
  struct EntryLayout {
    /// Bytes of one entry (`e_phentsize`, `e_shentsize`).
    var entrySize: UInt32
    /// `p_type`, `sh_type`.
    var type: Int
    /// `p_offset`, `sh_offset`.
    var offset: Int
    /// `p_filesz`, `sh_size`.
    var fileSize: Int
    /// The type of an entry that has no bytes in the file, whatever else it says.
    var empty: UInt32

    /// PT_NULL is empty (gABI, "Program Header").
    static let programHeader = EntryLayout(
      entrySize: 32, type: 0, offset: 4, fileSize: 16, empty: 0)
    /// SHT_NOBITS is empty (gABI, "Section Header").
    static let sectionHeader = EntryLayout(
      entrySize: 40, type: 4, offset: 16, fileSize: 20, empty: 8)
  }

  /// Nil unless the `size` bytes are the header of an ELF32 little-endian file with tables of the
  /// standard entry sizes.
  init?(_ bytes: RawSpan) {
    guard bytes.number(at: 0, as: UInt32.self) == 0x464C_457F,  // 0x7F "ELF"
      bytes.number(at: 4, as: UInt16.self) == 0x0101  // ELFCLASS32, ELFDATA2LSB
    else { return nil }
    programHeaders = Table(
      offset: bytes.number(at: 28, as: UInt32.self), count: bytes.number(at: 44, as: UInt16.self),
      layout: .programHeader)
    sectionHeaders = Table(
      offset: bytes.number(at: 32, as: UInt32.self), count: bytes.number(at: 48, as: UInt16.self),
      layout: .sectionHeader)
    guard programHeaders.hasEntries(of: bytes.number(at: 42, as: UInt16.self)),
      sectionHeaders.hasEntries(of: bytes.number(at: 46, as: UInt16.self))
    else { return nil }
  }
}

extension PlainHeader.Table {
  /// Whether `size` is what the file may say about its entries; an empty table may say anything.
  fileprivate func hasEntries(of size: UInt16) -> Bool {
    count == 0 || UInt32(size) == layout.entrySize
  }
}
