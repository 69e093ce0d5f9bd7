import Crypto
import HotReloadELF

/// What tells one firmware from another: the device reports it, and modules are bound to it. 32 bytes.
public enum FirmwareIdentity: String, Codable, CaseIterable, Sendable {
  /// The linker's: the note `.note.gnu.build-id`, padded with zeros.
  case buildID = "build-id"
  /// SHA-256 of the ELF file: what ESP-IDF puts into the application's description (`esp_app_desc_t`,
  /// `app_elf_sha256`) when it makes the image that is flashed.
  case elfSHA256 = "elf-sha256"

  /// The identity of an ELF file.
  ///
  /// - Parameter path: names it in messages.
  /// - Throws: `firmwareWithoutBuildID`; `malformedELF`.
  func bytes(of file: [UInt8], path: String) throws(BuildFailure) -> [UInt8] {
    switch self {
    case .elfSHA256: return Array(SHA256.hash(data: file))
    case .buildID:
      guard let found = try Self.buildID(of: file, path: path), !found.isEmpty else {
        throw BuildFailure(
          .other, .firmwareWithoutBuildID, "\(path) has no build-ID",
          hint: "link the firmware with -Wl,--build-id=sha1, and let its linker script keep "
            + "*(.note.gnu.build-id)")
      }
      return Array((found + [UInt8](repeating: 0, count: 32)).prefix(32))
    }
  }

  /// The identity that modules for an ELF file of unknown origin have: its build-ID where it has one.
  static func guess(for file: [UInt8], path: String) throws(BuildFailure) -> FirmwareIdentity {
    try buildID(of: file, path: path) == nil ? .elfSHA256 : .buildID
  }

  private static func buildID(of file: [UInt8], path: String) throws(BuildFailure) -> [UInt8]? {
    do throws(ELFError) { return try ELFFile(file.span.raw).buildID() } catch {
      throw .malformed(path, error)
    }
  }
}

extension ELFFile {
  /// The descriptor of the note "GNU", `NT_GNU_BUILD_ID`.
  fileprivate func buildID() throws(ELFError) -> [UInt8]? {
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .note else { continue }
      var notes = Notes(try contents(of: section))
      while let note = try notes.nextNote() {
        if note.type == Note.gnuBuildID, note.owner.text == "GNU\0" { return note.descriptor.array }
      }
    }
    return nil
  }
}
