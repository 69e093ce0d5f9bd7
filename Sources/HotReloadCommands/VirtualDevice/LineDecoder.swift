import NIOCore

/// Takes the escape sequences out of what comes over the escaped line, wherever its pieces begin and end. No I/O.
struct LineDecoder {
  /// What ended a run of bytes.
  enum Event: Equatable {
    case escape(LineEscape)
    /// Bytes are missing, or there is no such sequence.
    case lost
  }

  private enum Place {
    case bytes
    /// Behind an escape byte.
    case code
    /// Behind `LineEscape.connectedCode`.
    case number
  }

  private var place = Place.bytes

  /// Decodes up to the next event, and takes from `line` what that was.
  ///
  /// - Parameter bytes: gets the connection's bytes before the event.
  /// - Returns: nil once `line` is used up.
  mutating func next(in line: inout ByteBuffer, bytes: inout ByteBuffer) -> Event? {
    while line.readableBytes > 0 {
      if place == .bytes {
        let view = line.readableBytesView
        let run = (view.firstIndex(of: LineEscape.escape) ?? view.endIndex) - view.startIndex
        if var part = line.readSlice(length: run) { bytes.writeBuffer(&part) }
        if line.readInteger(as: UInt8.self) != nil { place = .code }
      } else if let byte = line.readInteger(as: UInt8.self) {
        if let event = obey(byte, bytes: &bytes) { return event }
      }
    }
    return nil
  }

  /// A byte of an escape sequence.
  private mutating func obey(_ byte: UInt8, bytes: inout ByteBuffer) -> Event? {
    switch (place, byte) {
    case (_, LineEscape.escape):
      // The sequence before was cut; this one may be whole.
      place = .code
      return .lost
    case (.code, LineEscape.connectedCode):
      place = .number
      return nil
    case (.code, LineEscape.escapedByte):
      place = .bytes
      bytes.writeInteger(LineEscape.escape)
      return nil
    case (.code, LineEscape.closedCode):
      place = .bytes
      return .escape(.closed)
    case (.number, ..<LineEscape.numberCount):
      place = .bytes
      return .escape(.connected(byte))
    default:
      place = .bytes
      return .lost
    }
  }
}
