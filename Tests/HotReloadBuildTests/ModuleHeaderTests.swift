import SystemPackage
import Testing

@testable import HotReloadBuild

/// hotreload_module.h and hotreload.h in every standard that they are for, with every warning an error.
struct ModuleHeaderTests {
  private static let source = """
    #include "hotreload_module.h"
    #include "hotreload.h"

    HOTRELOAD_KEEP static uint32_t count;
    HOTRELOAD_KEEP uint32_t total;
    HOTRELOAD_KEEP static struct { short x, y; } point = {10, 20};

    static bool take_over(const hotreload_migration_t *migration)
    {
        return migration->variable == &count && migration->size == 4;
    }
    HOTRELOAD_MIGRATE(take_over);
    static int loaded(hotreload_load_reason_t reason)
    {
        point.x++;
        return reason == HOTRELOAD_LOAD_RESTORED;
    }
    HOTRELOAD_ON_LOAD(loaded);
    extern void unloaded(hotreload_unload_reason_t reason);
    void unloaded(hotreload_unload_reason_t reason) { total += reason; }
    HOTRELOAD_ON_UNLOAD(unloaded);

    """

  private static let plusPlus = """
    namespace net {
    static int loaded(hotreload_load_reason_t) noexcept { return 0; }
    HOTRELOAD_ON_LOAD(loaded);
    struct Link { static int speed; };
    HOTRELOAD_KEEP int Link::speed = 1;
    namespace {
    void unloaded(hotreload_unload_reason_t) {}
    HOTRELOAD_ON_UNLOAD(unloaded);
    }
    int calls();
    int calls() { HOTRELOAD_KEEP static int count; return ++count; }
    }

    """

  private static let clang = [Toolchain.clang] + Toolchain.options
  private static let c = ["c99", "c11", "c17", "gnu17"]
  private static let cPlusPlus = ["c++11", "c++14", "c++17", "c++20", "gnu++20"]

  @Test(arguments: [c + ["c23"], cPlusPlus + ["c++23"]])
  func `the headers compile without a warning`(standards: [String]) async throws {
    try await compile(standards, with: Self.clang)
  }

  /// For the computer itself: what the headers say does not depend on the processor.
  @Test(.enabled(if: Toolchain.gcc != nil, "needs g++"), arguments: [c, cPlusPlus])
  func `GCC compiles the headers without a warning`(standards: [String]) async throws {
    try await compile(standards, with: [try #require(Toolchain.gcc)])
  }

  private func compile(_ standards: [String], with compiler: [String]) async throws {
    let folder = try TemporaryFolder()
    let isC = standards.allSatisfy { !$0.contains("++") }
    let source = try folder.write(
      isC ? Self.source : Self.source + Self.plusPlus, to: isC ? "m.c" : "m.cpp")
    for standard in standards {
      for definitions in [[], ["-DHOTRELOAD_DISABLED"]] {
        try await Toolchain.run(
          compiler + [
            "-x", isC ? "c" : "c++", "-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic",
            "-Werror",
          ] + definitions
            + ["-I\(Toolchain.include)", "-c", source.string, "-o", "\(source).o"])
      }
    }
  }
}
