import HotReloadBuild
import HotReloadDelta

/// Decodes the input, with and without a base of its own, whole and in pieces; and takes it for an image, which has to come
/// back.
func decodeDelta(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let size = Int(script.byte()) + 1
  let base = script.bytes(Int(script.byte()))
  let body = script.bytes(.max)
  let whole = decoded(body, base, inPiecesOf: max(body.count, 1))
  require(decoded(body, base, inPiecesOf: size) == whole, "pieces of \(size) mean the same")
  require(decoded(body, base, inPiecesOf: 1) == whole, "single bytes mean the same")
  // Behind any header: few inputs begin with a good one.
  let image = body + base
  guard !image.isEmpty else { return }
  let header = DeltaEncoder.encode(image, base: base).prefix(46)
  _ = decoded(header + body, base, inPiecesOf: size)
  for base in [nil, base] {
    let encoded = DeltaEncoder.encode(image, base: base)
    require(
      decoded(encoded, base ?? [], inPiecesOf: size) == image, "what is encoded comes back")
  }
}

/// What comes of `body`; nil if that is no image. A run that would be longer than inputs are worth ends as if refused.
private func decoded(_ body: [UInt8], _ base: [UInt8], inPiecesOf size: Int) -> [UInt8]? {
  var decoder = DeltaDecoder()
  var image: [UInt8] = []
  var start = 0
  while true {
    let step = decoder.advance(body[start..<min(start + size, body.count)].span)
    require(step.consumed <= min(size, body.count - start), "no more is used than is there")
    let used = body[start..<start + step.consumed]
    start += step.consumed
    switch step.action {
    case .wait:
      if start == body.count { return decoder.isComplete ? image : nil }
      continue
    case .begin:
      if decoder.hasBase { decoder.baseLength = UInt32(base.count) }
      require(decoder.windowSize >= 256 && decoder.windowSize <= 8192, "the window is bounded")
    case .append:
      image += used
    case .copyBase:
      require(
        Int(decoder.offset) + Int(decoder.count) <= base.count, "copies lie within the base")
      image += base[Int(decoder.offset)..<Int(decoder.offset) + Int(decoder.count)]
    case .copyOutput:
      require(decoder.offset < decoder.windowSize, "copies lie within the window")
      require(decoder.offset > 0 && decoder.offset <= image.count, "copies lie within the image")
      guard image.count + Int(decoder.count) <= 1 << 16 else { return nil }
      for _ in 0..<decoder.count { image.append(image[image.count - Int(decoder.offset)]) }
    case .refuse:
      return nil
    }
    require(image.count <= decoder.length, "no more comes out than was said")
  }
}
