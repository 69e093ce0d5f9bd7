/// Bytes as hex digits.
public enum Hex {
  /// The value of a hex digit of either case.
  public static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x41 + 10
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }

  /// The lower-case digit of the low four bits.
  public static func digit(_ value: UInt8) -> UInt8 {
    let value = value & 0xF
    return value < 10 ? 0x30 + value : 0x61 - 10 + value
  }

  /// Fills `bytes` from exactly twice as many digits. False if the number differs or one is no digit;
  /// `bytes` is then partly written.
  @inline(never)
  public static func decode(_ digits: Span<UInt8>, into bytes: inout MutableSpan<UInt8>) -> Bool {
    guard digits.count == 2 * bytes.count else { return false }
    for index in digits.indices {
      guard let value = value(ofDigit: digits[index]) else { return false }
      bytes[index / 2] = bytes[index / 2] &<< 4 | value
    }
    return true
  }

  /// Fills `digits` with two lower-case digits for each byte. False if it is not exactly twice as long.
  public static func encode(_ bytes: Span<UInt8>, into digits: inout MutableSpan<UInt8>) -> Bool {
    guard digits.count == 2 * bytes.count else { return false }
    for index in bytes.indices {
      digits[2 * index] = digit(bytes[index] &>> 4)
      digits[2 * index + 1] = digit(bytes[index])
    }
    return true
  }
}
