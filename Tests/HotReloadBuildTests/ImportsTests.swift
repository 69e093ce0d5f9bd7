import SystemPackage
import Testing

@testable import HotReloadBuild

/// What `prepare` asks of the firmware's link, from one edit to the next.
struct ImportsTests {
  private static func module(calling names: String...) -> String {
    names.map { "int \($0)(int);\n" }.joined()
      + "int run(int x) { return \(names.map { "\($0)(x)" }.joined(separator: " + ")); }\n"
  }

  private func imports(_ project: SampleProject) throws -> [String] {
    let text = try FileContents.read(project.plan.output.imports)
    return ImportsGenerator.names(in: String(decoding: text, as: UTF8.self)).sorted()
  }

  @Test func `a new import that the firmware has leaves its link alone`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    let before = FileStatus(project.plan.output.imports)
    // The firmware calls helper() itself.
    try project.edit("m", Self.module(calling: "printf", "helper"))
    _ = try await project.builder.prepare()
    #expect(FileStatus(project.plan.output.imports) == before)
    #expect(try imports(project) == ["printf"])
    #expect(try await project.builder.build().modules.first?.changed == true)
  }

  @Test func `a new import that the firmware lacks is added to the old ones`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    try project.edit("m", Self.module(calling: "esp_get_idf_version"))
    _ = try await project.builder.prepare()
    #expect(try imports(project) == ["esp_get_idf_version", "printf"])
    try await project.linkFirmware()
    _ = try await project.builder.build()
  }

  @Test func `an import less is no reason to link the firmware again`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf", "helper")])
    try await project.buildAll()
    try project.edit("m", Self.module(calling: "helper"))
    _ = try await project.builder.prepare()
    #expect(try imports(project) == ["helper", "printf"])
  }

  @Test(arguments: ["", "no ELF file"])
  func `a firmware that cannot be read counts as none`(text: String) async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    try FileContents.write(Array(text.utf8), to: FilePath(project.plan.firmware.path))
    try project.edit("m", Self.module(calling: "helper"))
    _ = try await project.builder.prepare()
    #expect(try imports(project) == ["helper"])
  }

  @Test func `what kept the firmware from being linked is not asked for for ever`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    try project.edit("m", Self.module(calling: "printf", "nowhere"))
    _ = try await project.builder.prepare()
    #expect(try imports(project) == ["nowhere", "printf"])
    try project.edit("m", Self.module(calling: "printf", "elsewhere"))
    _ = try await project.builder.prepare()
    #expect(try imports(project) == ["elsewhere", "printf"])
    // Linkers remove what they could not finish.
    FileContents.remove(FilePath(project.plan.firmware.path))
    try project.edit("m", "int run(int x) { return x; }")
    _ = try await project.builder.prepare()
    #expect(try imports(project) == [])
  }

  @Test func `an import that got lost makes the next firmware build prepare`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    #expect(FileStatus(project.plan.output.prepareStamp) != nil)
    try project.edit("m", Self.module(calling: "esp_get_idf_version"))
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.code == .unresolvedImport)
    #expect(FileStatus(project.plan.output.prepareStamp) == nil)
  }

  @Test func `the hint is to rebuild while that may help`() async throws {
    let project = try SampleProject(["m": Self.module(calling: "printf")])
    try await project.buildAll()
    try project.edit("m", Self.module(calling: "nowhere"))
    func hint() async -> String? {
      await #expect(throws: BuildFailure.self) { try await project.builder.build() }?.hint
    }
    #expect(
      await hint()
        == "`cmake --build \(project.plan.buildFolder)` takes it into the firmware if one of its "
        + "libraries has it; then flash it")
    _ = try await project.builder.prepare()
    try await project.linkFirmware()
    #expect(
      await hint()
        == "no library of the firmware has it: define it in the module or in the firmware")
  }

  @Test func `names are read as they are written`() throws {
    let names: Set = ["plain", "odd@name", "$s4main1fyyF", "1st"]
    #expect(try ImportsGenerator.names(in: ImportsGenerator.text(names: names)) == names)
  }
}
