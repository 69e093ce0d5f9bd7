import SystemPackage
import Testing

extension ESPIDFTests {
  /// Where modules are flashed to, and what is said of partitions that will not do.
  @Suite struct FlashTargetTests {
    @Test(arguments: ESPIDFProject.Version.allCases)
    func everyModuleIsFlashedToItsPartition(version: ESPIDFProject.Version) async throws {
      let project = try await ESPIDFProject.unbuilt(version: version)
      try await project.configured()
      #expect(
        try project.images(of: "hotreload-flash") == ["0x110000 hotreload/greeter/partition.bin"])
      #expect(
        try project.images(of: "plugins-flash") == ["0x190000 hotreload/plugin/partition.bin"])
      #expect(
        try Set(project.images(of: "flash")) == [
          "0x10000 modules.bin", "0x110000 hotreload/greeter/partition.bin",
          "0x190000 hotreload/plugin/partition.bin",
        ])
    }

    @Test(arguments: ["hotreload-flash", "flash"])
    func anEditIsInWhatATargetFlashes(target: String) async throws {
      let project = try await ESPIDFProject.modules().project
      let partition = project.buildFolder.pushing("hotreload/greeter/partition.bin")
      let before = try FirmwareProject.bytes(of: partition)
      try project.edit(
        "components/counter/src/step.c", replacing: "return 1", with: "return \(target.count)")
      let result = try await project.built(target)
      #expect(result.output.contains("0x110000 hotreload/greeter/partition.bin"), "\(result)")
      #expect(try FirmwareProject.bytes(of: partition) != before)
    }

    @Test func theConfigurationNamesThePartition() async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.edit("partitions.csv", replacing: "hotreload,", with: "elsewhere,")
      try project.write(
        try project.text("sdkconfig.defaults") + "CONFIG_HOTRELOAD_PARTITION=\"elsewhere\"\n",
        to: "sdkconfig.defaults")
      try await project.configured()
      #expect(
        try project.images(of: "elsewhere-flash") == ["0x110000 hotreload/greeter/partition.bin"])
      try await project.built()
      // HOTRELOAD_CONFIG_DEFAULT() in main.c says it, too.
      let firmware = try FirmwareProject.bytes(of: project.firmware)
      let isTheDefault = firmware.contains(Array("\0elsewhere\0".utf8))
      #expect(isTheDefault)
    }

    @Test func aMissingPartitionIsAWarning() async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.edit("partitions.csv", replacing: "plugins,", with: "others,")
      let result = try await project.configured()
      for text in ["CMake Warning", "no partition 'plugins'", "partitions.csv"] {
        #expect(result.message.contains(text), "no '\(text)': \(result)")
      }
    }

    @Test(arguments: [
      ("512K", "4K", "too small"), (",       512K", "0x118000, 512K", "64 KiB"),
    ])
    func aPartitionThatWillNotDoIsRefused(old: String, new: String, says: String) async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.edit("partitions.csv", replacing: old, with: new)
      let result = try await project.configure()
      #expect(result.exitCode != 0, "\(result)")
      for text in ["'hotreload'", says] {
        #expect(result.message.contains(text), "no '\(text)': \(result)")
      }
    }
  }
}
