import HotReloadClient
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// `hotreload watch` beside an editor.
  @Suite struct WatchTests {
    @Test(arguments: FirmwareProject.Save.allCases)
    func everySaveReloads(_ save: FirmwareProject.Save) async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let exitCode = try await Tool.watching(project, on: device) { watch in
          try await watch.output.line(containing: "unchanged")
          for greeting in ["First", "Second"] {
            try project.greet(with: greeting, save)
            let line = try await watch.output.line(containing: " runs, ")
            #expect(line.contains("reloadable.c: "), "\(line)")
            try await device.greeting(greeting)
          }
        }
        #expect(exitCode == 0)
        #expect(try await device.status().reloads == 2)
      }
    }

    @Test(arguments: ["ram", "flash"])
    func newCodeRunsFromRAMFirstUnlessItShouldNot(stage: String) async throws {
      struct Report: Decodable {
        struct Module: Decodable {
          var outcome: String
          var stage: String?
        }
        var modules: [Module]
        var timings: [String: Double]
      }
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let options = ["--json"] + (stage == "flash" ? ["--flash-first"] : [])
        _ = try await Tool.watching(project, on: device, options) { watch in
          try await watch.output.line(containing: "unchanged")
          try project.greet(with: "JSON")
          let line = try await watch.output.line(containing: "switched")
          let report = try JSONDecoder().decode(Report.self, from: Data(line.utf8))
          #expect(report.modules.first?.stage == stage, "\(line)")
          for step in ["notice", "check", "compile", "link", "pack", "ask", "upload", "wait"] {
            #expect(report.timings["\(step)_ms"] != nil, "\(step) in \(line)")
          }
          try await device.greeting("JSON")
          // Either way flash gets it.
          while try await device.status().modules.first?.stored != true {}
        }
      }
    }

    @Test func ofManySavesTheLastOneRuns() async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let exitCode = try await Tool.watching(project, on: device) { watch in
          try await watch.output.line(containing: "unchanged")
          for number in 1...20 { try project.greet(with: "Save \(number)", .byRename) }
          try await device.greeting("Save 20")
          // One more, because saves that were cancelled must not come back.
          try project.greet(with: "After them")
          try await device.greeting("After them")
        }
        #expect(exitCode == 0)
        #expect(!device.console.text.contains("Save 1,"))
      }
    }

    @Test func aFailedBuildGoesOnWatching() async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let exitCode = try await Tool.watching(project, on: device) { watch in
          try await watch.output.line(containing: "unchanged")
          try project.edit(
            FirmwareProject.moduleSource, replacing: "\"Hello\"", with: "\"Hello")
          try await watch.errors.line(containing: "missing terminating")
          try await watch.errors.line(containing: "not reloaded; watching on")
          try await device.newGreeting("Hello")

          try project.greet(with: "Mended")
          try await watch.output.line(containing: " runs, ")
          try await device.greeting("Mended")
        }
        #expect(exitCode == 0)
      }
    }

    @Test func aSavedHeaderReloads() async throws {
      let project = try await FirmwareProject.basic()
      let header = "components/reloadable/include/word.h"
      try project.write("#define WORD \"Header\"\n", to: header)
      try project.edit(
        FirmwareProject.moduleSource, replacing: "*greeting = \"Hello\"",
        with: "*greeting =\n#include \"word.h\"\nWORD")
      try await VirtualDevice.run(project) { device in
        _ = try await Tool.watching(project, on: device) { watch in
          try await device.greeting("Header")
          try await watch.output.line(containing: " runs, ")
          try project.write("#define WORD \"Another header\"\n", to: header, .byRename)
          try await device.greeting("Another header")
          try await watch.output.line(containing: " runs, ")
        }
      }
    }
  }
}
