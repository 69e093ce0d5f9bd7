import Foundation
import SystemPackage
import Testing

extension ESPIDFTests {
  /// CONFIG_HOTRELOAD_ENABLE=n: hotreload.h without hotreload, compiled for the computer.
  struct PortDisabledTests {
    /// Two files: their functions are registered by constructors, whose order is the platform's.
    private static let first = """
      #include <stdio.h>
      #include "hotreload.h"
      #include "hotreload_module.h"

      HOTRELOAD_KEEP static int kept = 3;
      static bool migrate(const hotreload_migration_t *migration) { return migration != NULL; }
      HOTRELOAD_MIGRATE(migrate);
      static int one(hotreload_load_reason_t reason) { printf("one %d\\n", reason); return 0; }
      HOTRELOAD_ON_LOAD(one);
      static int two(hotreload_load_reason_t reason) { printf("two %d\\n", reason); return kept - 3; }
      HOTRELOAD_ON_LOAD(two);
      static void end(hotreload_unload_reason_t reason) { printf("end %d\\n", reason); }
      HOTRELOAD_ON_UNLOAD(end);

      int main(void)
      {
          const hotreload_config_t module = HOTRELOAD_CONFIG_DEFAULT();
          const hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
          printf("load %#x\\n", hotreload_load(&module));
          printf("again %#x %#x\\n", hotreload_reload(&module), hotreload_reload_all());
          printf("update %d %#x\\n", hotreload_update_available(), hotreload_update_partition("p", "m", 1));
          printf("server %#x %#x\\n", hotreload_server_start(&server), hotreload_server_stop());
          printf("unload %#x\\n", hotreload_unload());
          printf("again %#x\\n", hotreload_unload());
          printf("nothing %#x %#x\\n", hotreload_load(NULL), hotreload_server_start(NULL));
          kept++;
          printf("refused %d\\n", hotreload_load(&module));
          return 0;
      }

      """
    private static let second = """
      #include <stdio.h>
      #include "hotreload_module.h"

      static int three(hotreload_load_reason_t reason) { printf("three %d\\n", reason); return 0; }
      HOTRELOAD_ON_LOAD(three);
      static void last(hotreload_unload_reason_t reason) { printf("last %d\\n", reason); }
      HOTRELOAD_ON_UNLOAD(last);

      """

    /// GCC, which puts variables into an order of its own, where there is one.
    private static let compilers =
      [["clang", "-O2"], ["clang", "-O0"]]
      + (FileManager.default.isExecutableFile(atPath: "/usr/bin/gcc") ? [["gcc", "-O2"]] : [])

    @Test(arguments: compilers)
    func `functions of modules are called, and nothing else happens`(
      compiler: [String]
    ) async throws {
      let folder = try PortFolder.scratch("disabled\(compiler.joined())")
      let sources = [("first.c", Self.first), ("second.c", Self.second)].map {
        (folder.appending($0.0).string, $0.1)
      }
      for (path, text) in sources {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      }
      let program = folder.appending("firmware").string
      try await ChildProcess.succeed(
        compiler + [
          "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-DHOTRELOAD_DISABLED", "-o", program,
          "-I\(PortFolder.component.appending("include"))",
          PortFolder.sources.appending("hotreload_disabled.c").string,
        ] + sources.map(\.0))
      let result = try await ChildProcess.succeed([program])
      #expect(
        result.output == """
          one 0
          two 0
          three 0
          load 0
          again 0 0
          update 0 0
          server 0 0
          last 0
          end 0
          unload 0
          again 0x103
          nothing 0x102 0x102
          one 0
          two 0
          last 1
          end 1
          refused -1

          """)
    }
  }
}
