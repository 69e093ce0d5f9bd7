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
    /// Number of entries (`e_phnum`, `e_shnum`), less than 65,536.
    var count: UInt32
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
    guard bytes.word(at: 0) == 0x464C_457F,  // 0x7F "ELF"
      bytes.word(at: 4) & 0xFFFF == 0x0101  // ELFCLASS32, ELFDATA2LSB
    else { return nil }
    programHeaders = Table(
      offset: bytes.word(at: 28), count: bytes.word(at: 44) & 0xFFFF, layout: .programHeader)
    sectionHeaders = Table(
      offset: bytes.word(at: 32), count: bytes.word(at: 48) & 0xFFFF, layout: .sectionHeader)
    guard programHeaders.hasEntries(of: bytes.word(at: 42) & 0xFFFF),
      sectionHeaders.hasEntries(of: bytes.word(at: 46) & 0xFFFF)
    else { return nil }
  }
}

extension PlainHeader.Table {
  /// Whether `size` is what the file may say about its entries; an empty table may say anything.
  fileprivate func hasEntries(of size: UInt32) -> Bool {
    count == 0 || size == layout.entrySize
  }
}
