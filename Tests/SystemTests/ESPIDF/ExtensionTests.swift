import SystemPackage
import Testing

extension SystemTests {
  /// `idf.py reload` and `idf.py watch` (components/hotreload/idf_ext.py), in a fake idf.py that loads the
  /// file as that of ESP-IDF 5 and 6 does.
  @Suite struct ExtensionTests {
    private static let folder = Repository.root.appending("Tests/ESPIDFExtension")

    /// Command lines, exit codes, order, signals: with a tool that only writes down how it was run.
    @Test func itsPythonTestsPass() async throws {
      let result = try await ChildProcess.run(
        ["python3", "-m", "unittest", "discover", "-s", Self.folder.string])
      #expect(result.exitCode == 0, "\(result)")
    }

    @Test(arguments: [5, 6]) func reloadRunsNewCodeOnADevice(version: Int) async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        try project.greet(with: "By idf.py \(version)")
        let idf = Self.command(project, version)
        let result = try await ChildProcess.run(idf + ["reload", "--url", device.url])
        #expect(result.exitCode == 0, "\(result)")
        #expect(result.output.contains(" runs ("), "\(result)")
        try await device.greeting("By idf.py \(version)")
      }
      // Nobody listens there any more.
      let late = try await ChildProcess.run(
        Self.command(project, version) + ["reload", "--skip-build", "--url", "127.0.0.1:9"])
      #expect(late.exitCode == 3, "\(late)")
    }

    @Test func watchBesideAMonitorMarksItsLines() async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let exitCode = try await ChildProcess.running(
          Self.command(project, 6) + ["watch", "--url", device.url, "monitor"]
        ) { idf in
          try await idf.output.line(containing: "fake idf.py: monitor")
          try await idf.errors.line(containing: "unchanged")
          try project.greet(with: "Beside a monitor")
          let line = try await idf.errors.line(containing: " runs, ")
          #expect(line.hasPrefix("[hotreload] reloadable.c: "), "\(line)")
          try await device.greeting("Beside a monitor")
        }.exitCode
        #expect(exitCode == 0)
      }
    }

    /// idf.py in the project's folder, for its build folder. What is run has a way to set variables.
    private static func command(_ project: FirmwareProject, _ version: Int) -> [String] {
      [
        "FAKE_IDF_VERSION=\(version)", "FAKE_PROJECT_DIR=\(project.sources)", "python3",
        folder.appending("fake_idf_py.py").string, "-B", project.buildFolder.string,
      ]
    }
  }
}
