extension RequestHeadBuilder {
  /// Takes `method SP target SP HTTP/1.x`, all visible characters. False if it is anything else.
  mutating func setRequestLine(_ line: Span<UInt8>) -> Bool {
    let methodEnd = ASCII.index(of: ASCII.space, in: line)
    let targetStart = methodEnd + 1
    let targetEnd = ASCII.index(of: ASCII.space, in: line, from: targetStart)
    guard methodEnd > 0, targetEnd < line.count, line[targetStart] == ASCII.slash else {
      return false
    }
    for index in 0..<targetEnd where index != methodEnd {
      guard ASCII.isVisible(line[index]) else { return false }
    }
    let version = line.extracting((targetEnd + 1)...)
    guard version.count == 8, let minor = ASCII.decimalDigit(version[7]),
      ASCII.equals(version.extracting(first: 7), "HTTP/1.")
    else { return false }
    setRequest(
      method: line.extracting(first: methodEnd),
      target: line.extracting(targetStart..<targetEnd), isVersion10: minor == 0)
    return true
  }

  /// Takes `name: value`. False without a colon, without a name, and where the name holds white space: folded
  /// lines and blanks before the colon are read differently by different readers (RFC 9112, section 5).
  mutating func addFieldLine(_ line: Span<UInt8>) -> Bool {
    let nameEnd = ASCII.index(of: ASCII.colon, in: line)
    guard nameEnd > 0, nameEnd < line.count else { return false }
    for index in 0..<nameEnd {
      guard ASCII.isVisible(line[index]) else { return false }
    }
    addField(name: line.extracting(first: nameEnd), value: line.extracting((nameEnd + 1)...))
    return true
  }
}
