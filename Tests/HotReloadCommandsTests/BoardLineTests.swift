import BoardLine
import NIOCore
import TestImages
import Testing

@testable import HotReloadCommands

/// The device's end of the escaped line: Boards/qemu-xtensa/src/line.c.
@Suite struct BoardLineTests {
  private static let open: [UInt8] = [0xDB, 0x4F, 7]
  private static let other: [UInt8] = [0xDB, 0x4F, 8]
  private static let close: [UInt8] = [0xDB, 0x43]
  private static let cut: [UInt8] = [0xDB, 0x00]
  private static let text: [UInt8] = Array("hi".utf8)

  /// All that a computer can say, while nobody is connected and while somebody is: what the device hears, and what
  /// it answers. `[` is a peer that came, `]` one that left.
  @Test(
    arguments: [
      ([], text, "", []), ([], open, "[", open), ([], close, "", []), ([], cut, "", []),
      (open, text, "[hi", open), (open, other, "[[", other), (open, close, "[]", open),
      (open, cut, "[]", open + close),
      // After the device hung up by itself.
      (open + cut, text, "[]", open + close), (open + cut, other, "[][", other),
      (open + cut, close, "[]", open + close), (open + cut, cut, "[]", open + close),
      // A sequence that was cut does not hide the next.
      ([0xDB], open, "[", open), ([0xDB, 0x4F], open, "[", open),
      (open + text + [0xDB], other, "[hi][", other),
      (open + text + [0xDB, 0x4F], close, "[hi]", open + close),
      (open, [0xDB, 0x4F, 0x80], "[]", open + close),
      (open, [0xDB, 0xDD, 0x43, 0xDD], "[\u{DB}C\u{DD}", open),
    ] as [([UInt8], [UInt8], String, [UInt8])])
  func followsTheComputer(before: [UInt8], says: [UInt8], hears: String, answers: [UInt8]) {
    let line = before + says
    for cut in 0...line.count {
      var device = DeviceEnd()
      device.receive(line[..<cut])
      device.receive(line[cut...])
      #expect(device.heard == hears, "cut at \(cut)")
      #expect(device.answer() == answers, "cut at \(cut)")
      #expect(device.answer() == [], "once")
    }
  }

  @Test func aDeviceThatStartsSaysThatNobodyIsConnected() {
    var device = DeviceEnd(afterStart: true)
    #expect(device.answer() == Self.close)
    device.receive(Self.text + Self.open + Self.text)
    #expect(device.heard == "[hi")
    #expect(device.answer() == Self.open)
  }

  @Test func aDeviceThatHungUpHearsNothingMore() {
    var device = DeviceEnd()
    device.receive(Self.open[...])
    device.hangUp()
    device.hangUp()
    #expect(device.answer() == Self.open + Self.close)
    device.receive(Self.text + Self.close + Self.other)
    #expect(device.heard == "[[")
    #expect(device.answer() == Self.other)
  }

  @Test(arguments: [2, 3, 4, 16])
  func encodesWholeSequencesIntoTheRoomThereIs(room: Int) {
    let bytes: [UInt8] = [1, 0xDB, 0xDB, 2, 3, 0xDB]
    let pieces = DeviceEnd.encode(bytes, room: room)
    #expect(pieces.allSatisfy { (1...room).contains($0.count) && $0.last != 0xDB }, "\(pieces)")
    #expect(
      pieces.flatMap { $0 }
        == Array(LineEscape.encode(ByteBuffer(bytes: bytes)).readableBytesView))
  }
}
