import SystemPackage
import Testing

@testable import HotReloadBuild

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct FileContentsTests {
  /// What a wrong argument may name.
  enum Oddity: String, CaseIterable {
    case folder = "it is a folder"
    case pipe = "it is no regular file"
    case hugeSparseFile = "it has more than 256 MiB"
    case missing = "No such file"

    func make(_ path: FilePath) throws {
      switch self {
      case .folder: try FileContents.createFolder(path)
      case .pipe:
        // Safety: the string is NUL-terminated for the duration of the call.
        #expect(unsafe path.withPlatformString { unsafe mkfifo($0, 0o600) } == 0)
      case .hugeSparseFile:
        let file = try FileDescriptor.open(
          path, .writeOnly, options: .create, permissions: .ownerReadWrite)
        try file.closeAfter { try file.resize(to: 1 << 40) }
      case .missing: break
      }
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: Oddity.allCases)
  func `what is no file of reasonable size is refused by name`(oddity: Oddity) throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("odd")
    try oddity.make(path)
    let failure = #expect(throws: BuildFailure.self) { try FileContents.read(path) }
    #expect(failure?.code == .fileSystem)
    #expect(failure?.message.hasPrefix("cannot read \(path): ") == true, "\(failure as Any)")
    #expect(failure?.message.contains(oddity.rawValue) == true, "\(failure as Any)")
  }

  @Test(arguments: [0, 1, 4096, 3 << 20])
  func `a file is read whole`(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = folder.path.appending("file")
    try FileContents.write(bytes, to: path)
    #expect(try FileContents.read(path) == bytes)
  }
}
