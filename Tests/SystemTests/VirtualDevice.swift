import HotReloadClient
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if os(Linux)
  import Glibc
#else
  import Darwin
#endif

/// A project's firmware in QEMU, started by `hotreload run`.
struct VirtualDevice: Sendable {
  /// As `hotreload run` says it.
  let url: String
  let console: Transcript
  /// The process identifier of `hotreload run`.
  private let process: Int32

  /// Runs the firmware for as long as `body` takes. A flash of its own, with the project's module in it, unless
  /// `flash` names a file to keep.
  static func run<Value: Sendable>(
    _ project: FirmwareProject, flash: FilePath? = nil, options: [String] = [],
    body: (VirtualDevice) async throws -> Value
  ) async throws -> Value {
    let command =
      [Repository.tool.string, "run", "--plan", project.plan.string, "--port", "0"]
      + (flash.map { ["--flash", $0.string] } ?? []) + options
    return try await ChildProcess.running(command) { program in
      do {
        let answer = try await program.errors.line(containing: "answers at ")
        let url = try #require(answer.split(separator: " ").last.map(String.init))
        return try await body(
          VirtualDevice(url: url, console: program.output, process: program.number))
      } catch var missing as Transcript.Missing {
        missing.transcript = """
          console:
          \(program.output.text)
          errors:
          \(program.errors.text)
          """
        throw missing
      }
    }.value
  }

  /// Kills `hotreload run`; with it, the kernel kills the emulator (`ParentBound`).
  func cutPower() { kill(process, SIGKILL) }

  /// The next line with this greeting.
  @discardableResult
  func greeting(_ word: String) async throws -> Greeting {
    let line = try await console.line(containing: "\(word), World")
    return try #require(Greeting(line), "\(line)")
  }

  /// A greeting that was printed after this call began.
  @discardableResult
  func newGreeting(_ word: String) async throws -> Greeting {
    console.skip()
    return try await greeting(word)
  }

  /// `GET /status`, by curl.
  func status() async throws -> DeviceStatus {
    let reply = try await Curl.request(url + "/status")
    try #require(reply.status == 200, "\(reply)")
    return try JSONDecoder().decode(DeviceStatus.self, from: Data(reply.body.utf8))
  }

  /// What it runs.
  func module() async throws -> DeviceStatus.Module {
    try #require(try await status().module(in: "hotreload"))
  }

  /// Builds the module with another greeting and uploads it with curl: the device has to run it.
  @discardableResult
  func expectUpload(
    of greeting: String, from project: FirmwareProject
  ) async throws -> SignedUpload {
    try project.greet(with: greeting)
    let build = try await Tool.run("build", "--plan", project.plan.string)
    try #require(build.exitCode == 0, "\(build)")
    let upload = try await SignedUpload(
      FirmwareProject.bytes(of: project.module), key: project, to: self)
    let reply = try await upload.send(to: self)
    #expect(reply.status == 200, "\(reply)")
    try await self.greeting(greeting)
    return upload
  }
}
