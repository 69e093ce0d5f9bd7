import Foundation
import Measurements

/// The same loads by the C loader of igrr/hotreload, where its sources are at hand.
enum OriginalPart {
  private static let shapes = [(1, 10), (16, 100), (64, 1000), (256, 10_000), (1024, 100_000)]
    .map { LoadShape(bytes: $0 << 10, fixups: $1) }

  static func measure(_ options: Options, _ report: inout Report) throws {
    let tables = try Board.allCases.map { try table($0, options).markdown }
    report.add("original", tables.joined(separator: "\n"))
  }

  private static func table(_ board: Board, _ options: Options) throws -> Table {
    var table = Table(
      "\(board.title): bytes, fixups", "instructions", "the original's", "ratio", "RAM",
      "the original's", "ratio", "image", "the original's", "ratio")
    guard let sources = options.original else {
      for shape in shapes {
        table.rows.append(
          ["\(shape)", "not measured (ORIGINAL=…)"] + Array(repeating: "", count: 8))
      }
      return table
    }
    let project = try Project("Benchmarks/Firmware", as: "firmware", on: board, options)
    let (counts, images) = try LoadPart.count(
      Workload(shapes.map { Workload.Load($0) }), project, options)
    let folder = "\(options.root)/build/bench/\(board.rawValue)/original"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let originals = try shapes.map { shape in
      switch board {
      case .riscv32: try linkRISCV(shape, in: folder)
      case .xtensa: try linkXtensa(shape, in: folder, options)
      }
    }
    let theirs = try count(originals, sources, on: board, in: folder, options)
    for (index, shape) in shapes.enumerated() {
      let (ours, other) = (counts.loads[index], theirs.loads[index])
      var row = ["\(shape)"]
      for (mine, its) in [
        (ours.instructions, other.instructions), (ours.memory, other.memory),
        (images[index].count, originals[index].count),
      ] {
        row += [grouped(mine), grouped(its), decimal(Double(mine) / Double(its), 2)]
      }
      table.rows.append(row)
    }
    return table
  }

  private static func linkRISCV(_ shape: LoadShape, in folder: String) throws -> [UInt8] {
    try link(
      LoadSource.riscv(shape), in: folder,
      compiler: ["riscv64-unknown-elf-gcc", "-march=rv32imac", "-mabi=ilp32"],
      linker: ["riscv64-linux-gnu-ld", "-melf32lriscv"], strip: "riscv64-linux-gnu-strip",
      removed: [".riscv.info"])
  }

  /// By the tools of the board (toolchain.cmake), where ESP-IDF has its own.
  private static func linkXtensa(
    _ shape: LoadShape, in folder: String, _ options: Options
  ) throws -> [UInt8] {
    let tools = "\(options.root)/build/xtensa/bin/xtensa-windowed-elf"
    return try link(
      LoadSource.xtensa(shape), in: folder,
      compiler: ["\(tools)-gcc", "-mlongcalls"], linker: ["\(tools)-ld"],
      strip: "\(tools)-strip", removed: [".xt.lit", ".xt.prop", ".xtensa.info"])
  }

  /// A module as its build links one (hotreload_setup() of its project_include.cmake): -shared, --emit-relocs, and without what
  /// its strip removes.
  private static func link(
    _ source: String, in folder: String, compiler: [String], linker: [String], strip: String,
    removed: [String]
  ) throws -> [UInt8] {
    let name = "\(folder)/module"
    try source.write(toFile: "\(name).s", atomically: true, encoding: .utf8)
    try Program.run(compiler + ["-fPIC", "-c", "\(name).s", "-o", "\(name).o"])
    try Program.run(linker + ["-shared", "--emit-relocs", "\(name).o", "-o", "\(name).so"])
    let sections = [".comment", ".got.loc", ".dynamic"] + removed
    try Program.run(
      [strip, "-o", "\(name).stripped.so", "\(name).so"]
        + sections.map { "--remove-section=\($0)" } + ["--strip-debug"])
    return try Array(Data(contentsOf: URL(filePath: "\(name).stripped.so")))
  }

  /// Runs the firmware with its loader.
  private static func count(
    _ images: [[UInt8]], _ sources: String, on board: Board, in folder: String, _ options: Options
  ) throws -> Counts {
    note("building igrr/hotreload's loader for \(board.rawValue)")
    try Program.run([
      "cmake", "-G", "Ninja", "-S", "\(options.root)/Benchmarks/Original", "-B",
      "\(folder)/build",
      "-DCMAKE_TOOLCHAIN_FILE=\(options.root)/Boards/\(board.rawValue)/toolchain.cmake",
      "-DORIGINAL=\(sources)",
    ])
    try Program.run(["cmake", "--build", "\(folder)/build"])
    let counting = try CountingFolder(
      "\(folder)/counting-board", board,
      requests: CountingBoard.requests(for: images.map { ($0, isStored: false) }), options)
    return try counting.run(["\(folder)/build/original.elf"], loads: images.count, options)
  }
}
