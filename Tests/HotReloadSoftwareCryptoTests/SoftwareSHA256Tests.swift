import Crypto
import HotReloadPort
import HotReloadSoftwareCrypto
import Testing

/// Known answers: FIPS 180-4 example documents and NIST's CAVP byte-oriented short messages.
private let knownAnswers: [(message: [UInt8], digest: String)] = [
  ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  (
    Array("abc".utf8),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  ),
  (
    Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  ),
  (
    Array(
      ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu").utf8),
    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
  ),
  ([0xBD], "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
  (
    [0xC9, 0x8C, 0x8E, 0x55],
    "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"
  ),
  (
    [UInt8](repeating: 0x61, count: 1_000_000),
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
  ),
]

private func hexadecimal(_ digest: HotReloadPort.SHA256Digest) -> String {
  let digits = Array("0123456789abcdef")
  return digest.bytes.indices.reduce(into: "") { text, index in
    text.append(digits[Int(digest.bytes[index] >> 4)])
    text.append(digits[Int(digest.bytes[index] & 15)])
  }
}

private func hexadecimal(_ digest: SHA256.Digest) -> String {
  digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// Hashes `message` in chunks of at most `chunkSize` bytes.
private func softwareDigest(_ message: [UInt8], chunkSize: Int = .max) -> String {
  var hasher = SoftwareSHA256()
  // Safety: UInt8 has no padding.
  var rest = unsafe message.span.bytes
  repeat {
    let chunk = rest.extracting(first: chunkSize)
    hasher.update(chunk)
    rest = rest.extracting(droppingFirst: chunk.byteCount)
  } while !rest.isEmpty
  return hexadecimal(hasher.finalize())
}

/// Bytes without a period that divides a block.
private func message(count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 251) }
}

@Test(arguments: knownAnswers.indices)
func `known answers`(index: Int) {
  let (message, digest) = knownAnswers[index]
  #expect(softwareDigest(message) == digest, "\(message.count) bytes")
}

@Test func `every length up to some blocks agrees with swift-crypto`() {
  for count in 0...200 {
    let message = message(count: count)
    #expect(softwareDigest(message) == hexadecimal(SHA256.hash(data: message)), "\(count) bytes")
  }
}

@Test func `chunk boundaries do not matter`() {
  let message = message(count: 200)
  let expected = hexadecimal(SHA256.hash(data: message))
  for chunkSize in 1...200 {
    #expect(
      softwareDigest(message, chunkSize: chunkSize) == expected, "chunks of \(chunkSize) bytes")
  }
}

@Test func `a copy goes on by itself`() {
  let message = message(count: 100)
  var original = SoftwareSHA256()
  // Safety: UInt8 has no padding.
  unsafe original.update(message.span.bytes)
  var copy = original
  unsafe copy.update(message.span.bytes)
  #expect(hexadecimal(original.finalize()) == hexadecimal(SHA256.hash(data: message)))
  #expect(hexadecimal(copy.finalize()) == hexadecimal(SHA256.hash(data: message + message)))
}
