import HotReloadDelta

/// What came out of an encoded image.
enum Decoded: Equatable {
  case image([UInt8])
  /// It ended early.
  case incomplete([UInt8])
  /// The decoder gave up, after so many bytes of the image.
  case refused(at: Int)
}

/// Decodes `body`, of which the decoder gets `piece` bytes at a time. Stops the test if the decoder asks for what it says it
/// never asks for.
func decode(_ body: [UInt8], base: [UInt8] = [], piece: Int = .max) -> Decoded {
  var decoder = DeltaDecoder()
  var image: [UInt8] = []
  var rest = body[...]
  while true {
    let given = Array(rest.prefix(piece))
    let step = decoder.advance(given.span)
    let used = rest.prefix(step.consumed)
    rest = rest.dropFirst(step.consumed)
    switch step.action {
    case .wait:
      guard rest.isEmpty else { continue }
      return decoder.isComplete ? .image(image) : .incomplete(image)
    case .begin:
      if decoder.hasBase { decoder.baseLength = UInt32(base.count) }
    case .append:
      image += used
    case .copyBase:
      image += base[Int(decoder.offset)..<Int(decoder.offset) + Int(decoder.count)]
    case .copyOutput:
      precondition(decoder.offset < decoder.windowSize)
      for _ in 0..<decoder.count { image.append(image[image.count - Int(decoder.offset)]) }
    case .refuse:
      return .refused(at: image.count)
    }
    precondition(image.count <= decoder.length)
  }
}
