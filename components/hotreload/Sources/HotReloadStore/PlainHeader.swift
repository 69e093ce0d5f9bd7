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
    /// Bytes of an entry (`e_phentsize`, `e_shentsize`), then the number of entries (`e_phnum`,
    /// `e_shnum`): two 16-bit numbers that lie side by side.
    var sizeAndCount: UInt32
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
      offset: bytes.word(at: 28), sizeAndCount: bytes.word(at: 42), layout: .programHeader)
    sectionHeaders = Table(
      offset: bytes.word(at: 32), sizeAndCount: bytes.word(at: 46), layout: .sectionHeader)
    guard programHeaders.hasStandardEntries, sectionHeaders.hasStandardEntries
    else { return nil }
  }
}

extension PlainHeader.Table {
  /// Bytes of all entries, less than 4 MiB.
  var size: UInt32 { (sizeAndCount >> 16) * layout.entrySize }

  /// Whether the entries are of the standard size; an empty table may say anything about them.
  fileprivate var hasStandardEntries: Bool {
    sizeAndCount >> 16 == 0 || sizeAndCount & 0xFFFF == layout.entrySize
  }
}
