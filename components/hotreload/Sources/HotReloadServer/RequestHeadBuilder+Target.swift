import HotReloadPort

extension RequestHeadBuilder {
  /// Takes the request target: a path and, for uploads, a query.
  mutating func setTarget(_ target: Span<UInt8>) {
    guard let stored = RequestTarget(target) else {
      return refuse(Refusal(.headersTooLarge, "the target is longer than %u bytes", 128))
    }
    head.target = stored
    let pathEnd = ASCII.index(of: ASCII.question, in: target)
    head.path = RequestPath(target.extracting(first: pathEnd))
    if pathEnd < target.count { setQuery(target.extracting((pathEnd + 1)...)) }
  }

  /// Every parameter has to be known: an option that is silently left out is worse than none.
  private mutating func setQuery(_ query: Span<UInt8>) {
    var start = 0
    while start < query.count {
      let end = ASCII.index(of: ASCII.ampersand, in: query, from: start)
      let parameter = query.extracting(start..<end)
      let nameEnd = ASCII.index(of: ASCII.equals, in: parameter)
      let name = parameter.extracting(first: nameEnd)
      guard head.path == .upload, ASCII.equals(name, WireParameter.partition),
        nameEnd < parameter.count
      else {
        return refuse(Refusal(.badRequest, "unknown query parameter: %s", text: ShortText(name)))
      }
      guard head.partition == nil, let label = label(parameter.extracting((nameEnd + 1)...)) else {
        return refuse(Refusal(.badRequest, "partition is not one label of 1 to 16 bytes"))
      }
      head.partition = label
      start = end + 1
    }
  }

  /// Decodes a label with percent-encoding (RFC 3986, section 2.1).
  private func label(_ text: Span<UInt8>) -> PartitionLabel? {
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    var count = 0
    var index = 0
    while index < text.count {
      guard count < bytes.count else { return nil }
      var byte = text[index]
      index += 1
      if byte == ASCII.percent {
        guard text.count - index >= 2, let high = Hex.value(ofDigit: text[index]),
          let low = Hex.value(ofDigit: text[index + 1])
        else { return nil }
        byte = high &<< 4 | low
        index += 2
      }
      bytes[count] = byte
      count += 1
    }
    return PartitionLabel(bytes.span.extracting(first: count))
  }
}

extension RequestPath {
  init(_ path: Span<UInt8>) {
    if ASCII.equals(path, WirePath.challenge) {
      self = .challenge
    } else if ASCII.equals(path, WirePath.upload) {
      self = .upload
    } else if ASCII.equals(path, WirePath.pending) {
      self = .pending
    } else if ASCII.equals(path, WirePath.status) {
      self = .status
    } else {
      self = .other
    }
  }
}
