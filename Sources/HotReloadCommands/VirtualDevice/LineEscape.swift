import NIOCore

/// The escape sequences of the escaped line (docs/PORTING.md, "The escaped line").
enum LineEscape: Equatable {
  /// A connection of this number begins: the computer says so, the device repeats it.
  case connected(UInt8)
  /// It is over: who hangs up says so.
  case closed

  /// Begins every sequence: ESC of RFC 1055.
  static let escape: UInt8 = 0xDB
  /// `escape` as a byte of a connection: ESC_ESC of RFC 1055.
  static let escapedByte: UInt8 = 0xDD
  static let connectedCode = UInt8(ascii: "O")
  static let closedCode = UInt8(ascii: "C")
  /// Numbers of connections are below.
  static let numberCount: UInt8 = 128

  /// As it is on the line.
  var bytes: ByteBuffer {
    switch self {
    case .connected(let number): ByteBuffer(bytes: [Self.escape, Self.connectedCode, number])
    case .closed: ByteBuffer(bytes: [Self.escape, Self.closedCode])
    }
  }

  /// Bytes of a connection, as they are on the line.
  static func encode(_ bytes: ByteBuffer) -> ByteBuffer {
    var rest = bytes.readableBytesView
    guard rest.contains(escape) else { return bytes }
    var encoded = ByteBuffer()
    while let index = rest.firstIndex(of: escape) {
      encoded.writeBytes(rest[...index])
      encoded.writeInteger(escapedByte)
      rest = rest[(index + 1)...]
    }
    encoded.writeBytes(rest)
    return encoded
  }
}
