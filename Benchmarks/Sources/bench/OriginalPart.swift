import Foundation
import Measurements

/// The same loads by the C loader of igrr/hotreload, where its sources are at hand.
enum OriginalPart {
  private static let shapes = [(1, 10), (16, 100), (64, 1000), (256, 10_000), (1024, 100_000)]
    .map { LoadShape(bytes: $0 << 10, fixups: $1) }

  static func measure(_ options: Options, _ report: inout Report) throws {
    var table = Table(
      "RISC-V: bytes, fixups", "instructions", "the original's", "ratio", "RAM", "the original's",
      "ratio", "image", "the original's", "ratio")
    guard let sources = options.original else {
      for shape in shapes {
        table.rows.append(
          ["\(shape)", "not measured (ORIGINAL=…)"] + Array(repeating: "", count: 8))
      }
      return report.add("original", table.markdown)
    }
    let project = try Project("Benchmarks/Firmware", as: "firmware", on: .riscv32, options)
    let (counts, images) = try LoadPart.count(
      Workload(shapes.map { Workload.Load($0) }), project, options)
    let folder = "\(options.root)/build/bench/original"
    let originals = try shapes.map { try link($0, in: folder) }
    let theirs = try count(originals, sources, in: folder, options)
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
    report.add("original", table.markdown)
  }

  /// A module as its build links one (hotreload_setup() of its project_include.cmake): -shared, --emit-relocs, and without what
  /// its strip removes.
  private static func link(_ shape: LoadShape, in folder: String) throws -> [UInt8] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let name = "\(folder)/module"
    try LoadSource.riscv(shape).write(toFile: "\(name).s", atomically: true, encoding: .utf8)
    try Program.run([
      "riscv64-unknown-elf-gcc", "-march=rv32imac", "-mabi=ilp32", "-fPIC", "-c", "\(name).s",
      "-o", "\(name).o",
    ])
    try Program.run([
      "riscv64-linux-gnu-ld", "-melf32lriscv", "-shared", "--emit-relocs", "\(name).o", "-o",
      "\(name).so",
    ])
    try Program.run([
      "riscv64-linux-gnu-strip", "-o", "\(name).stripped.so", "\(name).so",
      "--remove-section=.comment", "--remove-section=.got.loc", "--remove-section=.dynamic",
      "--remove-section=.riscv.info", "--strip-debug",
    ])
    return try Array(Data(contentsOf: URL(filePath: "\(name).stripped.so")))
  }

  /// Runs the firmware with its loader.
  private static func count(
    _ images: [[UInt8]], _ sources: String, in folder: String, _ options: Options
  ) throws -> Counts {
    note("building igrr/hotreload's loader for qemu-riscv32")
    let board = "\(options.root)/Boards/\(Board.riscv32.rawValue)"
    try Program.run([
      "cmake", "-G", "Ninja", "-S", "\(options.root)/Benchmarks/Original", "-B",
      "\(folder)/build", "-DCMAKE_TOOLCHAIN_FILE=\(board)/toolchain.cmake",
      "-DORIGINAL=\(sources)",
    ])
    try Program.run(["cmake", "--build", "\(folder)/build"])
    let counting = try CountingFolder(
      "\(folder)/counting-board", .riscv32,
      requests: CountingBoard.requests(for: images.map { ($0, isStored: false) }), options)
    return try counting.run(["\(folder)/build/original.elf"], loads: images.count, options)
  }
}
