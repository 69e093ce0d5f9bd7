import BoardLine

/// Decodes bytes of the escaped line whole and in pieces, and encodes them.
func decodeLine(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let size = Int(script.byte()) + 1
  let text = script.bytes(.max)
  let whole = LineEnd.heard(text, inPiecesOf: max(text.count, 1))
  require(LineEnd.heard(text, inPiecesOf: size) == whole, "pieces of \(size) mean the same")
  require(LineEnd.heard(text, inPiecesOf: 1) == whole, "single bytes mean the same")
  // ESC O number: somebody is connected, who hears what was said.
  let open: [UInt8] = [0xDB, 0x4F, 7]
  let said = LineEnd.heard(open + LineEnd.encoded(text, room: size + 1), inPiecesOf: size)
  require(said.bytes == text && said.events.count == 1, "what is encoded arrives")
}

/// The device's end of the line: Boards/qemu-xtensa/src/line.c.
private enum LineEnd {
  struct Heard: Equatable {
    /// Of all connections.
    var bytes: [UInt8] = []
    /// What happened, and before which byte.
    var events: [[Int]] = []
    var answers: [UInt8] = []
  }

  static func heard(_ line: [UInt8], inPiecesOf size: Int) -> Heard {
    var heard = Heard()
    var end = BoardLine.line()
    var start = 0
    while start < line.count {
      let piece = line[start..<min(start + size, line.count)]
      start += size
      // Safety: the room is as large as the piece, as line_decode() asks for.
      unsafe piece.withUnsafeBufferPointer { bytes in
        var input = unsafe line_input(bytes: bytes.baseAddress, size: bytes.count)
        while true {
          var room = [UInt8](repeating: 0, count: bytes.count)
          var count = 0
          let left = unsafe input.size
          let event = unsafe line_decode(&end, &input, &room, &count)
          require(count <= left, "no more comes out than went in")
          heard.bytes += room.prefix(count)
          if event == LINE_INPUT_ENDED { break }
          heard.events.append([Int(event.rawValue), heard.bytes.count])
        }
        let isUsed = unsafe input.size == 0
        require(isUsed, "all of it is decoded")
      }
    }
    var answer = [UInt8](repeating: 0, count: LINE_ANSWER_SIZE)
    let count = unsafe line_answer(&end, &answer)
    heard.answers = Array(answer.prefix(count))
    return heard
  }

  static func encoded(_ bytes: [UInt8], room: Int) -> [UInt8] {
    var encoded: [UInt8] = []
    // Safety: line_encode() moves both behind what it took.
    unsafe bytes.withUnsafeBufferPointer { bytes in
      var next = bytes.baseAddress
      var left = bytes.count
      while left > 0 {
        var piece = [UInt8](repeating: 0, count: room)
        let count = unsafe line_encode(&next, &left, &piece, room)
        encoded += piece.prefix(count)
      }
    }
    return encoded
  }
}
