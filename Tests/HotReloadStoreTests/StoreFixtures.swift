import HotReloadPort
import HotReloadSimulator
import HotReloadSoftwareCrypto
import HotReloadStore

typealias Store = ModuleStore<SoftwareSHA256>

/// `count` bytes: different seeds, different bytes.
func image(_ seed: UInt64, count: Int) -> [UInt8] {
  var generator = SplitMix64(state: seed)
  return generator.bytes(count)
}

func digest(_ bytes: [UInt8]) -> SHA256Digest {
  var hasher = SoftwareSHA256()
  // Safety: UInt8 has no padding.
  unsafe hasher.update(bytes.span.bytes)
  return hasher.finalize()
}

/// Erase units of the flash chips that exist: ESP32 sectors, ESP32 blocks, QEMU's two chips side by side.
let eraseSizes = [4 << 10, 64 << 10, 256 << 10]

extension NORFlash {
  func store() throws(StoreError) -> Store { try Store(partition) }

  /// Stages `image` in chunks and commits it.
  @discardableResult
  func upload<Hasher: SHA256Hasher>(
    _ image: [UInt8], chunkSize: Int = 4096, to store: ModuleStore<Hasher>
  ) throws(StoreError) -> StoredImage {
    var flash = self
    var staging = try store.stage(length: UInt32(image.count), in: &flash)
    try write(image, chunkSize: chunkSize, to: &staging)
    return try staging.finish(in: &flash).commit(in: &flash)
  }

  @discardableResult
  func upload(_ image: [UInt8], chunkSize: Int = 4096) throws(StoreError) -> StoredImage {
    try upload(image, chunkSize: chunkSize, to: store())
  }

  func write<Hasher: SHA256Hasher>(
    _ bytes: [UInt8], chunkSize: Int = 4096, to staging: inout Staging<Hasher>
  ) throws(StoreError) {
    var flash = self
    // Safety: UInt8 has no padding.
    var rest = unsafe bytes.span.bytes
    while !rest.isEmpty {
      try staging.write(rest.extracting(first: chunkSize), to: &flash)
      rest = rest.extracting(droppingFirst: min(chunkSize, rest.byteCount))
    }
  }

  /// The current image after a restart: only the flash is asked.
  func current() throws(StoreError) -> StoredImage? { try store().currentImage(in: self) }

  func currentBytes() throws(StoreError) -> [UInt8]? {
    guard let image = try current() else { return nil }
    return try bytes(of: image)
  }

  func bytes(of image: StoredImage) throws(StoreError) -> [UInt8] {
    try store().withBytes(of: image, in: self) { bytes in
      // Safety: the closure gets initialised bytes and copies them.
      unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    }
  }

  func beginTrial(_ image: StoredImage) throws(StoreError) -> Bool {
    var flash = self
    return try store().beginTrial(image, in: &flash)
  }

  func confirm(_ image: StoredImage) throws(StoreError) {
    var flash = self
    try store().confirm(image, in: &flash)
  }

  func markBad(_ image: StoredImage) throws(StoreError) {
    var flash = self
    try store().markBad(image, in: &flash)
  }

  /// Puts `image` into slot 0 with any header, as a flash tool does.
  func flash(_ image: [UInt8], sequence: UInt64, length: UInt32? = nil) {
    flash(Self.slot(image, sequence: sequence, length: length))
  }

  /// Puts `image` into slot 1 too.
  func flashSecond(_ image: [UInt8], sequence: UInt64) throws(StoreError) {
    let start = try Int(store().layout.offset(of: .second))
    flash(Array(bytes[..<start]) + Self.slot(image, sequence: sequence, length: nil))
  }

  /// A slot with its image, not confirmed.
  static func staged(_ image: [UInt8], sequence: UInt64) -> [UInt8] {
    var slot = slot(image, sequence: sequence)
    slot.replaceSubrange(224..<256, with: [UInt8](repeating: 0xFF, count: 32))
    return slot
  }

  /// A slot with its image, as a flash tool writes it.
  static func slot(_ image: [UInt8], sequence: UInt64, length: UInt32? = nil) -> [UInt8] {
    let header = SlotHeader(
      length: length ?? UInt32(image.count), sequence: sequence, digest: digest(image))
    let prefix = header.flashedPrefix(hasher: SoftwareSHA256.self)
    return prefix.indices.map { prefix[$0] } + image
      + [UInt8](repeating: 0, count: (16 - image.count % 16) % 16)
  }
}

/// A digest that is quick to compute in a debug build, for tests that read much flash: FNV-1a, 64 bits at a time.
struct QuickHasher: SHA256Hasher {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// Less than a word waits for the rest of it.
  private var waiting: [UInt8] = []

  mutating func update(_ bytes: RawSpan) {
    var index = 0
    // Safety: within the span; every bit pattern is a number.
    while !waiting.isEmpty && waiting.count < 8 && index < bytes.byteCount {
      waiting.append(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      index += 1
    }
    if waiting.count == 8 {
      mix(waiting.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) })
      waiting = []
    }
    while index + 8 <= bytes.byteCount {
      mix(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    while index < bytes.byteCount {
      waiting.append(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      index += 1
    }
  }

  mutating func finalize() -> SHA256Digest {
    for byte in waiting { mix(UInt64(byte)) }
    mix(UInt64(waiting.count))
    return SHA256Digest(
      bytes: InlineArray { UInt8(truncatingIfNeeded: hash >> UInt64($0 % 8 * 8)) })
  }

  private mutating func mix(_ word: UInt64) {
    hash = (hash ^ word) &* 0x100_0000_01B3
    hash ^= hash >> 29
  }
}
