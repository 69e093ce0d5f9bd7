import HotReloadPort

extension RequestHeadBuilder {
  /// Room for the part of a field's value that is looked at: `WireLimit.requestLine` bytes.
  public typealias Value = InlineArray<160, UInt8>

  /// Completes a head that another HTTP server has read. `read` is asked for each field that counts: it stores the value,
  /// or as much of it as there is room for, and returns its length, nil where there is no such field.
  public mutating func addFields(_ read: (StaticString, inout Value) -> Int?) {
    var value = Value(repeating: 0)
    var index = 0
    while let name = WireHeader.ofRequest(index) {
      if let length = read(name, &value) {
        addField(
          name: name.bytes, value: value.span.extracting(first: min(max(length, 0), value.count)))
      }
      index += 1
    }
    finish()
  }
}
