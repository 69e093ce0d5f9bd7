import ArgumentParser
import HotReloadBuild
import HotReloadClient
import NIOCore
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct RunCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a firmware on a virtual device.",
    discussion: """
      Starts the board's emulator. The firmware's console is standard output; the device's URL is printed on \
      standard error once its HTTP server answers. Ctrl-C ends the emulator; its exit code is passed on.

      A new flash holds the modules of the build plan whose firmware this is. With --flash it stays for the \
      next time, as a board's does.

      Some boards can be several chips: the emulated core then has the instructions of the chip, and the firmware \
      gives the chip's addresses to the memory for modules.

      A board is a folder with a board.toml, or the name of one in HOTRELOAD_BOARDS, in boards of \
      hotreload.toml, or in Boards, here or above.

      EXAMPLES:
        hotreload run
        hotreload run --board qemu-riscv32 firmware.elf --port 8080
        hotreload run --chip esp32c3
        hotreload run --flash flash.bin
        hotreload run --url-file device.url
      """)

  @Option(help: "Name or folder of the board (default: the build plan's).")
  var board: String?

  @Option(help: "The chip that the board is (default: the build plan's, else the board's first).")
  var chip: String?

  @Argument(help: "The firmware's ELF file (default: the build plan's).")
  var firmware: String?

  @OptionGroup var planOptions: PlanOptions

  @Option(help: "TCP port of the device on 127.0.0.1; 0 for a free one.")
  var port: Int = 0

  @Option(
    help: ArgumentHelp(
      "Keep the flash in this file (default: a new flash, gone afterwards).", valueName: "file"))
  var flash: String?

  @Flag(help: "Write the build plan's modules also to a flash that is not new.")
  var flashModules = false

  @Option(
    help: ArgumentHelp(
      "Write this image to a partition, instead of the build plan's module. May be repeated.",
      valueName: "label=image"))
  var module: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the device's URL to this file when it answers; removed at the end.",
      valueName: "file"))
  var urlFile: String?

  /// Of the flash that nobody keeps.
  private static let flashName = "flash.bin"
  private static let socketName = "http"
  /// Bytes that fit into `sun_path` of sockaddr_un(7) beside the NUL on every system: macOS has the fewest, 104.
  private static let longestSocketPath = 103

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535.")
    }
    for module in module where Self.split(module) == nil {
      throw ValidationError("--module takes LABEL=IMAGE, not '\(module)'.")
    }
  }

  private static func split(_ module: String) -> (label: String, image: String)? {
    guard let sign = module.firstIndex(of: "="), sign != module.startIndex else { return nil }
    return (String(module[..<sign]), String(module[module.index(after: sign)...]))
  }

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let settings = try Settings(.init(plan: planOptions.plan), in: context)
    let firmwarePath = firmware.map(context.resolve)
    let plan = try plan(settings, firmware: firmwarePath)
    guard let elf = firmwarePath ?? plan.map({ FilePath($0.firmware.path) }) else {
      throw CommandFailure(
        .usage, "no firmware: no ELF file is named, and there is no build plan here or above",
        hint: "hotreload run --board BOARD FIRMWARE")
    }
    guard InputFile.exists(elf) else {
      throw CommandFailure(.failure, "there is no firmware \(elf)", hint: "build it first")
    }
    guard let boardName = board ?? plan?.board else {
      throw CommandFailure(
        .usage, "no board: none is named, and the build plan has none",
        hint: "hotreload run --board BOARD \(elf)")
    }
    let board = try BoardDescriptor.find(
      boardName, in: settings.boardFolders(), context: context)
    try FirmwareFile.check(elf, for: board)
    // A plan's chip means nothing to a board that has no choice.
    let chip = try board.chip(named: chip ?? (board.chips.isEmpty ? nil : plan?.chip))
    guard let program = Program.find(board.program, in: context) else {
      throw CommandFailure(
        .failure, "\(board.program) is not installed",
        hint: "on Debian: sudo apt-get install qemu-system-misc")
    }

    let contents = try contents(plan, board, in: context)
    let folder = try TemporaryFolder(in: context)
    defer { folder.remove() }
    let socket = try socket(in: folder)
    let flash = try FlashFile(
      flash.map(context.resolve) ?? folder.file(Self.flashName), of: board, contents: contents,
      rewriting: flashModules || !module.isEmpty)
    defer { flash.close() }

    let device = VirtualDevice(
      board: board, chip: chip, program: program, firmware: elf, flash: flash.path,
      socket: socket)
    let relay = try await relay(to: device)
    let result: Result<ToolExit, CommandFailure>
    do throws(CommandFailure) {
      result = .success(
        try await run(device, behind: relay, in: context) {
          // The emulator has it open by now: not even a killed tool leaves it behind.
          if board.ready != nil { OutputFile.remove(folder.file(Self.flashName)) }
        })
    } catch {
      result = .failure(error)
    }
    await relay.close()
    return try result.get()
  }

  /// The plan that belongs to the firmware: one that was named, or one that is found and names the same
  /// firmware.
  private func plan(
    _ settings: Settings, firmware: FilePath?
  ) throws(CommandFailure) -> BuildPlan? {
    guard let plan = try settings.planIfPresent() else { return nil }
    guard plan.origin == .search, let firmware else { return plan.value }
    return FilePath(plan.value.firmware.path).lexicallyNormalized() == firmware ? plan.value : nil
  }

  /// What belongs into a new flash.
  private func contents(
    _ plan: BuildPlan?, _ board: BoardDescriptor, in context: Context
  ) throws(CommandFailure) -> [FlashFile.Content] {
    var contents: [FlashFile.Content] = []
    for (label, image) in module.compactMap(Self.split) {
      guard let partition = board.partitions.first(where: { $0.label == label }) else {
        throw CommandFailure(.usage, "the board '\(board.name)' has no partition '\(label)'")
      }
      contents.append(
        try .init(partition, image: InputFile.read(context.resolve(image))))
    }
    for module in plan?.modules ?? []
    where !contents.contains(where: { $0.partition == module.partition.label }) {
      let path = plan.map { $0.output.module(module.name).image }
      guard let path, let image = try InputFile.readIfPresent(path) else { continue }
      guard let partition = board.partitions.first(where: { $0.label == module.partition.label })
      else { continue }
      contents.append(try .init(partition, image: image))
    }
    return contents
  }

  /// Where the emulator will listen.
  private func socket(in folder: TemporaryFolder) throws(CommandFailure) -> FilePath {
    let socket = folder.file(Self.socketName)
    guard socket.length <= Self.longestSocketPath else {
      throw CommandFailure(
        .failure, "\(socket) is too long for the name of a socket",
        hint: "set TMPDIR to a shorter one, as in TMPDIR=/tmp")
    }
    return socket
  }

  private func relay(to device: VirtualDevice) async throws(CommandFailure) -> ChannelRelay {
    do {
      return try await ChannelRelay(
        port: port, device: device.socket, framing: device.board.framing)
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw CommandFailure(
        .failure, "port \(port) of 127.0.0.1 is in use",
        hint: "is another `hotreload run` there? Without --port, a free one is taken")
    } catch {
      throw CommandFailure(.failure, "nothing can listen on port \(port) of 127.0.0.1: \(error)")
    }
  }

  private func run(
    _ device: VirtualDevice, behind relay: ChannelRelay, in context: Context,
    onReady: @escaping @Sendable () -> Void
  ) async throws(CommandFailure) -> ToolExit {
    let url = "http://127.0.0.1:\(relay.port)"
    let line = Array("\(url)\n".utf8)
    let urlPath = urlFile.map(context.resolve)
    let terminal = context.terminal
    defer {
      // The port is ours alone: another content is another device's.
      if let urlPath, (try? InputFile.readIfPresent(urlPath)) == line { OutputFile.remove(urlPath) }
    }
    return try await device.run {
      terminal.writeOutput($0)
      return !terminal.isOutputClosed()
    } onReady: {
      onReady()
      relay.open()
      terminal.note("hotreload: \(device.title) answers at \(url)")
      guard let urlPath else { return }
      do throws(CommandFailure) {
        try OutputFile.write(line, to: urlPath)
      } catch {
        terminal.failure(error)
      }
    }
  }
}
