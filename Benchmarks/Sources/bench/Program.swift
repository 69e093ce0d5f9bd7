import Foundation
import Synchronization

/// Programs that run to their end.
enum Program {
  /// What it prints on standard output; throws unless it ends with 0.
  @discardableResult
  static func run(_ command: [String]) throws -> String {
    let process = try start(command)
    defer { process.interrupt() }
    process.waitForEnd()
    guard process.exitCode == 0 else {
      throw Failure(
        "\(command.joined(separator: " "))\n\(process.output.text)\(process.errors.text)")
    }
    return process.output.text
  }

  /// Starts one that runs on.
  static func start(_ command: [String]) throws -> RunningProgram { try RunningProgram(command) }
}

/// A program that runs.
final class RunningProgram: Sendable {
  let output = Transcript()
  let errors = Transcript()
  private let process = Process()
  /// Signalled when it has ended: waitUntilExit() looks every 50 ms only.
  private let ended = DispatchSemaphore(value: 0)

  init(_ command: [String]) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = Self.pipe(to: output)
    process.standardError = Self.pipe(to: errors)
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  private static func pipe(to transcript: Transcript) -> Pipe {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        // Safety: read(2) writes no more than the buffer has.
        let count = unsafe read(descriptor, &buffer, buffer.count)
        guard count > 0 else { break }
        transcript.append(buffer[..<count])
      }
      transcript.end()
      withExtendedLifetime(pipe) {}
    }
    return pipe
  }

  var exitCode: Int32 { process.terminationStatus }

  func waitForEnd() {
    ended.wait()
    ended.signal()
    output.waitForEnd()
    errors.waitForEnd()
  }

  /// As Ctrl-C does, and waits.
  func interrupt() {
    guard process.isRunning else { return }
    process.interrupt()
    ended.wait()
    ended.signal()
  }
}

/// What a program prints, with the time of each line.
final class Transcript: Sendable {
  struct Line: Sendable {
    var text: String
    var time: ContinuousClock.Instant
  }

  private struct State {
    var lines: [Line] = []
    var rest: [UInt8] = []
    var isAtEnd = false
    /// Lines that `line(containing:)` has passed.
    var seen = 0
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)

  var text: String { state.withLock { $0.lines.map { $0.text + "\n" }.joined() } }

  func append(_ bytes: ArraySlice<UInt8>) {
    let time = ContinuousClock.now
    state.withLock { state in
      for byte in bytes {
        if byte == 10 {
          state.lines.append(Line(text: String(decoding: state.rest, as: UTF8.self), time: time))
          state.rest = []
        } else if byte != 13 {
          state.rest.append(byte)
        }
      }
    }
    changed.signal()
  }

  func end() {
    state.withLock { state in
      if !state.rest.isEmpty {
        state.lines.append(
          Line(text: String(decoding: state.rest, as: UTF8.self), time: ContinuousClock.now))
      }
      state.isAtEnd = true
    }
    changed.signal()
  }

  func waitForEnd() {
    while !state.withLock({ $0.isAtEnd }) { changed.wait() }
  }

  /// The next line with `text`, within 60 seconds; throws what there is instead.
  func line(containing text: String) throws -> Line {
    let end = DispatchTime.now() + .seconds(60)
    while true {
      let found: (line: Line?, isAtEnd: Bool) = state.withLock { state in
        while state.seen < state.lines.count {
          let line = state.lines[state.seen]
          state.seen += 1
          if line.text.contains(text) { return (line, false) }
        }
        return (nil, state.isAtEnd)
      }
      if let line = found.line { return line }
      guard !found.isAtEnd, changed.wait(timeout: end) == .success else {
        throw Failure("no '\(text)' in:\n\(self.text)")
      }
    }
  }
}
