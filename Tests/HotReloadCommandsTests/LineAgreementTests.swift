import NIOCore
import TestImages
import Testing

@testable import HotReloadCommands

/// Both ends of the escaped line, with a line between them that delivers when it likes.
@Suite struct LineAgreementTests {
  private var computer = EscapedLine()
  private var device = DeviceEnd(afterStart: true)
  private var toDevice: [UInt8] = []
  private var toComputer: [UInt8] = []
  /// Who is connected at the computer. All bytes of a client are its number.
  private var client: UInt8 = 0
  /// Whose bytes the device got in this connection.
  private var peer: UInt8?
  /// Bytes that came back to their client.
  private var returned = 0

  private mutating func say(_ escape: LineEscape?) {
    if let escape { toDevice += Array(escape.bytes.readableBytesView) }
  }

  private mutating func deliverToDevice(_ count: Int) {
    device.receive(toDevice[..<count]) { event in
      switch event {
      case .came: peer = nil
      case .left: break
      case .bytes(let bytes):
        #expect(bytes.allSatisfy { $0 == peer ?? bytes[0] }, "of two clients")
        peer = bytes[0]
      }
    }
    toDevice.removeFirst(count)
  }

  private mutating func deliverToComputer(_ count: Int) {
    let outcome = computer.received(ByteBuffer(bytes: toComputer[..<count]))
    toComputer.removeFirst(count)
    #expect(outcome.bytes.readableBytesView.allSatisfy { $0 == client }, "of another client")
    returned += outcome.bytes.readableBytes
    say(outcome.reply)
  }

  /// Hang-ups from both ends and restarts of the device: what a client says reaches the device in its own
  /// connection only, and what the device answers reaches that client only.
  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func noConnectionIsMistakenForAnother(seed: UInt64) {
    var test = self
    var random = SplitMix(seed)
    for _ in 0..<2000 { test.step(&random, restarts: seed.isMultiple(of: 2)) }
    #expect(test.returned > 0, "nothing was tried")
  }

  private mutating func step(_ random: inout SplitMix, restarts: Bool) {
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2:
      guard computer.state == .free, let call = computer.connect() else { return }
      client = client == 0xFF ? 1 : client + 1
      say(call)
    case 3:
      if Int.random(in: 0..<4, using: &random) == 0 { say(computer.hangUp()) }
    case 4...5:
      guard computer.state != .free else { return }
      toDevice += DeviceEnd.encode([client, client], room: 16).flatMap { $0 }
    case 6...8:
      deliverToDevice(Int.random(in: 0...toDevice.count, using: &random))
    case 9...10:
      toComputer += device.answer()
      if device.isTaken, let peer { toComputer += DeviceEnd.encode([peer], room: 16)[0] }
    case 11:
      if Int.random(in: 0..<10, using: &random) == 0 { device.hangUp() }
      guard restarts, Int.random(in: 0..<50, using: &random) == 0 else { return }
      device = DeviceEnd(afterStart: true)
      peer = nil
    default:
      deliverToComputer(Int.random(in: 0...toComputer.count, using: &random))
    }
  }
}
