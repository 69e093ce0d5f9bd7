import HotReloadClient
import SystemPackage
import TestImages
import Testing

/// A device that is reloaded again and again while things go wrong, and what it has to say each time.
actor Soak {
  /// A device did something else than it had to.
  struct Wrong: Error, CustomStringConvertible {
    var description: String
  }

  let project: FirmwareProject
  let variants: SoakVariants
  /// The number of reloads that are asked for.
  private let goal: Int
  private let name: String
  var random: SplitMix
  /// Every step once, in any order, before chance decides.
  private var first: [SoakStep]

  // What the device has to be doing.

  /// The number of the variant that runs.
  var running = 1
  /// The number of the variant that a restart brings back.
  var stored = 1
  /// Where a power cut may have come too early or too late for `stored`: another one that may be there.
  var orStored: Int?
  /// What the kept counter said last.
  private var count = 0
  /// The bytes of the image that lies in RAM.
  var bytesInRAM = 0
  /// Bytes of each variant in RAM, when it was first seen.
  private var memory: [Int: Int] = [:]
  /// Bytes in use by malloc() when it was first seen.
  private var heap: Int?

  // What was done.

  /// Reloads that the device has made, and those that it refused.
  private(set) var reloads = 0
  /// How often each step was done.
  private(set) var steps: [SoakStep: Int] = [:]
  /// When progress is said next.
  private var nextNote = 250
  private let start = ContinuousClock.now

  init(
    _ project: FirmwareProject, _ variants: SoakVariants, reloads: Int, seed: UInt64, name: String
  ) {
    self.project = project
    self.variants = variants
    self.name = name
    goal = reloads
    random = SplitMix(seed)
    first = SoakStep.allCases.shuffled(using: &random)
  }

  var isDone: Bool { reloads >= goal && first.isEmpty }

  /// What was done, for people.
  var summary: String {
    let counts = SoakStep.allCases.map { "\(steps[$0] ?? 0) \($0.rawValue)" }
    let seconds = (ContinuousClock.now - start).components.seconds
    return "\(name): \(reloads) reloads in \(seconds) s: " + counts.joined(separator: ", ")
      + "; heap \(heap ?? 0) bytes before and after"
  }

  /// From one start of the emulator to its end.
  func session(on device: VirtualDevice) async throws {
    let client = DeviceClient(url: try DeviceURL(device.url))
    do {
      try await expectStart(of: device)
      while !isDone {
        let step = first.popLast() ?? .random(using: &random)
        steps[step, default: 0] += 1
        do {
          if try await perform(step, on: device, client) { break }
        } catch {
          throw Wrong(
            description: "\(name), after \(reloads) reloads, '\(step.rawValue)': \(error)")
        }
        if reloads >= nextNote, goal > 250 {
          nextNote = reloads + 250
          _ = try FileDescriptor.standardError.writeAll(Array("soak \(summary)\n".utf8))
        }
      }
    } catch {
      await client.close()
      throw error
    }
    await client.close()
  }

  // MARK: - What the device says

  /// It starts, with what flash holds.
  func expectStart(of device: VirtualDevice) async throws {
    let line = try await line(of: device)
    count = 0
    bytesInRAM = 0
    if line.answer == orStored { stored = line.answer }
    orStored = nil
    try check(line, "start", 0, stored)
  }

  /// The application has reloaded: it runs this variant.
  func expectReload(of variant: SoakVariant, on device: VirtualDevice) async throws {
    try check(try await line(of: device), "reload", 0, variant.number)
    reloads += 1
  }

  /// The application could not reload: it runs what it ran.
  func expectRefusal(on device: VirtualDevice) async throws {
    try check(try await line(of: device), "reload", 0xFFFF_FFFF, running)
    reloads += 1
  }

  /// The application reloads until it runs this variant.
  func expectReloads(
    to variant: SoakVariant, by others: [SoakVariant], on device: VirtualDevice
  ) async throws {
    repeat {
      let line = try await line(of: device)
      guard others.contains(where: { $0.number == line.answer }) else {
        throw Wrong(description: "\(line): nobody sent that")
      }
      try check(line, "reload", 0, line.answer)
      reloads += 1
    } while running != variant.number
  }

  private func line(of device: VirtualDevice) async throws -> SoakLine {
    let text = try await device.console.line(containing: "soak: ", within: .seconds(60))
    guard let line = SoakLine(text) else { throw Wrong(description: "'\(text)'") }
    return line
  }

  private func check(
    _ line: SoakLine, _ event: String, _ error: UInt32, _ answer: Int
  ) throws {
    count += 1
    let module = line.memory - bytesInRAM
    guard line.event == event, line.error == error, line.answer == answer, line.count == count,
      module == memory[answer, default: module], line.heap == heap ?? line.heap
    else {
      throw Wrong(
        description: """
          it said \(line), not \(event) \(error), answer \(answer), count \(count), \
          memory \(memory[answer] ?? module) and \(bytesInRAM), heap \(heap ?? line.heap)
          """)
    }
    running = answer
    memory[answer] = module
    heap = line.heap
  }
}
