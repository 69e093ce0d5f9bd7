import HotReloadELF
import SystemPackage

/// Copies of what a module for Xtensa is linked from, in which all sections that occupy memory count as writable.
///
/// Words that hold addresses are in code (literals) and among the constants (tables) there. GNU ld refuses to leave them
/// to a loader as long as their sections are read-only ("dynamic relocation in read-only section").
struct WritableCopies {
  /// The copies, in the place of their originals; what is neither object file nor archive is there itself.
  let files: [FilePath]
  /// Copies and their originals.
  private let originals: [(copy: FilePath, original: FilePath)]

  /// Writes the copies into `folder`.
  ///
  /// - Throws: `fileSystem`; `malformedELF`; `malformedArchive`.
  init(of inputs: [FilePath], in folder: FilePath) throws(BuildFailure) {
    var files: [FilePath] = []
    var originals: [(copy: FilePath, original: FilePath)] = []
    do throws(BuildFailure) {
      for (index, input) in inputs.enumerated() {
        guard let bytes = try Self.writable(FileContents.read(input), path: input.string) else {
          files.append(input)
          continue
        }
        let name = "\(index)-\(input.lastComponent?.string ?? "")"
        let copy = FileContents.temporaryPath(for: folder.appending(name))
        try FileContents.write(bytes, to: copy)
        files.append(copy)
        originals.append((copy, input))
      }
    } catch {
      for (copy, _) in originals { FileContents.remove(copy) }
      throw error
    }
    self.files = files
    self.originals = originals
  }

  /// Removes the copies.
  func remove() {
    for (copy, _) in originals { FileContents.remove(copy) }
  }

  /// What a linker said of the copies, said of the originals.
  func naming(originalsIn output: String) -> String {
    originals.reduce(output) { $0.replacing($1.copy.string, with: $1.original.string) }
  }

  /// The bytes of an object file or an archive with its sections writable; nil for anything else.
  private static func writable(_ bytes: [UInt8], path: String) throws(BuildFailure) -> [UInt8]? {
    var result = bytes
    if isObject(bytes[...]) {
      try makeWritable(0..<bytes.count, of: &result, path: path)
      return result
    }
    guard Archive.isArchive(bytes) else { return nil }
    for content in try Archive.contents(of: bytes, path: path) where isObject(bytes[content.range])
    {
      try makeWritable(content.range, of: &result, path: "\(path)(\(content.name))")
    }
    return result
  }

  private static func isObject(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x7F] + Array("ELF".utf8))
  }

  /// Sets `SHF_WRITE` where `SHF_ALLOC` is (gABI, "Section Attribute Flags").
  private static func makeWritable(
    _ range: Range<Int>, of bytes: inout [UInt8], path: String
  ) throws(BuildFailure) {
    let object = Array(bytes[range])
    do throws(ELFError) {
      let file = try ELFFile(object.span.raw)
      for index in 0..<(try file.sectionCount) {
        guard try file.sectionHeader(at: index).flags.isAllocated else { continue }
        // The header was read: it lies in the file. sh_flags follow sh_name and sh_type.
        let header = Int(file.header.sectionHeaderOffset) + Int(index) * Int(SectionHeader.size)
        bytes[range.lowerBound + header + 8] |= 1
      }
    } catch {
      throw .malformed(path, error)
    }
  }
}
