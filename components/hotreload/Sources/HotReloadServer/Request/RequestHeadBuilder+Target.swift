extension RequestHeadBuilder {
  /// Takes the request target: a path and, for uploads, a query.
  mutating func setTarget(_ target: Span<UInt8>) {
    guard head.setTarget(target) else { return refuse(.targetTooLong) }
    let pathEnd = ASCII.index(of: ASCII.question, in: target)
    head.path = RequestPath(target.extracting(first: pathEnd))
    if head.path != .other, pathEnd < target.count {
      setQuery(target.extracting((pathEnd + 1)...))
    }
  }

  /// Every parameter has to be known: an option that is silently left out is worse than none.
  private mutating func setQuery(_ query: Span<UInt8>) {
    var start = 0
    while start < query.count {
      let end = ASCII.index(of: ASCII.ampersand, in: query, from: start)
      let parameter = query.extracting(start..<end)
      let nameEnd = ASCII.index(of: ASCII.equals, in: parameter)
      guard head.path == .upload, nameEnd < parameter.count else {
        return refuse(.unknownParameter)
      }
      let name = parameter.extracting(first: nameEnd)
      let value = parameter.extracting((nameEnd + 1)...)
      if ASCII.equals(name, WireParameter.partition) {
        guard !head.namesPartition, setLabel(value) else { return refuse(.malformedLabel) }
      } else if ASCII.equals(name, WireParameter.stage) {
        guard head.stage == nil, let stage = UploadStage(value) else {
          return refuse(.malformedStage)
        }
        head.stage = stage
      } else if ASCII.equals(name, WireParameter.encoding), !head.isEncoded,
        ASCII.equals(value, WireValue.delta)
      {
        head.isEncoded = true
      } else {
        return refuse(.unknownParameter)
      }
      start = end + 1
    }
  }

  /// Decodes a label with percent-encoding (RFC 3986, section 2.1).
  private mutating func setLabel(_ text: Span<UInt8>) -> Bool {
    /// Digits that belong to the escape that was begun.
    var missingDigits = 0
    var byte: UInt8 = 0
    for index in text.indices {
      if missingDigits > 0 {
        guard let value = Hex.value(ofDigit: text[index]) else { return false }
        byte = byte &<< 4 | value
        missingDigits -= 1
      } else {
        byte = text[index]
        if byte == ASCII.percent { missingDigits = 2 }
      }
      if missingDigits == 0, !head.appendToLabel(byte) { return false }
    }
    return missingDigits == 0 && head.namesPartition
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
