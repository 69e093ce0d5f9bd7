import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A firmware and a module of many functions, as C: the sources of a `FirmwareProject`.
///
/// The firmware calls every function, before and after a reload, and says how many results were right.
enum ManyExports {
  static let count = 5_000
  private static let perFile = 1_000
  /// The file that says which generation of the module this is.
  static let generation = "generation.h"

  static func generationText(_ number: Int) -> String { "#define GENERATION \(number)\n" }

  /// The symbol of function `index`: plain names, and some as other languages make them, or very long.
  static func symbol(_ index: Int) -> String {
    switch index % 100 {
    case 7: "dotted.name.\(index)"
    case 8: "$dollar$\(index)"
    case 9: "Ünïcode.\(index)"
    case 10: "longer_\(index)_" + String(repeating: "than_most_names_", count: 64)
    default: "function_\(index)"
    }
  }

  /// Writes a template into `folder`.
  static func write(to folder: FilePath) throws -> FirmwareProject.Template {
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: folder.appending(name).string, atomically: true, encoding: .utf8)
    }
    let files = (0..<count / perFile).map { "module\($0).c" }
    for (number, file) in files.enumerated() {
      try write(module(number * perFile..<(number + 1) * perFile), file)
    }
    try write(declarations, "functions.h")
    try write(generationText(1), generation)
    try write(firmware, "main.c")
    try write(build(files), FirmwareProject.buildFile)
    return FirmwareProject.Template(folder: folder, firmware: "many")
  }

  private static var declarations: String {
    (0..<count).map { "int f\($0)(int x) __asm__(\"\(symbol($0))\");\n" }.joined()
  }

  private static func module(_ range: Range<Int>) -> String {
    "#include \"functions.h\"\n#include \"\(generation)\"\n"
      + range.map { "int f\($0)(int x) { return x * \($0 + 3) + GENERATION; }\n" }.joined()
  }

  private static var firmware: String {
    """
    #include <stdio.h>

    #include "board.h"
    #include "functions.h"
    #include "hotreload.h"

    static int right;

    static void check(int index, int found, int expected)
    {
        if (found == expected)
            right++;
        else
            printf("WRONG %d: %d, expected %d\\n", index, found, expected);
    }

    #define CHECK(index) check(index, f##index(index - 7), (index - 7) * (index + 3) + generation)

    static void check_all(int generation)
    {
        right = 0;
    \((0..<count).map { "    CHECK(\($0));" }.joined(separator: "\n"))
    }

    int main(void)
    {
        hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
        hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
        server.max_elf_size = 512 * 1024;
        ESP_ERROR_CHECK(hotreload_server_start(&server));
        for (int generation = 1; generation <= 2; generation++) {
            while (generation == 2 && !hotreload_update_available())
                board_delay_ms(10);
            uint64_t start = board_uptime_us();
            ESP_ERROR_CHECK(generation == 1 ? hotreload_load(&config) : hotreload_reload(&config));
            uint64_t end = board_uptime_us();
            check_all(generation);
            printf("generation %d: %d results are right, loaded in %u us\\n", generation, right, (unsigned)(end - start));
        }
        // The tool asks whether the device has switched.
        while (true)
            board_delay_ms(1000);
    }

    """
  }

  private static func build(_ files: [String]) -> String {
    """
    cmake_minimum_required(VERSION 3.25)
    project(many LANGUAGES C ASM)
    include("${HOTRELOAD_ROOT}/components/hotreload/cmake/hotreload.cmake")
    add_subdirectory("${HOTRELOAD_BOARD_DIR}" board)
    add_executable(many main.c)
    target_compile_options(many PRIVATE $<$<COMPILE_LANGUAGE:C>:-O0>)
    target_link_libraries(many PRIVATE hotreload::board hotreload_runtime)
    hotreload_add_module(many_module FIRMWARE many SOURCES \(files.joined(separator: " ")))

    """
  }
}
