import HotReloadPort

extension SlotHeader {
  /// What precedes an image in its slot when a tool flashes it: this header, marked staged and
  /// confirmed. The rest reads as erased NOR flash, so that the device can still set other marks.
  /// The image follows at once, padded to 16 bytes with zeros.
  ///
  /// It goes into slot 0, and the header of slot 1 has to be erased, so that it wins.
  public func flashedPrefix<Hasher: SHA256Hasher>(
    hasher: Hasher.Type
  ) -> InlineArray<512, UInt8> {
    var prefix = InlineArray<512, UInt8>(repeating: 0xFF)
    let record = encoded(hasher: hasher)
    for index in record.indices { prefix[index] = record[index] }
    Mark.staged.set(in: &prefix)
    Mark.confirmed.set(in: &prefix)
    return prefix
  }
}

extension Mark {
  fileprivate func set(in prefix: inout InlineArray<512, UInt8>) {
    for index in 0..<Self.bytes.byteCount {
      prefix[Int(offset) + index] = Self.bytes.bytes(at: index, as: UInt8.self)
    }
  }
}
