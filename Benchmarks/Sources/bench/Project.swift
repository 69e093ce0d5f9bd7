import Foundation

/// The virtual boards.
enum Board: String, CaseIterable {
  case riscv32 = "qemu-riscv32"
  case xtensa = "qemu-xtensa"

  var title: String { self == .riscv32 ? "RISC-V" : "Xtensa" }
}

/// A firmware, configured and built in a copy of its sources: build/bench/<board>/<name>.
struct Project {
  var board: Board
  var sources: String
  var buildFolder: String

  /// - Parameters:
  ///   - folder: its sources, from the root of the repository.
  ///   - name: that of its copy.
  ///   - replacement: a source of the project, and what takes its place, from the root of the repository.
  ///   - buildType: CMake's; nil: none.
  init(
    _ folder: String, as name: String, on board: Board, _ options: Options,
    replacing replacement: (source: String, file: String)? = nil, buildType: String? = nil
  ) throws {
    self.board = board
    let place = "\(options.root)/build/bench/\(board.rawValue)/\(name)"
    sources = "\(place)/sources"
    buildFolder = "\(place)/build"
    let files = FileManager.default
    if files.fileExists(atPath: sources) { try files.removeItem(atPath: sources) }
    try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    try files.copyItem(atPath: "\(options.root)/\(folder)", toPath: sources)
    if let (source, file) = replacement {
      try files.removeItem(atPath: "\(sources)/\(source)")
      try files.copyItem(atPath: "\(options.root)/\(file)", toPath: "\(sources)/\(source)")
    }
    note("building \(folder) for \(board.rawValue)")
    try Program.run([
      "cmake", "-G", "Ninja", "-S", sources, "-B", buildFolder,
      "-DCMAKE_TOOLCHAIN_FILE=\(options.root)/Boards/\(board.rawValue)/toolchain.cmake",
      "-DHOTRELOAD_ROOT=\(options.root)", "-DHOTRELOAD_TOOL=\(options.tool)",
      "-DHOTRELOAD_RUNTIME_FOLDER=\(options.root)/build/runtime",
      "-DCMAKE_BUILD_TYPE=\(buildType ?? "")",
    ])
    try Program.run(["cmake", "--build", buildFolder])
  }

  var plan: String { "\(buildFolder)/hotreload-plan.json" }
  var key: String { "\(buildFolder)/hotreload.key" }

  /// A module's image.
  func image(of module: String = "reloadable") throws -> [UInt8] {
    try Array(
      Data(contentsOf: URL(filePath: "\(buildFolder)/hotreload/\(module)/module.elf")))
  }

  /// Runs the firmware while `body` talks to it at its URL.
  func run<Value>(
    _ options: Options, body: (_ url: String, _ device: RunningProgram) throws -> Value
  ) throws -> Value {
    let device = try Program.start([options.tool, "run", "--plan", plan, "--port", "0"])
    defer { device.interrupt() }
    let answer = try device.errors.line(containing: "answers at ").text
    guard let url = answer.split(separator: " ").last else { throw Failure(answer) }
    return try body(String(url), device)
  }
}

/// Progress, on standard error.
func note(_ text: String) { FileHandle.standardError.write(Data("bench: \(text)\n".utf8)) }
