import HotReloadELF

@testable import HotReloadBuild

/// What a packed image holds, read without the packer.
struct ImageContents {
  var dataSize: UInt32 = 0
  var data: [UInt8] = []
  var codeAddress: UInt32 = 0
  var note: [UInt8] = []

  init(_ image: [UInt8]) throws {
    let file = try ELFFile(image.span.raw)
    for index in 0..<file.programHeaderCount {
      let segment = try file.programHeader(at: index)
      let bytes = try file.contents(of: segment).array
      switch (segment.type, segment.flags.isExecutable) {
      case (.note, _): note = bytes
      case (.load, true): codeAddress = segment.virtualAddress
      case (.load, false): (dataSize, data) = (segment.memorySize, bytes)
      default: break
      }
    }
  }

  func word(at offset: Int, in bytes: [UInt8]) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  /// A field of the note's descriptor, by its offset in docs/MODULE-FORMAT.md.
  func field(_ offset: Int) -> UInt32 { word(at: 24 + offset, in: note) }
  var executableOffset: UInt32 { field(8) }
  var exportCount: Int { Int(field(88)) }
  var relativeCount: Int { Int(field(92)) }
  var oddCount: Int { Int(field(96)) }
  /// Words of the tables behind the header.
  func table(_ index: Int) -> UInt32 { field(120 + 4 * index) }
}
