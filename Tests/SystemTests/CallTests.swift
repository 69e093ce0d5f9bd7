import HotReloadELF
import SystemPackage
import Testing

extension SystemTests {
  /// Calls through stubs, on the virtual chip: whatever a signature asks for arrives, whatever is returned comes
  /// back.
  @Suite struct CallTests {
    private static let project = Task {
      let folder = Repository.root.pushing("Tests/Fixtures/Calls")
      return try await FirmwareProject(
        name: "calls", FirmwareProject.Template(folder: folder, firmware: "calls"))
    }

    @Test(arguments: ["-Os", "-O0", "-O3"])
    func bothSidesSeeTheSameValues(level: String) async throws {
      let project = try await Self.project.value
      try project.edit(
        FirmwareProject.buildFile, replacing: "COMPILE_OPTIONS -Os",
        with: "COMPILE_OPTIONS \(level)")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output == "134 calls agree, 0 differ\n", "\(result)")
    }

    @Test func everyStubHasAtMostFourInstructions() async throws {
      let project = try await Self.project.value
      let bytes = try FirmwareProject.bytes(of: project.firmware)
      let longest = String(repeating: "sixteen_letters_", count: 128)
      var sizes: [String: UInt32] = [:]
      let names = [
        "add", "seventeen", "result_large", "variadic", "dotted.name.1", "größe", longest,
      ]
      for (name, symbol) in try FirmwareSymbols(bytes).functions where names.contains(name) {
        sizes[name] = symbol.byteCount
      }
      #expect(sizes.count == names.count, "\(sizes.keys)")
      // 4 instructions of 4 bytes.
      #expect(sizes.values.allSatisfy { $0 > 0 && $0 <= 16 }, "\(sizes)")
    }
  }
}

/// The functions of an ELF file by name.
struct FirmwareSymbols {
  private(set) var functions: [String: Symbol] = [:]

  init(_ bytes: [UInt8]) throws {
    // Safety: UInt8 has no padding, so every byte is initialised.
    let file = try ELFFile(unsafe bytes.span.bytes)
    let section = try #require(try file.section(ofType: .symbolTable))
    let table = try file.symbolTable(section)
    for index in 0..<table.count {
      let symbol = try table.symbol(at: index)
      guard symbol.type == .function, symbol.isDefined else { continue }
      let name = try table.name(of: symbol)
      let text = unsafe name.bytes.withUnsafeBytes { String(decoding: unsafe $0, as: UTF8.self) }
      functions[text] = symbol
    }
  }
}
