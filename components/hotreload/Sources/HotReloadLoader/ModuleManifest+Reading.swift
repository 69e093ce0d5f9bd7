import HotReloadELF
import HotReloadPort

extension ModuleManifest {
  /// Reads the descriptor of the hotreload note; throws `outOfBounds`.
  init(_ descriptor: borrowing ByteView) throws(ELFError) {
    version = try descriptor.half(at: 0)
    headerSize = try descriptor.half(at: 2)
    chip = try descriptor.half(at: 4)
    flags = try descriptor.half(at: 6)
    executableOffset = try descriptor.word(at: 8)
    firmwareID = try BuildID(descriptor, at: 12)
    moduleID = try BuildID(descriptor, at: 44)
    namesHash = try descriptor.word(at: 76)
    sequence = try descriptor.doubleWord(at: 80)
    exportCount = try descriptor.word(at: 88)
    relativeWordCount = try descriptor.word(at: 92)
    oddFixupCount = try descriptor.word(at: 96)
    codeRelativeWordCount = try descriptor.word(at: 100)
    codeOddFixupCount = try descriptor.word(at: 104)
  }

  /// Throws unless this loader can load what the note describes for `chip`: `unsupportedFormat`,
  /// `unsupportedFeatures`, `noteTooShort`, `wrongChip` or `codeFixups`.
  func check(_ chip: Chip) throws(LoaderError) {
    guard version == Self.version else { throw .unsupportedFormat(version: version) }
    guard flags == 0 else { throw .unsupportedFeatures(flags: flags) }
    guard UInt32(headerSize) >= Self.size else { throw .noteTooShort(UInt32(headerSize)) }
    guard self.chip == chip.id else { throw .wrongChip(found: self.chip, expected: chip.id) }
    let codeFixups = codeRelativeWordCount | codeOddFixupCount
    guard codeFixups == 0 else { throw .codeFixups(codeFixups) }
  }
}

extension BuildID {
  fileprivate init(_ view: borrowing ByteView, at offset: UInt32) throws(ELFError) {
    self.init(bytes: .init(repeating: 0))
    for index in 0..<32 { bytes[index] = try view.byte(at: offset &+ UInt32(index)) }
  }
}
