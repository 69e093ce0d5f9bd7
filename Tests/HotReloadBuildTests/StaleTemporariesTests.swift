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

struct StaleTemporariesTests {
  /// No system gives a process this number: Linux ends at 2^22, Darwin at 99999.
  static let gone = pid_t.max

  @Test(
    arguments: [
      ("a.o.12.tmp", 12), ("a.o.12.tmp.d", 12), ("a.12.tmp.d.13.tmp", 13), (".12.tmp", 12),
      ("a.o.12-b3e0904f.tmp.tmp", 12), ("a-b.tmp.tmp", nil), ("a.x-1.tmp.tmp", nil),
      ("a.-1.tmp.tmp", nil), ("a.o", nil), ("a.tmp", nil), ("a.o.tmp", nil), ("a.0.tmp", nil),
      ("a.-1.tmp", nil),
      ("a.+1.tmp", nil), ("a.99999999999.tmp", nil), ("a..tmp", nil), ("12.tmp", nil),
      ("a.12.tmp.e", nil), ("a.12", nil), ("", nil), ("d", nil),
    ] as [(String, pid_t?)])
  func `temporary files name their process`(name: String, process: pid_t?) {
    #expect(StaleTemporaries.process(of: name) == process)
  }

  @Test func `what a temporary path names is recognised`() {
    let name = FileContents.temporaryPath(for: "/a/b.o").lastComponent?.string
    #expect(StaleTemporaries.process(of: name ?? "") == getpid())
  }

  #if os(Linux)
    @Test func `nothing is left of a process that has ended, waited for or not`() async throws {
      let folder = try TemporaryFolder()
      var process: pid_t = 0
      // Safety: the name lives until the end of the test.
      let name = unsafe strdup("true")
      defer { unsafe free(name) }
      let spawned = unsafe posix_spawn(&process, "/bin/true", nil, nil, [name, nil], nil)
      try #require(spawned == 0)
      var information = unsafe siginfo_t()
      // It stays a zombie.
      // Safety: the system writes one siginfo_t.
      let waited = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT)
      try #require(waited == 0)
      defer { waitpid(process, nil, 0) }
      let stale = folder.path.appending("a.o.\(process).tmp")
      try FileContents.write([1], to: stale)
      StaleTemporaries.remove(in: folder.path)
      #expect(FileStatus(stale) == nil)
    }
  #endif

  @Test func `the next build removes what a killed one left, and nothing else`() async throws {
    let project = try SampleProject()
    let object = project.object(of: "reloadable").string
    let image = project.plan.output.module("reloadable").image.string
    let stale = [
      "\(object).\(Self.gone).tmp", "\(object).\(Self.gone).tmp.d", "\(image).\(Self.gone).tmp",
    ]
    let others = ["\(object).\(getpid()).tmp.mine", "\(object).\(getppid()).tmp", "\(object).tmp"]
    for path in stale + others { try FileContents.write([1], to: FilePath(path)) }
    try await project.buildAll()
    for path in stale { #expect(FileStatus(FilePath(path)) == nil, "\(path)") }
    for path in others { #expect(FileStatus(FilePath(path)) != nil, "\(path)") }
  }
}
