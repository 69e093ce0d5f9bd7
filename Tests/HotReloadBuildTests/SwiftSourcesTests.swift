import SystemPackage
import Testing

@testable import HotReloadBuild

/// The Swift sources of a module: compiled by the tool alone, together, and only when they have to be.
struct SwiftSourcesTests {
  @Test func `an edit of any source, header or option compiles all of them, nothing else does`()
    async throws
  {
    let project = try SwiftProject()
    #expect(try await project.compiles())
    #expect(try await !project.compiles())
    for (file, text) in [
      ("main.swift", SwiftProject.main + "// edited\n"),
      ("generic.swift", SwiftProject.generic + "// edited\n"),
      ("bridging.h", "#include \"firmware.h\"\n// edited\n"),
      ("firmware.h", "int firmware(int); // edited\n"),
    ] {
      try project.folder.write(text, to: file)
      #expect(try await project.compiles(), "\(file)")
      #expect(try await !project.compiles(), "\(file)")
      #expect(try project.builder.inputs().contains(project.folder.path.appending(file)))
    }
    let options = try #require(project.plan.modules[0].swift?[0].options)
    let text = String(decoding: try FileContents.read(FilePath(options)), as: UTF8.self)
    try project.folder.write(text + "-DEDITED\n", to: "build/hotreload/m.swift-options")
    #expect(try await project.compiles())
  }

  @Test func `a folder has any name`() async throws {
    let project = try SwiftProject(objects: "it's grün @1.dir")
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    #expect(try await !builder.prepare().steps.isEmpty)
    await builder.startTools()
    try project.folder.write(SwiftProject.main + "// edited\n", to: "main.swift")
    #expect(try await !builder.prepare().steps.isEmpty)
    #expect(try await !project.compiles())
  }

  @Test func `only C functions are exports, only C symbols are imports`() async throws {
    let project = try SwiftProject(
      main: """
        public class Animal { public func speak() -> CInt { 1 } }
        public var animals: [Animal] = []
        @c(run) public func run(_ count: CInt) -> CInt {
          animals.append(Animal())
          return animals.reduce(firmware(count)) { $0 + $1.speak() }
        }
        @c(stop) public func stop() { animals = [] }

        """)
    let report = try await project.builder.prepare()
    #expect(report.warnings == [])
    let interface = try project.interface()
    #expect(interface.exports == ["run", "stop"])
    #expect(interface.exportedData == [])
    #expect(
      interface.imports.filter { $0.name.hasPrefix("$") || $0.name.hasPrefix("swift_") } == [])
    #expect(
      Set(["firmware", "free", "posix_memalign"]).isSubset(of: interface.imports.map(\.name)))
  }

  @Test func `a function that implements a header is an export`() async throws {
    let project = try SwiftProject(
      main: "@c @implementation public func firmware(_ count: CInt) -> CInt { count }\n")
    _ = try await project.builder.prepare()
    #expect(try project.interface().exports == ["firmware"])
  }

  /// components/hotreload/module/CStringLiteral.swift, which hotreload_add_module() compiles with every module.
  @Test(arguments: ["-Onone", "-Osize"])
  func `a literal for C is the text, not a String first`(level: String) async throws {
    let literals = Toolchain.root.appending("components/hotreload/module/CStringLiteral.swift")
    let main = "@c(run) public func run() { say(\"ready\"); send(\"steady\") }\n"
    var sizes: [Int] = []
    for more in [[level], [level, literals.string]] {
      let project = try SwiftProject(main: main, options: more)
      let report = try await project.builder.prepare()
      #expect(report.warnings == [])
      let object = FilePath(try #require(project.plan.modules[0].swift?[0].object))
      let bytes = try FileContents.read(object)
      #expect(bytes.firstRange(of: Array("ready\0".utf8)) != nil)
      sizes.append(bytes.count)
    }
    // What the optimizer leaves of String is nothing; without it, String is most of the module.
    #expect(level == "-Osize" || sizes[1] < sizes[0] / 4, "\(sizes)")
    let strict = try SwiftProject(
      main: main.replacing("say", with: "unsafe say").replacing("send", with: "unsafe send"),
      options: [level, "-strict-memory-safety", "-swift-version", "6", literals.string])
    #expect(try await strict.builder.prepare().warnings == [])
  }

  @Test func `a module without exports is told how to have one`() async throws {
    let project = try SwiftProject(main: "public func run() {}\n")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .noExports)
    #expect(failure?.hint == "mark what the firmware calls: @c(name) public func …")
  }

  @Test func `errors and warnings come in full, and nothing half-made stays`() async throws {
    let project = try SwiftProject(
      main: "@c(run) public func run() { let unused = 1; missing() }\n")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .compileFailed)
    #expect(failure?.output?.contains("main.swift:1:45: error: cannot find 'missing'") == true)
    #expect(failure?.message.contains("main.swift, ") == true, "\(failure?.message ?? "")")
    #expect(failure?.message.contains("generic.swift did not compile") == true)
    let left = ["m.swift.o", ".tmp", ".temporary"]
    #expect(try project.folder.names().filter { name in left.contains { name.contains($0) } } == [])

    try project.folder.write(
      "@c(run) public func run() { let unused = 1 }\n", to: "main.swift")
    let report = try await project.builder.prepare()
    #expect(report.warnings.count == 1)
    #expect(report.warnings.first?.contains("'unused' was never used") == true)
    #expect(try project.folder.names().filter { $0.contains(".temporary") } == [])
  }
}
