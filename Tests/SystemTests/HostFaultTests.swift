import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension SystemTests {
  /// The tool killed, and disks that take no more: the next build makes what a clean one makes.
  @Suite struct HostFaultTests {
    private static let words = ["Salve", "Servus"]

    private struct Build: Decodable {
      struct Module: Decodable { var id: String }
      var modules: [Module]
    }

    /// Edits the module and builds it; its build-ID.
    private func build(_ project: FirmwareProject, _ word: String? = nil) async throws -> String {
      if let word { try project.greet(with: word) }
      let result = try await Tool.run("build", "--plan", project.plan.string, "--json")
      try #require(result.exitCode == 0, "\(result)")
      let build = try JSONDecoder().decode(Build.self, from: Data(result.output.utf8))
      return try #require(build.modules.first?.id)
    }

    /// Files of killed processes in the build folder.
    private func strays(_ project: FirmwareProject) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: project.buildFolder.string)
        .filter { $0.hasSuffix(".tmp") || $0.hasSuffix(".temporary") }
    }

    @Test(arguments: [[], ["--foreground"]])
    func aKilledBuildLeavesAFolderThatTheNextOneUses(options: [String]) async throws {
      let project = try await FirmwareProject.basic()
      var ids: [String] = []
      var longest = 0
      for word in Self.words {
        let start = ContinuousClock.now
        ids.append(try await build(project, word))
        longest = max(longest, Int((ContinuousClock.now - start) / .milliseconds(1)))
      }
      try #require(ids[0] != ids[1])
      var generator = SystemRandomNumberGenerator()
      let seed = UInt32.random(in: 0...UInt32.max, using: &generator)
      var state = UInt64(seed)
      var killed = 0
      for round in 0..<10 {
        let word = round % 2
        try project.greet(with: Self.words[word])
        // Knuth's MMIX generator.
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let milliseconds = 1 + Int(state >> 33) % max(longest, 100)
        let comment = "seed \(seed), round \(round), after \(milliseconds) ms"
        // Without --foreground the compilers are killed as well.
        let result = try await ChildProcess.run(
          ["timeout"] + options + [
            "-s", "KILL", "\(Double(milliseconds) / 1000)",
            Repository.tool.string,
            "build", "--plan", project.plan.string,
          ])
        // 124: the build ended while timeout(1) was about to kill it.
        if result.exitCode == 137 || result.exitCode == 124 {
          killed += 1
        } else {
          #expect(result.exitCode == 0, "\(result)")
        }
        #expect(try await build(project) == ids[word], "\(comment)")
        let flashed = try FirmwareProject.bytes(of: project.partitionImage)
        let image = try FirmwareProject.bytes(of: project.module)
        #expect(Array(flashed[512..<512 + image.count]) == image, "\(comment)")
      }
      print("\(killed) of 10 builds were killed, seed \(seed)")
      // An orphaned compiler may have written after the last build.
      _ = try await build(project, "Ave")
      let left = try strays(project)
      #expect(left == [])
      try await VirtualDevice.run(project) { _ = try await $0.greeting("Ave") }
    }

    @Test func aFileThatMayNotGrowIsAnErrorAndNothingIsHalfWritten() async throws {
      let project = try await FirmwareProject.basic()
      let before = try await build(project, "Salve")
      let image = try FirmwareProject.bytes(of: project.module)
      try project.greet(with: "Servus")
      /// Whether a limit was reached that a file of ours ran into.
      var hints = 0
      for kibibytes in [0, 1, 2, 4, 8, 16, 64, 256] {
        let result = try await ChildProcess.run([
          "bash", "-c", "ulimit -f \(kibibytes); exec \"$@\"", "bash", Repository.tool.string,
          "build",
          "--plan", project.plan.string,
        ])
        let comment = "\(kibibytes) KiB: \(result)"
        if result.exitCode == 0 { break }
        #expect([1, 2].contains(result.exitCode), "\(comment)")
        #expect(result.errors.contains("error: "), "\(comment)")
        if result.errors.contains("hint: this shell limits the size of files") { hints += 1 }
        #expect(try FirmwareProject.bytes(of: project.module) == image, "\(comment)")
      }
      #expect(hints > 0)
      #expect(try await build(project) != before)
      let left = try strays(project)
      #expect(left == [])
      try await VirtualDevice.run(project) { _ = try await $0.greeting("Servus") }
    }

    /// Takes root's right to write everywhere from a command (util-linux); nobody else has it.
    private static let setpriv: [String]? =
      if geteuid() != 0 {
        []
      } else if FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") {
        ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"]
      } else {
        nil
      }

    @Test(.enabled(if: setpriv != nil, "root may write everywhere, and there is no setpriv(1)"))
    func aFolderThatMayNotBeWrittenIsAnErrorAndNothingIsHalfWritten() async throws {
      let project = try await FirmwareProject.basic()
      let before = try await build(project, "Salve")
      let image = try FirmwareProject.bytes(of: project.module)
      try project.greet(with: "Servus")
      let files = FileManager.default
      let locked = project.module.removingLastComponent().string
      let mode = try #require(try files.attributesOfItem(atPath: locked)[.posixPermissions])
      try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: locked)
      let refused = try await ChildProcess.run(
        try #require(Self.setpriv) + [
          Repository.tool.string, "build", "--plan", project.plan.string,
        ])
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: locked)
      #expect(refused.exitCode == 1, "\(refused)")
      #expect(refused.errors.contains("Permission denied"), "\(refused)")
      #expect(refused.errors.contains("hint: "), "\(refused)")
      #expect(try FirmwareProject.bytes(of: project.module) == image)
      #expect(try await build(project) != before)
      let left = try strays(project)
      #expect(left == [])
    }

    @Test func aFullDiskBehindStandardOutputIsAFailure() async throws {
      try #require(FileManager.default.fileExists(atPath: "/dev/full"))
      let result = try await ChildProcess.run([
        "bash", "-c", "\"$1\" generate imports printf > /dev/full", "bash", Repository.tool.string,
      ])
      #expect(result.exitCode == 1, "\(result)")
      #expect(
        result.errors == "error: standard output cannot be written: No space left on device\n")
    }

    @Test func aProxyInTheEnvironmentDoesNotMatter() async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        // tcpmux(1), which nobody serves any more.
        let proxy = "http://127.0.0.1:1"
        let result = try await ChildProcess.run([
          "env", "http_proxy=\(proxy)", "HTTP_PROXY=\(proxy)", "all_proxy=\(proxy)",
          Repository.tool.string, "status", "--url", device.url,
        ])
        #expect(result.exitCode == 0, "\(result)")
      }
    }
  }
}
