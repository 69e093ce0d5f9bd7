import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct InterruptionTests {
  @Test func onlyALateSecondSignalEndsTheProcessAtOnce() {
    let interruption = Interruption()
    let start = ContinuousClock.now
    let table: [(Int32, Duration, Interruption.Reaction)] = [
      (2, .zero, .cancel), (2, .zero, .ignore), (15, .milliseconds(999), .ignore),
      (2, .seconds(1), .exit), (2, .seconds(60), .exit),
    ]
    for (signal, delay, reaction) in table {
      #expect(interruption.note(signal, at: start + delay) == reaction, "\(signal) after \(delay)")
    }
    #expect(interruption.signal == 2)
  }

  @Test func aReaderThatGoesAwayEndsTheCommandAsSIGPIPEDoes() async throws {
    let world = try TestWorld()
    let interruption = Interruption()
    let pipe = try FileDescriptor.pipe()
    try pipe.readEnd.close()
    defer { try? pipe.writeEnd.close() }
    await interruption.cancelling {
      interruption.write([10], to: pipe.writeEnd)
      // Whoever waits for something else is woken up.
      while !Task.isCancelled { await Task.yield() }
    }
    #expect(interruption.outputError == .brokenPipe)
    let context = Context(
      terminal: world.context().terminal, environment: [:], currentFolder: world.folder,
      interruption: interruption)
    #expect(HotReloadTool.outcome(.success, in: context).rawValue == 141)
    #expect(world.standardError.isEmpty)
  }

  @Test func anInputThatEndsEndsTheCommand() async throws {
    let interruption = Interruption()
    let pipe = try FileDescriptor.pipe()
    defer { try? pipe.readEnd.close() }
    await interruption.cancelling {
      interruption.cancelAtEnd(of: pipe.readEnd)
      _ = try? pipe.writeEnd.writeAll([10])
      #expect(!interruption.hasInputEnded)
      try? pipe.writeEnd.close()
      let never = AsyncStream<Never> { _ in }
      for await _ in never {}  // Ends when the task is cancelled.
    }
    #expect(interruption.hasInputEnded)
    #expect(interruption.signal == nil)
  }

  @Test func anOutputThatCannotBeWrittenIsAFailure() throws {
    let world = try TestWorld()
    let context = world.context()
    #expect(HotReloadTool.outcome(.success, in: context) == .success)
    let file = try world.write("", to: "file")
    let readOnly = try FileDescriptor.open(file, .readOnly)
    defer { try? readOnly.close() }
    context.interruption.write([10], to: readOnly)
    #expect(HotReloadTool.outcome(.success, in: context) == .failure)
    #expect(world.standardError.hasPrefix("error: standard output cannot be written: "))
  }
}
