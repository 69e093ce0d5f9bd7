import SystemPackage
import Testing

extension SystemTests {
  /// What compilers make of C, on the device.
  @Suite struct ModuleCodeTests {
    /// What is compiled with which options. All of them are files of one module, and call each other.
    typealias Builds = [(name: String, options: String)]

    private static let clangBuilds: Builds = [
      ("O0", "-O0"), ("O1", "-O1"), ("O2", "-O2"), ("O3", "-O3"), ("Os", "-Os"), ("Oz", "-Oz"),
      ("unsplit", "-Os -fno-function-sections -fno-data-sections"),
      ("uncompressed", "-O2 -march=rv32ima"),
      ("unrelaxed", "-O2 -mno-relax"),
      ("optimized", "-O2 -flto"), ("optimized_too", "-Oz -flto"), ("thinly", "-O3 -flto=thin"),
      ("common", "-O1 -fcommon -msmall-data-limit=0"),
    ]

    private static let gccBuilds: Builds = [
      ("O0", "-O0"), ("Og", "-Og -g3"), ("O2", "-O2"), ("O3", "-O3"), ("Os", "-Os"),
      ("unsplit", "-Os -fno-function-sections -fno-data-sections"),
      ("uncompressed", "-O2 -march=rv32im_zicsr_zifencei"),
      ("unrelaxed", "-O2 -mno-relax"),
      ("optimized", "-O2 -flto -ffat-lto-objects"),
      ("common", "-O1 -fcommon -msmall-data-limit=0"),
      // Registers are saved by functions of libgcc, with a calling convention of their own.
      ("millicode", "-Os -msave-restore"),
      ("direct", "-O2 -fno-plt"), ("anywhere", "-Os -mcmodel=medany"),
      // As ESP-IDF compiles.
      (
        "espidf",
        "-Og -fno-jump-tables -fno-tree-switch-conversion -fstrict-volatile-bitfields -freorder-blocks -gdwarf-4 -ggdb"
      ),
    ]

    @Test func allOfTheLanguageWorksHoweverItIsCompiled() async throws {
      try await allWorks(Self.clangBuilds, in: FirmwareProject.other())
    }

    @Test func allOfTheLanguageWorksHoweverGCCCompilesIt() async throws {
      let project = try await FirmwareProject.other(on: .riscv32.as("esp32c3", by: "gcc"))
      try await allWorks(Self.gccBuilds, in: project)
    }

    private func allWorks(_ builds: Builds, in project: FirmwareProject) async throws {
      let folder = "components/reloadable"
      try project.write(
        fixturesOf: "Modules", as: ["language.c": "\(folder)/include/language.c"])
      var properties = ""
      for (index, build) in builds.enumerated() {
        let next = builds[(index + 1) % builds.count].name
        try project.write(
          "#define BUILD \(build.name)\n#define NEXT \(next)\n#include \"language.c\"\n",
          to: "\(folder)/language_\(build.name).c")
        properties += """
          set_source_files_properties(\(folder)/language_\(build.name).c
            PROPERTIES COMPILE_OPTIONS "\(build.options.replacing(" ", with: ";"))")

          """
      }
      let calls = builds.map { "    failures += language_\($0.name)(1);\n" }.joined()
      let prototypes = builds.map { "int language_\($0.name)(int depth);\n" }.joined()
      try project.write(
        """
        #include "reloadable.h"
        #include <stdio.h>
        \(prototypes)
        void reloadable_init(void) {}
        void reloadable_hello(const char *name)
        {
            int failures = 0;
        \(calls)    printf("%s: %s\\n", name, failures == 0 ? "all right" : "not all right");
        }

        """, to: FirmwareProject.moduleSource)
      let sources = builds.map { "\(folder)/language_\($0.name).c" }
      let buildFile = try project.original(FirmwareProject.buildFile)
        .replacing("SOURCES ", with: "SOURCES \(sources.joined(separator: " ")) ")
        .replacing("hotreload_add_module(", with: properties + "hotreload_add_module(")
      try project.write(buildFile, to: FirmwareProject.buildFile)
      try await project.build()
      try await VirtualDevice.run(project) { device in
        let line = try await device.console.line(containing: "World: ")
        #expect(line.contains("World: all right"), "\(device.console.text)")
      }
    }
  }
}
