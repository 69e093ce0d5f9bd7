import HotReloadELF
import HotReloadPort

extension ModuleManifest {
  /// Reads the descriptor of the hotreload note; throws `noteTooShort`, `unsupportedFormat` or
  /// `unsupportedFeatures`.
  init(_ descriptor: borrowing ByteView) throws(LoaderError) {
    guard descriptor.count >= Self.size else { throw .noteTooShort(descriptor.count) }
    let version = try elf(descriptor.half(at: 0))
    guard version == Self.version else { throw .unsupportedFormat(version: version) }
    let flags = try elf(descriptor.half(at: 6))
    guard flags == 0 else { throw .unsupportedFeatures(flags: flags) }
    headerSize = try elf(descriptor.half(at: 2))
    guard UInt32(headerSize) >= Self.size else { throw .noteTooShort(UInt32(headerSize)) }
    chip = try elf(descriptor.half(at: 4))
    executableOffset = try elf(descriptor.word(at: 8))
    firmwareID = try elf(BuildID(descriptor, at: 12))
    moduleID = try elf(BuildID(descriptor, at: 44))
    namesHash = try elf(descriptor.word(at: 76))
    sequence = try elf(descriptor.doubleWord(at: 80))
    exportCount = try elf(descriptor.word(at: 88))
    relativeWordCount = try elf(descriptor.word(at: 92))
    oddFixupCount = try elf(descriptor.word(at: 96))
    codeRelativeWordCount = try elf(descriptor.word(at: 100))
    codeOddFixupCount = try elf(descriptor.word(at: 104))
  }
}

extension BuildID {
  fileprivate init(_ view: borrowing ByteView, at offset: UInt32) throws(ELFError) {
    self.init(bytes: .init(repeating: 0))
    for index in 0..<32 { bytes[index] = try view.byte(at: offset &+ UInt32(index)) }
  }
}
