import Testing

extension SystemTests {
  /// What a module takes over from the one that it replaces, and what both are told.
  @Suite struct KeptStateTests {
    /// A module of the example's firmware that counts its calls and says what happens to it.
    private struct Source {
      /// Before every line that it prints.
      var name: String
      var members = "short x, y;"
      /// What `on_load` answers.
      var answer = 0
      var migrate = ""

      var text: String {
        """
        #include <stdio.h>
        #include "hotreload_module.h"
        #include "reloadable.h"

        HOTRELOAD_KEEP static unsigned count;
        HOTRELOAD_KEEP static struct { \(members) } point = {7, 8};

        static int loaded(hotreload_load_reason_t reason)
        {
            printf("\(name): on_load(%d), count %u, point %d %d\\n", reason, count, point.x, point.y);
            return \(answer);
        }
        HOTRELOAD_ON_LOAD(loaded);

        static void unloaded(hotreload_unload_reason_t reason)
        {
            printf("\(name): on_unload(%d)\\n", reason);
        }
        HOTRELOAD_ON_UNLOAD(unloaded);
        \(migrate)
        void reloadable_init(void) { point.x++; }
        void reloadable_hello(const char *who) { printf("\(name): call %u\\n", ++count); }

        """
      }
    }

    private static let takesOldPointOver = """
      #include <string.h>
      static bool take_over(const hotreload_migration_t *migration)
      {
          if (migration->variable != &point)
              return false;
          memcpy(&point, migration->old_value, migration->old_size);
          return true;
      }
      HOTRELOAD_MIGRATE(take_over);
      """

    /// Runs the firmware with `source` as its module.
    private func run(
      _ source: Source, on board: Board,
      body: @Sendable (FirmwareProject, VirtualDevice) async throws -> Void
    ) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try project.write(source.text, to: FirmwareProject.moduleSource)
      try await project.build()
      try await VirtualDevice.run(project) { try await body(project, $0) }
    }

    private func reload(
      _ source: Source, _ project: FirmwareProject, _ device: VirtualDevice
    ) async throws -> ChildProcess.Result {
      try project.write(source.text, to: FirmwareProject.moduleSource)
      return try await Tool.reload(project, to: device)
    }

    /// The number behind `text`, where it stands last.
    private func number(behind text: String, in console: String) throws -> Int {
      let found = try #require(console.ranges(of: text + " ").last, "\(console)")
      let digits = console[found.upperBound...].prefix { $0.isNumber }
      return try #require(Int(digits), "\(console)")
    }

    @Test(arguments: Board.all)
    func newCodeGoesOnWithTheStateOfTheOld(on board: Board) async throws {
      try await run(Source(name: "First"), on: board) { project, device in
        try await device.console.line(containing: "First: on_load(0), count 0, point 7 8")
        try await device.console.line(containing: "First: call 2")

        let result = try await reload(Source(name: "Second"), project, device)
        try #require(result.exitCode == 0, "\(result)")
        try await device.console.line(containing: "First: on_unload(1)")
        let calls = try number(behind: "First: call", in: device.console.text)
        // reloadable_init() has made 8 of 7: values, not initial values.
        try await device.console.line(
          containing: "Second: on_load(1), count \(calls), point 8 8")
        try await device.console.line(containing: "Second: call \(calls + 1)")
        #expect(!device.console.text.contains("starts anew"), "\(device.console.text)")
      }
    }

    @Test(arguments: Board.all)
    func aStructureThatGrewStartsAnewOrIsTakenOver(on board: Board) async throws {
      try await run(Source(name: "First", members: "short x, y;"), on: board) { project, device in
        try await device.console.line(containing: "First: call 1")

        let grown = Source(name: "Second", members: "short x, y, z;")
        let result = try await reload(grown, project, device)
        try #require(result.exitCode == 0, "\(result)")
        #expect(
          result.errors.contains("note: kept variable 'point' has another layout than before"),
          "\(result)")
        try await device.console.line(containing: "Second: on_load(1), count ")
        let line = try await device.console.line(containing: "kept variable 'point' starts anew")
        #expect(line.contains("its size or layout has changed"))
        #expect(device.console.text.contains(", point 7 8\n"), "\(device.console.text)")
        try await device.console.line(containing: "Second: call ")

        let taken = Source(
          name: "Third", members: "short x, y, z, w;", migrate: Self.takesOldPointOver)
        let second = try await reload(taken, project, device)
        try #require(second.exitCode == 0, "\(second)")
        try await device.console.line(containing: "Second: on_unload(1)")
        let calls = try number(behind: "Second: call", in: device.console.text)
        try await device.console.line(containing: "Third: on_load(1), count \(calls), point 8 8")
        try await device.console.line(containing: "Third: call \(calls + 1)")
        #expect(device.console.text.matches(of: /starts anew/).count == 1, "only the first time")
      }
    }

    @Test(arguments: Board.all)
    func aModuleThatRefusesLeavesTheOldOneWithItsState(on board: Board) async throws {
      try await run(Source(name: "First"), on: board) { project, device in
        try await device.console.line(containing: "First: call 2")

        let result = try await reload(Source(name: "Second", answer: 7), project, device)
        #expect(result.exitCode == 4, "\(result)")
        try await device.console.line(containing: "First: on_unload(1)")
        let refused = try await device.console.line(containing: "Second: on_load(1), count ")
        let calls = try number(behind: "count", in: refused)
        #expect(calls >= 2, "\(refused)")
        try await device.console.line(containing: "First: on_load(2), count \(calls), point 8 8")
        try await device.console.line(containing: "First: call \(calls + 1)")
        #expect(!device.console.text.contains("Second: call"), "\(device.console.text)")
      }
    }
  }
}
