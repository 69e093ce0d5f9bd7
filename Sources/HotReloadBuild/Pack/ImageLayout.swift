/// An ELF file of a note and one or two regions, without section headers: what is sent to the chip.
struct ImageLayout {
  /// `e_machine`.
  var machine: UInt16
  /// `e_flags`.
  var flags: UInt32
  var data: SharedObject.Region?
  var code: SharedObject.Region

  /// Size of `Elf32_Ehdr` and `Elf32_Phdr` (gABI).
  private static let headerSize = 52
  private static let programHeaderSize = 32

  /// `p_type` and `p_flags` (gABI, "Program Header").
  private enum Segment {
    static let load: UInt32 = 1
    static let note: UInt32 = 4
    static let readable: UInt32 = 4
    static let writable: UInt32 = 2
    static let executable: UInt32 = 1
  }

  private var programHeaderCount: Int { data == nil ? 2 : 3 }

  /// Where the note begins: right behind the headers.
  var noteOffset: Int { Self.headerSize + programHeaderCount * Self.programHeaderSize }

  /// The file.
  func bytes(note: [UInt8]) -> [UInt8] {
    var headers = LittleEndianBytes()
    headers.append([0x7F] + Array("ELF".utf8) + [1, 1, 1] + [UInt8](repeating: 0, count: 9))
    headers.append(half: 3)  // e_type: ET_DYN
    headers.append(half: machine)
    headers.append(1)  // e_version
    headers.append(0)  // e_entry
    headers.append(UInt32(Self.headerSize))  // e_phoff
    headers.append(0)  // e_shoff
    headers.append(flags)
    headers.append(half: UInt16(Self.headerSize))
    headers.append(half: UInt16(Self.programHeaderSize))
    headers.append(half: UInt16(programHeaderCount))
    for _ in 0..<3 { headers.append(half: 0) }  // no sections

    var body = LittleEndianBytes()
    body.append([UInt8](repeating: 0, count: noteOffset))
    body.append(note)
    Self.append(
      to: &headers, type: Segment.note, offset: noteOffset, address: 0, fileSize: note.count,
      memorySize: 0, flags: Segment.readable, alignment: 4)
    let regions = [
      (data, Segment.readable | Segment.writable), (code, Segment.readable | Segment.executable),
    ]
    for case (let region?, let flags) in regions {
      body.pad(toMultipleOf: region.alignment, plus: region.address)
      Self.append(
        to: &headers, type: Segment.load, offset: body.bytes.count, address: region.address,
        fileSize: region.bytes.count, memorySize: region.memorySize, flags: flags,
        alignment: region.alignment)
      body.append(region.bytes)
    }
    return headers.bytes + body.bytes.dropFirst(noteOffset)
  }

  private static func append(
    to headers: inout LittleEndianBytes, type: UInt32, offset: Int, address: UInt32,
    fileSize: Int, memorySize: UInt32, flags: UInt32, alignment: UInt32
  ) {
    for word in [
      type, UInt32(offset), address, address, UInt32(fileSize), memorySize, flags, alignment,
    ] { headers.append(word) }
  }
}
