import NIOCore
import Testing

@testable import HotReloadCommands

@Suite struct LineDecoderTests {
  /// What came out of a decoder.
  enum Item: Equatable {
    case byte(UInt8)
    case event(LineDecoder.Event)
  }

  private func decode(_ reads: [ArraySlice<UInt8>]) -> [Item] {
    var decoder = LineDecoder()
    var items: [Item] = []
    for read in reads {
      var line = ByteBuffer(bytes: read)
      var event: LineDecoder.Event?
      repeat {
        var bytes = ByteBuffer()
        event = decoder.next(in: &line, bytes: &bytes)
        items += bytes.readableBytesView.map(Item.byte)
        items += event.map { [.event($0)] } ?? []
      } while event != nil
      #expect(line.readableBytes == 0, "\(read)")
    }
    return items
  }

  @Test(
    arguments: [
      ([], []),
      ([0x41, 0xDD], [.byte(0x41), .byte(0xDD)]),
      ([0xDB, 0xDD], [.byte(0xDB)]),
      ([0xDB, 0xDD, 0xDD, 0xDB, 0xDD], [.byte(0xDB), .byte(0xDD), .byte(0xDB)]),
      ([0xDB, 0x4F, 0x00, 0x4F], [.event(.escape(.connected(0))), .byte(0x4F)]),
      ([0xDB, 0x4F, 0x7F], [.event(.escape(.connected(127)))]),
      ([0x43, 0xDB, 0x43], [.byte(0x43), .event(.escape(.closed))]),
      (
        [0xDB, 0x43, 0xDB, 0x4F, 0x43],
        [.event(.escape(.closed)), .event(.escape(.connected(0x43)))]
      ),
      // There is no such code, no such number.
      ([0xDB, 0x00, 0x41], [.event(.lost), .byte(0x41)]),
      ([0xDB, 0x4F, 0x80, 0x41], [.event(.lost), .byte(0x41)]),
      // Cut before another sequence: that one counts.
      ([0xDB, 0xDB, 0x43], [.event(.lost), .event(.escape(.closed))]),
      ([0xDB, 0x4F, 0xDB, 0x43], [.event(.lost), .event(.escape(.closed))]),
      ([0xDB, 0xDB, 0xDD], [.event(.lost), .byte(0xDB)]),
      ([0xDB, 0xDB, 0xDB], [.event(.lost), .event(.lost)]),
      // The escape byte was lost: nobody can tell.
      ([0x41, 0x43], [.byte(0x41), .byte(0x43)]),
    ] as [([UInt8], [Item])])
  func decodesWhateverTheReadsAre(line: [UInt8], items: [Item]) {
    for cut in 0...line.count {
      #expect(decode([line[..<cut], line[cut...]]) == items, "cut at \(cut)")
    }
    #expect(decode(line.indices.map { line[$0...$0] }) == items, "byte by byte")
  }

  @Test(
    arguments: [
      ([], []), ([0x41], [0x41]), ([0xDB], [0xDB, 0xDD]), ([0xDD], [0xDD]),
      ([0x01, 0xDB, 0xDB, 0x02], [0x01, 0xDB, 0xDD, 0xDB, 0xDD, 0x02]),
    ] as [([UInt8], [UInt8])])
  func encodesBytes(bytes: [UInt8], line: [UInt8]) {
    #expect(Array(LineEscape.encode(ByteBuffer(bytes: bytes)).readableBytesView) == line)
  }

  @Test func everyByteComesThrough() {
    let bytes = (0...UInt8.max).flatMap { [$0, LineEscape.escape, UInt8.max - $0] }
    let line = Array(LineEscape.encode(ByteBuffer(bytes: bytes)).readableBytesView)
    #expect(decode([line[...]]) == bytes.map { Item.byte($0) })
  }

  @Test func sequencesAreWhatTheirCodesSay() {
    #expect(Array(LineEscape.connected(5).bytes.readableBytesView) == [0xDB, 0x4F, 5])
    #expect(Array(LineEscape.closed.bytes.readableBytesView) == [0xDB, 0x43])
  }

  /// A stream of escape bytes alone must neither fill memory nor stop.
  @Test func aFloodOfEscapeBytesIsAsManyEvents() {
    let flood = [UInt8](repeating: LineEscape.escape, count: 100_000)
    #expect(decode([flood[...]]).count == flood.count - 1)
  }
}
