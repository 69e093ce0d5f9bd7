/// Reads request heads (RFC 9112) out of a byte stream, cut anywhere.
///
/// ```
///               LF            LF of an empty line
/// requestLine ──────▶ fields ─────────────────────▶ head
///   │     empty lines before the request line are skipped
///   ├── not a request line ──▶ refused: 400
///   └── more than 1 KiB in all ──▶ refused: 431 (from either state)
/// ```
///
/// Lines end with LF or CRLF. A wrong request line refuses at once: what follows is not HTTP. A wrong field is kept
/// as the head's `refusal`, for the end of the head. Of a longer field only the first 160 bytes are looked at;
/// all that the server wants to know are shorter.
public struct RequestParser: ~Copyable {
  private enum State {
    case requestLine
    case fields
  }

  /// What came of some bytes.
  public enum Progress {
    /// All bytes were taken, the head goes on.
    case incomplete
    /// The head ends with the last byte taken.
    case head(RequestHead)
    /// What arrives is no request head.
    case refused(Refusal)
  }

  private var state = State.requestLine
  private var line = InlineArray<160, UInt8>(repeating: 0)
  private var lineLength = 0
  private var headLength = 0
  private var endsInCarriageReturn = false
  private var isMalformed = false
  private var builder = RequestHeadBuilder()

  public init() {}

  /// Whether no byte of a head has been seen.
  public var isEmpty: Bool { headLength == 0 }

  /// Takes bytes up to the end of the head, or to where it is refused, and says how many.
  public mutating func receive(_ bytes: Span<UInt8>) -> (count: Int, progress: Progress) {
    for index in bytes.indices {
      if let progress = receive(bytes[index]) { return (index + 1, progress) }
    }
    return (bytes.count, .incomplete)
  }

  private mutating func receive(_ byte: UInt8) -> Progress? {
    headLength += 1
    if headLength > WireLimit.head {
      return .refused(Refusal(.headersTooLarge, "the head is longer than %u bytes", 1024))
    }
    if byte == ASCII.lineFeed {
      endsInCarriageReturn = false
      return endLine()
    }
    // A carriage return elsewhere than before LF, or another control character, would mean different
    // things to different readers.
    let isControl = byte < ASCII.space && byte != ASCII.tab || byte == 0x7F
    isMalformed = isMalformed || endsInCarriageReturn
    endsInCarriageReturn = byte == ASCII.carriageReturn
    if endsInCarriageReturn { return nil }
    switch state {
    case .requestLine:
      if isControl || isMalformed || byte > 0x7E { return .refused(.notHTTP) }
    case .fields:
      isMalformed = isMalformed || isControl
    }
    if lineLength < line.count { line[lineLength] = byte }
    lineLength += 1
    return nil
  }

  private mutating func endLine() -> Progress? {
    let length = lineLength
    lineLength = 0
    switch state {
    case .requestLine:
      if isMalformed { return .refused(.notHTTP) }
      if length == 0 {
        headLength = 0
        return nil
      }
      guard length <= line.count else {
        return .refused(Refusal(.headersTooLarge, "the request line is longer than %u bytes", 160))
      }
      guard builder.setRequestLine(line.span.extracting(first: length)) else {
        return .refused(.notHTTP)
      }
      state = .fields
    case .fields:
      if length == 0, !isMalformed { return .head(builder.finish()) }
      if isMalformed || !builder.addFieldLine(line.span.extracting(first: min(length, line.count)))
      {
        builder.refuse(Refusal(.badRequest, "malformed header field"))
      }
      isMalformed = false
    }
    return nil
  }
}
