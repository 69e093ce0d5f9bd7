import HotReloadELF
import HotReloadLoader

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Inspection {
  /// Reads the hotreload note, which makes the file a module image (docs/MODULE-FORMAT.md, "The note").
  ///
  /// What it says is shown whether a chip agrees or not.
  mutating func readNote(_ file: borrowing ELFFile) throws(ELFError) {
    guard let descriptor = try HotReloadNote.descriptor(in: file) else { return }
    kind = .module
    let head = try ModuleManifest(descriptor)
    manifest = Manifest(head)
    var tables = NoteTables(descriptor, start: UInt32(head.headerSize))
    exports = try tables.words(head.exportCount).map { Export(address: $0) }
    for region in ["data", "code"] {
      let isData = region == "data"
      let relative = try tables.slice(isData ? head.relativeWordCount : head.codeRelativeWordCount)
      count(try RelativeRelocations(relative).count(), "RELR", region)
      count(
        try tables.words(isData ? head.oddFixupCount : head.codeOddFixupCount).count, "odd", region)
    }
    let kept = try tables.words(head.keptCount, of: KeptRecord.size / 4)
    let names = try tables.slice(head.keptNamesSize / 4)
    for entry in stride(from: 0, to: kept.count, by: 4) {
      keptVariables.append(
        KeptVariable(
          name: Self.text(try names.string(at: kept[entry])), address: kept[entry + 2],
          size: kept[entry + 3], layoutHash: kept[entry + 1]))
    }
  }

  private mutating func count(_ count: Int, _ kind: String, _ region: String) {
    guard count > 0 else { return }
    fixups.append(
      FixupCount(kind: kind, table: "note, for \(region)", isForLoader: true, count: count))
  }
}

/// Walks the tables behind the head of a note.
private struct NoteTables: ~Escapable {
  private let descriptor: ByteView
  private var offset: UInt32

  @_lifetime(copy descriptor)
  init(_ descriptor: ByteView, start: UInt32) {
    self.descriptor = descriptor
    offset = start
  }

  /// The bytes of the next `count` words; throws `outOfBounds`.
  @_lifetime(copy self)
  mutating func slice(_ count: UInt32) throws(ELFError) -> ByteView {
    guard count <= descriptor.count / 4 else { throw .outOfBounds(offset) }
    let words = try descriptor.slice(at: offset, count: count * 4)
    offset += count * 4
    return words
  }

  /// The words of the next `count` entries of `size` words each; throws `outOfBounds`.
  @_lifetime(self: copy self)
  mutating func words(_ count: UInt32, of size: UInt32 = 1) throws(ELFError) -> [UInt32] {
    guard count <= descriptor.count / 4 / size else { throw .outOfBounds(offset) }
    let bytes = try slice(count * size)
    var words: [UInt32] = []
    for index in 0..<count * size { words.append(try bytes.word(at: index * 4)) }
    return words
  }
}

extension Inspection.Manifest {
  fileprivate init(_ head: borrowing ModuleManifest) {
    format = head.version
    chipID = head.chip
    chip = Chip.withID(head.chip)?.name.description ?? "unknown"
    executableOffset = head.executableOffset
    moduleID = HexText.encode(head.moduleID)
    firmwareID = HexText.encode(head.firmwareID)
    namesHash = head.namesHash
    sequence = head.sequence
    packedAt = Self.date(head.sequence)
    lifecycle = head.lifecycle == 0 ? nil : head.lifecycle
  }

  /// RFC 3339 with milliseconds.
  static func date(_ milliseconds: UInt64) -> String? {
    guard milliseconds < 253_402_300_800_000 else { return nil }  // 10000-01-01
    let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000))
      .formatted(Date.ISO8601FormatStyle())
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    return seconds.dropLast() + ".\(fraction)Z"
  }
}
