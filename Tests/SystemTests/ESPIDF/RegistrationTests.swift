import Testing

extension ESPIDFTests {
  /// Keywords and mistakes in `idf_component_register()` and `hotreload_setup()`.
  @Suite struct RegistrationTests {
    /// A text for components/greeter/CMakeLists.txt, and what CMake has to say of it.
    struct Mistake: Sendable, CustomTestStringConvertible {
      var text: String
      var says: [String]
      var testDescription: String { text }
    }

    static let mistakes = [
      Mistake(
        text: "idf_component_register(RELOADABLE INCLUDE_DIRS include)",
        says: ["'greeter'", "SRCS"]),
      Mistake(
        text: "idf_component_register(RELOADABLE SRC_DIRS nowhere)",
        says: ["'nowhere'", "SRC_DIRS"]
      ),
      Mistake(
        text: "idf_component_register(RELOADABLE SRCS greeter.c PARTITION)",
        says: ["'greeter'", "PARTITION"]),
      Mistake(
        text: "idf_component_register(RELOADABLE SRCS greeter.c COLOURS red)",
        says: ["'greeter'", "COLOURS"]),
      Mistake(
        text: "idf_component_register(SRCS greeter.c PARTITION plugins)",
        says: ["'greeter'", "PARTITION", "RELOADABLE"]),
      Mistake(
        text: "idf_component_register(SRCS greeter.c)\nhotreload_setup()",
        says: ["hotreload_setup() of 'greeter'", "SRCS"]),
      Mistake(
        text: "idf_component_register(SRCS greeter.c)\nhotreload_setup(LABEL x SRCS greeter.c)",
        says: ["hotreload_setup() of 'greeter'", "LABEL"]),
      Mistake(
        text: "idf_component_register(INCLUDE_DIRS include)\nhotreload_setup(SRCS greeter.c)",
        says: ["hotreload_setup() of 'greeter'", "idf_component_register()"]),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsRefusedByName(mistake: Mistake) async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.write(mistake.text, to: "components/greeter/CMakeLists.txt")
      let result = try await project.configure()
      #expect(result.exitCode != 0, "\(result)")
      for text in mistake.says { #expect(result.message.contains(text), "no '\(text)': \(result)") }
    }

    @Test(arguments: ESPIDFProject.Version.allCases)
    func everyKeywordOfESPIDFIsAccepted(version: ESPIDFProject.Version) async throws {
      let project = try await ESPIDFProject.unbuilt(version: version)
      try project.write("", to: "components/greeter/Kconfig.other")
      for name in ["data.bin", "data.txt"] {
        try project.write("text", to: "components/greeter/\(name)")
      }
      try project.write(
        """
        idf_component_register(RELOADABLE WHOLE_ARCHIVE
          KCONFIG Kconfig.other KCONFIG_PROJBUILD Kconfig.other
          SRC_DIRS . EXCLUDE_SRCS other.c INCLUDE_DIRS include PRIV_INCLUDE_DIRS private
          LDFRAGMENTS linker.lf REQUIRES words PRIV_REQUIRES log REQUIRED_IDF_TARGETS esp32c3 esp32c6
          EMBED_FILES data.bin EMBED_TXTFILES data.txt)

        """, to: "components/greeter/CMakeLists.txt")
      let result = try await project.configured()
      #expect(result.message.contains("LDFRAGMENTS"), "a warning: \(result)")
      let call = try #require(try project.registration(of: "greeter"))
      #expect(call["REQUIRES"] == ["words"], "\(call)")
      #expect(call["PRIV_REQUIRES"] == ["log"], "\(call)")
      #expect(call["PRIV_INCLUDE_DIRS"] == ["private"], "\(call)")
      #expect(call["REQUIRED_IDF_TARGETS"] == ["esp32c3", "esp32c6"], "\(call)")
      #expect(call["EMBED_FILES"] == ["data.bin"], "\(call)")
      #expect(call["KCONFIG"] == ["Kconfig.other"], "\(call)")
    }

    @Test func aRequiredComponentMayHaveANameInCapitals() async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.write(
        "idf_component_register(SRCS bsp.c)\n", to: "components/BSP/CMakeLists.txt")
      try project.write("int bsp;\n", to: "components/BSP/bsp.c")
      try project.edit(
        "components/greeter/CMakeLists.txt", replacing: "REQUIRES words", with: "REQUIRES words BSP"
      )
      try await project.configured()
      let call = try #require(try project.registration(of: "greeter"))
      #expect(call["REQUIRES"] == ["words", "BSP"], "\(call)")
    }
  }
}
