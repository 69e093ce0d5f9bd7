import SystemPackage
import Testing

@testable import HotReloadBuild

struct BuildPlanTests {
  static let plan = BuildPlan(
    chip: "esp32c3", board: "/boards/b", linker: .init(path: "/ld", arguments: ["-m", "x"]),
    firmware: .init(path: "/b/fw", version: "1"), compileCommands: "/b/cc.json",
    modules: [
      .init(
        name: "a", partition: .init(label: "a", size: 65536, eraseSize: 4096), sources: ["/a.c"],
        objectFolders: ["/b/a.dir"])
    ],
    keyFile: "/b/key", deviceURL: "http://device:8080", buildFolder: "/b",
    rebuildCommand: ["cmake", "--build", "/b"])

  private func load(_ plan: BuildPlan) throws -> BuildPlan {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("plan.json")
    try FileContents.write(plan.encoded(), to: file)
    return try BuildPlan(contentsOf: file)
  }

  @Test func `a plan is read as it was written`() throws {
    #expect(try load(Self.plan) == Self.plan)
    var small = Self.plan
    small.board = nil
    small.deviceURL = nil
    #expect(try load(small) == small)
    var onESPIDF = Self.plan
    onESPIDF.runtime = "/lib/libhotreload_runtime.a"
    onESPIDF.firmware.identity = .elfSHA256
    #expect(try load(onESPIDF) == onESPIDF)
    let text = String(decoding: try onESPIDF.encoded(), as: UTF8.self)
    #expect(text.contains("\"identity\" : \"elf-sha256\""), "\(text)")
    var swift = Self.plan
    swift.modules[0].sources = []
    swift.modules[0].swift = [Self.swiftSources]
    #expect(try load(swift) == swift)
  }

  private static let swiftSources = BuildPlan.SwiftSources(
    compiler: "/swiftc", options: "/b/a.options", sources: ["/a.swift"], object: "/b/a.dir/a.o")

  static let mistakes: [(String, @Sendable (inout BuildPlan) -> Void)] = [
    ("version", { $0.version = 2 }),
    ("linker.path", { $0.linker.path = "ld" }),
    ("runtime", { $0.runtime = "lib.a" }),
    ("firmware.path", { $0.firmware.path = "" }),
    ("buildFolder", { $0.buildFolder = "b" }),
    ("modules", { $0.modules = [] }),
    ("modules[0].name", { $0.modules[0].name = "../a" }),
    ("modules[0].name", { $0.modules[0].name = "." }),
    ("modules[1].name", { $0.modules.append($0.modules[0]) }),
    (
      "modules",
      { plan in
        let first = plan.modules[0]
        plan.modules = (0...BuildPlan.maximumModuleCount).map { number in
          var module = first
          module.name = "module\(number)"
          module.partition.label = "partition\(number)"
          return module
        }
      }
    ),
    (
      "modules[1].partition.label",
      {
        $0.modules.append($0.modules[0])
        $0.modules[1].name = "b"
      }
    ),
    ("modules[0].sources", { $0.modules[0].sources = [] }),
    (
      "modules[0].swift[0].sources",
      {
        $0.modules[0].swift = [swiftSources]
        $0.modules[0].swift?[0].sources = []
      }
    ),
    (
      "modules[0].swift[0].object",
      {
        $0.modules[0].swift = [swiftSources]
        $0.modules[0].swift?[0].object = "a.o"
      }
    ),
    ("modules[0].objectFolders", { $0.modules[0].objectFolders = [] }),
    ("modules[0].partition.label", { $0.modules[0].partition.label = "" }),
    ("modules[0].partition.label", { $0.modules[0].partition.label = "seventeen letters" }),
    ("modules[0].partition.eraseSize", { $0.modules[0].partition.eraseSize = 0 }),
    ("modules[0].partition.eraseSize", { $0.modules[0].partition.eraseSize = 4095 }),
    ("modules[0].partition.size", { $0.modules[0].partition.size = 4096 }),
    ("modules[0].partition.size", { $0.modules[0].partition.size = 10000 }),
  ]

  @Test(arguments: mistakes.indices)
  func `mistakes are named by field`(index: Int) throws {
    let (field, mistake) = Self.mistakes[index]
    var plan = Self.plan
    mistake(&plan)
    let failure = #expect(throws: BuildFailure.self) { try load(plan) }
    #expect(failure?.message.contains("field '\(field)'") == true, "\(failure as Any)")
    #expect(failure?.code == .badPlan)
    #expect(failure?.hint != nil)
  }

  @Test(arguments: [
    ("{", "not JSON"), ("{}", "is missing"),
    (#"{"version": "1"}"#, "field 'version' has the wrong"),
  ])
  func `what is no plan is refused`(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "plan.json")
    let failure = #expect(throws: BuildFailure.self) { try BuildPlan(contentsOf: file) }
    #expect(failure?.message.contains(reason) == true, "\(failure as Any)")
    #expect(failure?.message.hasPrefix(file.string) == true)
  }

  @Test(arguments: [(2, "a newer"), (0, "an older")])
  func `a plan of another version is named as such, whatever else is in it`(
    version: Int, who: String
  ) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(#"{"version": \#(version), "modules": 7}"#, to: "plan.json")
    let failure = #expect(throws: BuildFailure.self) { try BuildPlan(contentsOf: file) }
    #expect(failure?.message.contains("written by \(who) hotreload") == true, "\(failure as Any)")
    #expect(failure?.code == .badPlan)
  }

  @Test func `no plan: the hint is to configure`() {
    let failure = #expect(throws: BuildFailure.self) {
      try BuildPlan(contentsOf: "/nowhere/p.json")
    }
    #expect(failure?.hint?.contains("CMake") == true)
  }
}
