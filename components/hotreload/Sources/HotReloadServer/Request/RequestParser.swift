/// Reads one request head (RFC 9112) out of a byte stream, cut anywhere.
///
/// ```
///               LF            LF of an empty line
/// requestLine ──────▶ fields ─────────────────────▶ complete
///   │     empty lines before the request line are skipped
///   ├── not a request line ──▶ refused: 400
///   └── more than 1 KiB in all ──▶ refused: 431 (from either state)
/// ```
///
/// Lines end with LF or CRLF. A wrong request line refuses at once: what follows is not HTTP. A wrong field is kept as the
/// head's `error`, for the end of the head. Of a longer field only the first 160 bytes are looked at; all that the
/// server wants to know are shorter.
public struct RequestParser: ~Copyable {
  /// How far the head is.
  public enum State: Equatable, Sendable {
    case requestLine
    case fields
    /// The head is all there.
    case complete
    /// What arrived is no request head.
    case refused(ServerError)
  }

  /// How far the head is.
  public private(set) var state = State.requestLine
  private var builder = RequestHeadBuilder()
  private var line = InlineArray<160, UInt8>(repeating: 0)
  private var lineLength = 0
  private var headLength = 0
  private var endsInCarriageReturn = false
  private var isMalformed = false

  /// A parser that has seen nothing.
  public init() {}

  /// Begins anew.
  @inline(never)
  public mutating func restart() {
    state = .requestLine
    builder.restart()
    lineLength = 0
    headLength = 0
    endsInCarriageReturn = false
    isMalformed = false
  }

  /// The head, once `state` is `complete`.
  public var head: RequestHead {
    _read { yield builder.head }
  }

  /// Whether no byte of a head has been seen.
  public var isEmpty: Bool { headLength == 0 }

  /// Takes bytes up to the end of the head, or to where it is refused, and says how many.
  public mutating func receive(_ bytes: Span<UInt8>) -> Int {
    var index = 0
    while index < bytes.count, state == .requestLine || state == .fields {
      receive(bytes[index])
      index += 1
    }
    return index
  }

  private mutating func receive(_ byte: UInt8) {
    headLength += 1
    if headLength > WireLimit.head {
      state = .refused(.headTooLong)
    } else if byte == ASCII.lineFeed {
      endsInCarriageReturn = false
      endLine()
      lineLength = 0
      isMalformed = false
    } else {
      // A carriage return elsewhere than before LF, or another control character, would mean different things to
      // different readers.
      let isControl = byte < ASCII.space && byte != ASCII.tab || byte == 0x7F
      if endsInCarriageReturn || isControl && byte != ASCII.carriageReturn { isMalformed = true }
      endsInCarriageReturn = byte == ASCII.carriageReturn
      if state == .requestLine, isMalformed || byte > 0x7E { state = .refused(.notHTTP) }
      if endsInCarriageReturn { return }
      if lineLength < line.count { line[lineLength] = byte }
      lineLength += 1
    }
  }

  private mutating func endLine() {
    let kept = line.span.extracting(first: min(lineLength, line.count))
    if state == .requestLine {
      if lineLength == 0 {
        headLength = 0
      } else if lineLength > line.count {
        state = .refused(.requestLineTooLong)
      } else {
        state = builder.setRequestLine(kept) ? .fields : .refused(.notHTTP)
      }
    } else if lineLength == 0, !isMalformed {
      builder.finish()
      state = .complete
    } else if isMalformed || !builder.addFieldLine(kept) {
      builder.refuse(.malformedField)
    }
  }
}
