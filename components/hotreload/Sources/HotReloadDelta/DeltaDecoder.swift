import HotReloadPort

/// Reads an encoded image, as it comes, and says what to make of it. Keeps no byte of image or base, knows no memory and no
/// flash.
///
/// ```
/// header ─begin─▶ token ─▶ literal count ─▶ copy count ─▶ place ─▶ literals ─append─▶ copy ─copyBase, copyOutput─▶ complete
///                   ▲                                                                  │
///                   └──────────────────────────────────────────────────────────────────┘ any ──refuse──▶ refused
/// ```
///
/// Whatever the bytes are: what it asks for makes at most `length` bytes in all, lies within `baseLength`, and is less than
/// `windowSize` bytes back and not before the beginning.
public struct DeltaDecoder: ~Copyable {
  private enum State {
    case header
    case token
    case literalCount
    case copyCount
    case place
    case literals
    case copy
    case complete
    case refused
  }

  private var state = State.header
  private var header = InlineArray<46, UInt8>(repeating: 0)
  private var headerCount = 0
  /// Bytes of the base, to be told at `begin`: 0 without one.
  public var baseLength: UInt32 = 0
  /// Bytes of the copy.
  public private(set) var count: UInt32 = 0
  /// Where the copy begins: in the base, or back from the end of the output.
  public private(set) var offset: UInt32 = 0
  /// Literals of the sequence that are still to come.
  private var literals: UInt32 = 0
  private var source = DeltaCopy.base
  /// Bytes that were asked for.
  private var produced: UInt32 = 0
  /// What has to be added to a place in the image to be in the base; wraps.
  private var shift: UInt32 = 0
  /// How far back the last copy of the output was.
  private var distance: UInt32 = 1
  /// The number that is being read, and how many bits of it are there.
  private var number: UInt32 = 0
  private var bits: UInt32 = 0

  /// A decoder that has seen nothing.
  public init() {}

  /// Bytes of the image, from `begin` on.
  public var length: UInt32 {
    UInt32(header[2]) | UInt32(header[3]) &<< 8 | UInt32(header[4]) &<< 16
      | UInt32(header[5]) &<< 24
  }

  /// How far copies of the output reach back, and one more: a power of two, from `begin` on.
  public var windowSize: UInt32 { 1 &<< UInt32(header[1] & 0x0F) }

  /// SHA-256 of the image, from `begin` on.
  public var digest: SHA256Digest {
    var digest = SHA256Digest(bytes: .init(repeating: 0))
    for index in 0..<32 { digest.bytes[index] = header[6 &+ index] }
    return digest
  }

  /// Whether there is a base, from `begin` on.
  public var hasBase: Bool { header[1] & DeltaFormat.hasBase != 0 }

  /// Whether the base has this digest, as far as the header says.
  public func isBase(_ digest: SHA256Digest) -> Bool {
    for index in 0..<DeltaFormat.baseNameSize
    where digest.bytes[index] != header[DeltaFormat.headerSize &+ index] {
      return false
    }
    return true
  }

  /// Whether all of the image was asked for.
  public var isComplete: Bool { state == .complete }

  /// Takes bytes, as many as lead to the next action.
  @inline(never)
  public mutating func advance(_ bytes: Span<UInt8>) -> DeltaStep {
    var consumed = 0
    while true {
      switch state {
      case .copy:
        end(of: count)
        if source.isOfBase { return DeltaStep(consumed: consumed, action: .copyBase) }
        return DeltaStep(consumed: consumed, action: .copyOutput)
      case .refused:
        return DeltaStep(consumed: consumed, action: .refuse)
      case .literals where consumed == 0 && !bytes.isEmpty:
        let taken = min(UInt32(truncatingIfNeeded: bytes.count), literals)
        literals &-= taken
        end(of: taken)
        return DeltaStep(consumed: Int(truncatingIfNeeded: taken), action: .append)
      case .literals:
        return DeltaStep(consumed: consumed, action: .wait)
      default:
        guard consumed < bytes.count else { return DeltaStep(consumed: consumed, action: .wait) }
        let byte = bytes[consumed]
        consumed &+= 1
        if state == .header {
          if takeHeader(byte) { return DeltaStep(consumed: consumed, action: .begin) }
        } else {
          take(byte)
        }
      }
    }
  }
}

extension DeltaDecoder {
  /// Bytes that are still to be asked for.
  private var remaining: UInt32 { length &- produced }

  /// Takes a byte of the header; true after the last one.
  private mutating func takeHeader(_ byte: UInt8) -> Bool {
    header[headerCount] = byte
    headerCount &+= 1
    guard headerCount >= DeltaFormat.headerSize,
      headerCount == DeltaFormat.headerSize || hasBase
    else { return false }
    if hasBase, headerCount < header.count { return false }
    let window = header[1] & ~DeltaFormat.hasBase
    guard header[0] == DeltaFormat.version, DeltaFormat.windows.contains(window), length > 0 else {
      state = .refused
      return false
    }
    state = .token
    return true
  }

  /// Takes a byte of a sequence that is no literal.
  private mutating func take(_ byte: UInt8) {
    if state == .token {
      source = DeltaCopy(rawValue: byte &>> 6) ?? .base
      literals = UInt32(byte &>> 3 & 7)
      count = UInt32(byte & 7)
      state = .literalCount
      if literals < DeltaFormat.manyInToken { follow(0) }
      return
    }
    guard state != .complete, bits < 28 else { return state = .refused }
    number |= UInt32(byte & 0x7F) &<< bits
    bits &+= 7
    if byte < 0x80 { follow(number) }
  }

  /// Goes on after a number, or without one where none is.
  private mutating func follow(_ value: UInt32) {
    number = 0
    bits = 0
    switch state {
    case .literalCount:
      literals &+= value
      guard literals <= remaining else { return state = .refused }
      if literals == remaining {
        count = 0
        return state = .literals
      }
      state = .copyCount
      if count < DeltaFormat.manyInToken { follow(0) }
    case .copyCount:
      count &+= value &+ source.minimum
      guard count <= remaining &- literals else { return state = .refused }
      state = .place
      if !source.hasNumber { follow(0) }
    default:
      locate(value)
    }
  }

  /// Knows where the copy begins.
  private mutating func locate(_ value: UInt32) {
    let place = produced &+ literals
    if source.isOfBase {
      shift &+= value &>> 1 ^ (0 &- (value & 1))
      offset = place &+ shift
      guard offset <= baseLength, count <= baseLength &- offset else { return state = .refused }
    } else {
      if source == .output { distance = value }
      offset = distance
      guard offset > 0, offset <= place, offset < windowSize else { return state = .refused }
    }
    state = literals > 0 ? .literals : .copy
  }

  /// So many bytes more of the image were asked for.
  private mutating func end(of count: UInt32) {
    produced &+= count
    if remaining == 0 {
      state = .complete
    } else if state == .copy {
      state = .token
    } else if literals == 0 {
      state = .copy
    }
  }
}

extension DeltaCopy {
  /// Whether it is from the base.
  var isOfBase: Bool { self == .base || self == .movedBase }
}
