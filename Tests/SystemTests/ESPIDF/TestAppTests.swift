import SystemPackage
import Testing

extension ESPIDFTests {
  /// test_apps/hotreload_test as far as it can be looked at without ESP-IDF: presets, what pytest collects, and
  /// the commands of its README.
  @Suite struct TestAppTests {
    @Test func presetsAndCollectedTestsAreWhole() async throws {
      let result = try await ChildProcess.run(
        [
          "python3", "-m", "unittest", "discover", "-s",
          Repository.root.appending("Tests/ESPIDFTestApp").string,
        ])
      #expect(result.exitCode == 0, "\(result)")
    }
  }
}
