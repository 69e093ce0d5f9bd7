extension TextWindow {
  /// Status line and header fields. The reason phrase of a refusal is its name, so that it shows in `curl -i`.
  mutating func appendHead(of reply: Reply, bodyLength: Int) {
    append("HTTP/1.1 ")
    append(decimal: UInt64(word: UInt32(reply.status)))
    append(ASCII.space)
    switch reply.content {
    case .proceed:
      return append("Continue\r\n\r\n")
    case .refusal(let refusal):
      append(refusal.code.name)
      if refusal.code == .methodNotAllowed {
        append("\r\nAllow: ")
        append(refusal.text.bytes)
      }
    default:
      append("OK")
    }
    append("\r\nContent-Type: ")
    if case .stored = reply.content { append("text/plain") } else { append("application/json") }
    append("\r\nContent-Length: ")
    append(decimal: UInt64(word: UInt32(truncatingIfNeeded: bodyLength)))
    append("\r\nConnection: ")
    append(reply.closesConnection ? WireValue.close : WireValue.keepAlive)
    append("\r\n\r\n")
  }
}

extension TextWindow {
  mutating func appendBody(
    of reply: Reply, device: borrowing DeviceStatus, modules: Span<ModuleStatus>
  ) {
    switch reply.content {
    case .proceed:
      return
    case .nonce(let nonce):
      beginObject()
      key(WireKey.nonce)
      hexString(nonce.bytes.span)
      endObject()
    case .pending:
      beginObject()
      key(WireKey.pending)
      bool(device.isPending)
      endObject()
    case .status:
      appendStatus(of: device, modules: modules)
    case .stored(let count):
      append("OK: ")
      append(decimal: UInt64(word: count))
      append(" bytes stored")
    case .refusal(let refusal):
      beginObject()
      appendRefusal(refusal)
      endObject()
    }
    append(ASCII.lineFeed)
  }

  /// The members `error` and `detail`.
  mutating func appendRefusal(_ refusal: borrowing Refusal) {
    key(WireKey.error)
    string(refusal.code.name)
    key(WireKey.detail)
    separate()
    append(ASCII.quote)
    appendDetail(of: refusal)
    append(ASCII.quote)
  }

  /// The sentence with its arguments in place, escaped as JSON wants it: fit for a log line as well.
  public mutating func appendDetail(of refusal: borrowing Refusal) {
    let format = refusal.detail.bytes
    var number = refusal.first
    var index = 0
    while index < format.count {
      let isArgument = format[index] == ASCII.percent && index + 1 < format.count
      guard isArgument else {
        escaped(format.extracting(index..<(index + 1)))
        index += 1
        continue
      }
      if format[index + 1] == ASCII.formatText {
        escaped(refusal.text.bytes)
      } else {
        if format[index + 1] == ASCII.formatHex {
          append(hex: number)
        } else {
          append(decimal: UInt64(word: number))
        }
        number = refusal.second
      }
      index += 2
    }
  }
}
