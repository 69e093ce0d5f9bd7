import HotReloadDelta

/// Literals, then a copy.
struct DeltaSequence: Equatable {
  /// Where its literals begin in the image.
  var start: Int
  var literals: Int
  var copy: DeltaCopy
  /// Bytes of the copy; 0 where the literals end the image.
  var count: Int
  /// Of a copy of the output how far back it is, of one of the base what its distance has grown by.
  var place: Int
}

/// The bytes of sequences.
struct DeltaWriter {
  private let image: [UInt8]
  private(set) var bytes: [UInt8] = []

  init(_ image: [UInt8]) { self.image = image }

  mutating func append(_ sequence: DeltaSequence) {
    let many = Int(DeltaFormat.manyInToken)
    let extra = sequence.count - Int(sequence.copy.minimum)
    var token = sequence.copy.rawValue << 6 | UInt8(min(sequence.literals, many)) << 3
    if sequence.count > 0 { token |= UInt8(min(extra, many)) }
    bytes.append(token)
    if sequence.literals >= many { append(number: sequence.literals - many) }
    if sequence.count > 0 {
      if extra >= many { append(number: extra - many) }
      if sequence.copy == .movedBase {
        append(number: Self.folded(sequence.place))
      } else if sequence.copy.hasNumber {
        append(number: sequence.place)
      }
    }
    bytes += image[sequence.start..<sequence.start + sequence.literals]
  }

  /// The number for a place that is before or behind: 0, −1, 1, −2, …
  static func folded(_ place: Int) -> Int { place >= 0 ? 2 * place : -2 * place - 1 }

  /// Bytes of a number.
  static func size(of number: Int) -> Int {
    number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : number < 1 << 21 ? 3 : 4
  }

  private mutating func append(number: Int) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
