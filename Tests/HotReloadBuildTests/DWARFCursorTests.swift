import Testing

@testable import HotReloadBuild

struct DWARFCursorTests {
  /// DWARF 5, section 7.6, tables 7.7 and 7.8, and the ends of the range.
  @Test(
    arguments: [
      ([2], 2), ([127], 127), ([0x80, 1], 128), ([0x81, 1], 129), ([0xB9, 0x64], 12857),
      ([0x80, 0], 0),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], UInt64.max),
    ] as [([UInt8], UInt64)])
  func `unsigned LEB128`(bytes: [UInt8], value: UInt64) throws {
    var cursor = try DWARFCursor(bytes, at: 0)
    #expect(try cursor.unsigned() == value)
    #expect(cursor.isAtEnd)
  }

  @Test(
    arguments: [
      ([2], 2), ([0x7E], -2), ([0xFF, 0], 127), ([0x81, 0x7F], -127), ([0x80, 1], 128),
      ([0x80, 0x7F], -128),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F], Int64.min),
    ] as [([UInt8], Int64)])
  func `signed LEB128`(bytes: [UInt8], value: Int64) throws {
    var cursor = try DWARFCursor(bytes, at: 0)
    #expect(try cursor.signed() == value)
    #expect(cursor.isAtEnd)
  }

  @Test func `nothing is read behind the end`() throws {
    var cursor = try DWARFCursor([1, 2, 3, 0x80], at: 0, end: 3)
    #expect(throws: DWARFError.outOfBounds(0)) { try cursor.word() }
    #expect(try cursor.half() == 0x0201)
    #expect(throws: DWARFError.outOfBounds(2)) { try cursor.skip(.max) }
    #expect(throws: DWARFError.outOfBounds(2)) { try cursor.string() }
    var unfinished = try DWARFCursor([0x80], at: 0)
    #expect(throws: DWARFError.outOfBounds(1)) { try unfinished.unsigned() }
    #expect(throws: DWARFError.outOfBounds(5)) { try DWARFCursor([1, 2], at: 5) }
    #expect(throws: DWARFError.outOfBounds(-1)) { try DWARFCursor([1, 2], at: -1) }
  }

  @Test func `a number of more than 64 bits is refused`() throws {
    var cursor = try DWARFCursor([UInt8](repeating: 0x80, count: 10) + [0], at: 0)
    #expect(throws: DWARFError.numberTooLarge(0)) { try cursor.unsigned() }
  }

  @Test func `text ends at its NUL`() throws {
    var cursor = try DWARFCursor(Array("ab\0c\0".utf8), at: 0)
    #expect(try cursor.string() == "ab")
    #expect(try cursor.string() == "c")
    #expect(cursor.isAtEnd)
  }
}
