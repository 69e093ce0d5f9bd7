import BoardLine

/// The device's end of the escaped line as the board has it, in C.
struct DeviceEnd {
  enum Event {
    case came, left
    case bytes([UInt8])
  }

  private var line = BoardLine.line()
  /// Since the beginning: `[` where a peer came, `]` where it left, its bytes as Latin-1.
  private(set) var heard = ""

  /// - Parameter afterStart: as after start-up (LINE_AFTER_START); otherwise nothing is owed.
  init(afterStart: Bool = false) {
    line.owes_closed = afterStart
  }

  var isTaken: Bool { line.is_taken }

  mutating func receive(_ bytes: some Sequence<UInt8>, _ handle: (Event) -> Void = { _ in }) {
    let bytes = Array(bytes)
    var data = [UInt8](repeating: 0, count: bytes.count)
    var events: [Event] = []
    // Safety: line_decode() reads what `input` says, and writes at most as many bytes; both arrays live on.
    unsafe bytes.withUnsafeBufferPointer { bytes in
      var input = unsafe line_input(bytes: bytes.baseAddress, size: bytes.count)
      var event: line_event
      repeat {
        var size = 0
        event = unsafe line_decode(&line, &input, &data, &size)
        if size > 0 { events.append(.bytes(Array(data[..<size]))) }
        if event == LINE_PEER_CAME { events.append(.came) }
        if event == LINE_PEER_LEFT { events.append(.left) }
      } while event != LINE_INPUT_ENDED
    }
    for event in events {
      switch event {
      case .came: heard += "["
      case .left: heard += "]"
      case .bytes(let bytes): heard.unicodeScalars += bytes.map(Unicode.Scalar.init)
      }
      handle(event)
    }
  }

  mutating func hangUp() { unsafe line_hang_up(&line) }

  /// What it owes the computer; then it does no more.
  mutating func answer() -> [UInt8] {
    var answer = [UInt8](repeating: 0, count: Int(LINE_ANSWER_SIZE))
    // Safety: the array has the size that the header asks for.
    let size = unsafe line_answer(&line, &answer)
    unsafe line_answered(&line)
    return Array(answer[..<size])
  }

  /// Bytes of a connection, in pieces of at most `room` bytes.
  static func encode(_ bytes: [UInt8], room: Int) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    // Safety: line_encode() stays within the `size` bytes at `rest` and the `room` bytes of the piece.
    unsafe bytes.withUnsafeBufferPointer { bytes in
      var rest = bytes.baseAddress
      var size = bytes.count
      while size > 0 {
        var piece = [UInt8](repeating: 0, count: room)
        let count = unsafe line_encode(&rest, &size, &piece, room)
        pieces.append(Array(piece[..<count]))
      }
    }
    return pieces
  }
}
