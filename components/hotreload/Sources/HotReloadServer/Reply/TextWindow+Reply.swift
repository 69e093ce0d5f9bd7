import HotReloadPort

extension TextWindow {
  /// Status line and header fields. The reason phrase of a refusal is its name, so that it shows in `curl -i`.
  @inline(never)
  mutating func appendHead(of reply: inout Reply, bodyLength: Int) {
    append("HTTP/1.1 ")
    append(decimal: UInt32(reply.status))
    append(ASCII.space)
    if reply.kind == .proceed { return append("Continue\r\n\r\n") }
    if reply.kind == .refusal {
      append(reply.refusal.code.name.bytes)
      if reply.refusal.code == .methodNotAllowed {
        append("\r\nAllow: ")
        append(reply.text.bytes)
      }
    } else {
      append("OK")
    }
    append(
      reply.kind == .stored
        ? "\r\nContent-Type: text/plain\r\nContent-Length: "
        : "\r\nContent-Type: application/json\r\nContent-Length: ")
    append(decimal: UInt32(truncatingIfNeeded: bodyLength))
    append(
      reply.closesConnection
        ? "\r\nConnection: close\r\n\r\n" : "\r\nConnection: keep-alive\r\n\r\n")
  }
}

extension TextWindow {
  @inline(never)
  mutating func appendBody(
    of reply: inout Reply, device: inout DeviceStatus, modules: Span<ModuleStatus>
  ) {
    switch reply.kind {
    case .proceed:
      return
    case .nonce:
      var body = Template(#"{"nonce":"%"}"#)
      fill(&body, hex: reply.nonce.bytes.span)
      advance(&body)
    case .pending:
      var body = Template(#"{"pending":%}"#)
      fill(&body, device.isPending)
      advance(&body)
    case .status:
      appendStatus(of: &device, modules: modules)
    case .stored:
      append("OK: ")
      append(decimal: reply.length)
      append(" bytes stored")
    case .refusal:
      append(ASCII.openBrace)
      appendRefusal(reply.refusal, text: reply.text.bytes)
      append(ASCII.closeBrace)
    }
    append(ASCII.lineFeed)
  }

  /// The members `error` and `detail`.
  @inline(never)
  mutating func appendRefusal(_ refusal: borrowing Refusal, text: Span<UInt8>) {
    var members = Template(#""error":"%","detail":"%""#)
    fill(&members, refusal.code.name.bytes)
    advance(&members)
    appendDetail(of: refusal, text: text)
    advance(&members)
  }

  /// The sentence with its arguments in place, escaped for JSON. That of a rollback says what it is first.
  public mutating func appendDetail(of refusal: borrowing Refusal, text: Span<UInt8>) {
    if refusal.code == .rolledBack { append("rolled back: ") }
    let format = refusal.detail.bytes
    var number = refusal.first
    var index = 0
    while index < format.count {
      var byte = format[index]
      index += 1
      guard byte == ASCII.percent, index < format.count else {
        escaped(byte)
        continue
      }
      byte = format[index]
      index += 1
      if byte == ASCII.formatText {
        escaped(text)
        continue
      }
      if byte == ASCII.formatHex { append(hex: number) } else { append(decimal: number) }
      number = refusal.second
    }
  }
}
