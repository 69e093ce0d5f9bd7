/// Lends the bytes of a C string, without its NUL, to `body`; nothing for NULL.
func withBytes<Value>(
  of string: UnsafePointer<CChar>?, _ body: (Span<UInt8>) -> Value
) -> Value {
  var count = 0
  if let string = unsafe string {
    // Safety: a C string ends with a NUL.
    while unsafe string[count] != 0 { count += 1 }
  }
  let bytes = unsafe UnsafeRawBufferPointer(start: string, count: count)
  return body(unsafe bytes.bindMemory(to: UInt8.self).span)
}
