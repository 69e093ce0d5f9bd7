import HotReloadELF
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

/// The archives of a release, compiled from the sources.
struct RuntimeCompilerTests {
  private static let component = Toolchain.root.pushing("components/hotreload")

  private static func compiler(
    _ abi: RuntimeABI, _ folder: TemporaryFolder, swiftc: String = Toolchain.swiftc
  ) -> RuntimeCompiler {
    RuntimeCompiler(
      component: component, abi: abi, compiler: swiftc, softwareCrypto: false,
      output: folder.path.pushing("lib/libhotreload_runtime.a"))
  }

  @Test(arguments: RuntimeABI.released.filter { $0.backEnd(llvm: nil) == nil })
  func `an archive fits the chips of its ABI and leaves to C what it may`(abi: RuntimeABI)
    async throws
  {
    let folder = try TemporaryFolder()
    let compiler = Self.compiler(abi, folder)
    #expect(try await compiler.compile() == [])
    let archive = try Archive(FileContents.read(compiler.output), path: compiler.output.string)
    let object = try #require(archive.members.first?.bytes)
    #expect(archive.members.count == 1)
    try checkChips(compiler.output, abi)
    try checkImports(object)
    try checkSections(object)
    try checkInputs(compiler)

    let before = FileStatus(compiler.output)
    #expect(try await compiler.compile() == [])
    #expect(FileStatus(compiler.output) == before)
    let files = try folder.names().filter { $0.contains(".tmp") || $0.contains(".temporary") }
    #expect(files == [])
  }

  /// One archive for all chips with its float ABI, and no other.
  private func checkChips(_ path: FilePath, _ abi: RuntimeABI) throws {
    let hasFloat = abi == RuntimeABI.released[1]
    for chip in (0..<Chip.count).map({ Chip.at($0) }) where chip.instructionSet != .xtensa {
      if chip.instructionSet == .riscv(hasFloat ? .single : .soft) {
        try RuntimeArchive.check(path, for: chip)
      } else {
        let failure = #expect(throws: BuildFailure.self, "\(chip.name)") {
          try RuntimeArchive.check(path, for: chip)
        }
        #expect(failure?.code == .wrongRuntime)
        #expect(failure?.message.contains("\(chip.name)") == true)
        let right = hasFloat ? "rv32imc-ilp32 " : "rv32imafc-ilp32f"
        #expect(failure?.hint?.contains(right) == true, "\(String(describing: failure?.hint))")
      }
    }
  }

  /// What the archive needs: functions of the two headers, and of libraries that every toolchain has.
  private func checkImports(_ object: [UInt8]) throws {
    // libc; libgcc, its part of -msave-restore, too; what Swift's own swift_once and reference counting need, which a
    // port replaces or the linker drops.
    let libraries = Set(
      ["memcpy", "memmove", "memset", "__udivdi3"]
        + (0...12).flatMap { ["__riscv_save_\($0)", "__riscv_restore_\($0)"] }
        + ["load", "store", "compare_exchange", "fetch_add"].map { "__atomic_\($0)_4" })
    var headers = ""
    for name in ["port/hotreload_port.h", "include/hotreload.h"] {
      let path = Self.component.pushing(FilePath(name))
      headers += String(decoding: try FileContents.read(path), as: UTF8.self)
    }
    let declared = Set(headers.matches(of: /\bhotreload_\w+/).map { String($0.0) })
    let symbols = try ELFFile(object.span.raw).namedSymbols(.symbolTable)
    let needed = Set(symbols.filter { !$0.symbol.isDefined && !$0.name.isEmpty }.map(\.name))
    #expect(needed.subtracting(libraries).subtracting(declared) == [])
    #expect(needed.contains("hotreload_port_write"))
  }

  /// Nothing that a firmware should hold, or that an older GNU ld does not understand.
  private func checkSections(_ object: [UInt8]) throws {
    let file = try ELFFile(object.span.raw)
    for index in 0..<(try file.sectionCount) {
      let header = try file.sectionHeader(at: index)
      let name = try file.name(of: header).text
      // SHT_RISCV_ATTRIBUTES (RISC-V ELF psABI, "Section Types").
      #expect(header.type.rawValue != 0x7000_0003, "\(name)")
      #expect(name != ".swift_modhash" || !header.flags.isAllocated)
      if header.type == .relocationsWithAddend { try checkRelocations(file, header, of: name) }
    }
  }

  /// No entry of a global offset table: ESP-IDF's linker scripts have no place for one, and refuse the firmware.
  private func checkRelocations(
    _ file: borrowing ELFFile, _ section: SectionHeader, of name: String
  ) throws {
    let table = try file.relocations(section)
    for index in 0..<table.count {
      // R_RISCV_GOT_HI20 (RISC-V ELF psABI, "Relocations").
      #expect(try table.entry(at: index).type != 20, "\(name)")
    }
  }

  /// The two headers, and those of the compiler: none of ESP-IDF.
  private func checkInputs(_ compiler: RuntimeCompiler) throws {
    let inputs = try compiler.inputs()
    let swift = FilePath(Toolchain.swiftc).removingLastComponent().removingLastComponent()
    for path in inputs where !path.starts(with: Self.component) {
      #expect(path.starts(with: swift), "\(path)")
    }
    for name in [
      "port/hotreload_port.h", "Sources/HotReloadStore", "Sources/HotReloadELF/ELFFile.swift",
    ] {
      #expect(inputs.contains(Self.component.pushing(FilePath(name))), "\(name)")
    }
  }

  @Test(arguments: ["/nowhere/swiftc", "no-such-swiftc", "false", "echo"])
  func `without a Swift compiler it says where archives come from`(swiftc: String) async throws {
    let folder = try TemporaryFolder()
    let compiler = Self.compiler(.released[0], folder, swiftc: swiftc)
    let failure = await #expect(throws: BuildFailure.self) { try await compiler.compile() }
    #expect(failure?.code == .toolMissing)
    #expect(failure?.message.contains("'\(swiftc)'") == true)
    #expect(failure?.hint?.contains("release") == true)
  }
}
