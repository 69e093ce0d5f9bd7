import SystemPackage
import Testing

extension ESPIDFTests {
  /// What the port over ESP-IDF does with the answers of ESP-IDF, which Tests/ESPIDFHeaders/host gives on the computer.
  struct PortBehaviourTests {
    /// One run of a driver: what it prints has these lines, in this order, and none of the others.
    private struct Case: Sendable {
      var name: String
      var arguments: String
      var lines: [String]
      var not: [String] = []
      var chip = "esp32c3"
      var options: [String] = []
    }

    private static let memory: [Case] = [
      Case(
        name: "internal RAM is seen by both buses", arguments: "0x3fc90010 0 0",
        lines: [
          "allocate 200 aligned to 16 with 0x804", "data 0x3fc90010 code 0x40390010 size 200",
        ]),
      Case(
        name: "one address space", arguments: "0x40810000 0 0",
        lines: ["data 0x40810000 code 0x40810000 size 200"], chip: "esp32c6"),
      Case(
        name: "RTC RAM is given back", arguments: "0x50000100 0 0",
        lines: ["no executable RAM: the heap gave 0x50000100", "free 0x50000100", "result 1"]),
      Case(
        name: "an address of the instruction bus is given back", arguments: "0x40390000 0 0x1",
        lines: ["with 0x1", "which cannot be executed", "free 0x40390000", "result 1"]),
      Case(
        name: "a block that leaves the RAM is given back", arguments: "0x3fcdff80 0 0",
        lines: ["free 0x3fcdff80", "result 1"]),
      Case(
        name: "custom capabilities reach the heap", arguments: "0x3fc90000 0 0x80c",
        lines: ["with 0x80c", "result 0"]),
      Case(name: "no free block", arguments: "0 0 0", lines: ["result 1"], not: ["free"]),
      Case(
        name: "memory protection, ESP-IDF 5", arguments: "0x3fc90000 0 0",
        lines: ["CONFIG_ESP_SYSTEM_MEMPROT_FEATURE protects it. Set it to n", "result 2"],
        not: ["allocate"], options: ["ESP_SYSTEM_MEMPROT_FEATURE"]),
      Case(
        name: "split by PMP, ESP-IDF 5", arguments: "0x40810000 0 0",
        lines: ["CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT protects it", "result 2"], not: ["allocate"],
        chip: "esp32c6", options: ["ESP_SYSTEM_PMP_IDRAM_SPLIT"]),
      Case(
        name: "memory protection, ESP-IDF 6", arguments: "0x3fc90000 0 0",
        lines: ["CONFIG_ESP_SYSTEM_MEMPROT protects it", "result 2"], not: ["allocate"],
        options: ["ESP_SYSTEM_MEMPROT", "ESP_SYSTEM_MEMPROT_FEATURE"]),
      Case(
        name: "PSRAM, in whole cache lines", arguments: "0x48000000 33554432 0x404",
        lines: [
          "allocate 256 aligned to 128 with 0x404", "data 0x48000000 code 0x48000000 size 256",
        ],
        chip: "esp32p4", options: ["SPIRAM", "CACHE_L2_CACHE_LINE_SIZE=128"]),
      Case(
        name: "PSRAM of the C5", arguments: "0x42100000 8388608 0x404",
        lines: ["with 0x404", "data 0x42100000 code 0x42100000"], chip: "esp32c5",
        options: ["SPIRAM"]),
      Case(
        name: "PSRAM is not there, internal RAM is allowed", arguments: "0x40810000 0 0x404",
        lines: ["no PSRAM on this board", "with 0x804", "data 0x40810000"], chip: "esp32c5",
        options: ["SPIRAM", "HOTRELOAD_SPIRAM_FALLBACK"]),
      Case(
        name: "PSRAM is not there", arguments: "0x40810000 0 0x404",
        lines: ["Check mode and speed", "CONFIG_HOTRELOAD_SPIRAM_FALLBACK", "result 1"],
        not: ["allocate"], chip: "esp32c5", options: ["SPIRAM"]),
      Case(
        name: "PSRAM is not configured", arguments: "0x40810000 0 0x404",
        lines: ["this firmware is built without it. Set CONFIG_SPIRAM", "result 1"],
        not: ["allocate"]),
    ]

    private static let xtensaMemory: [Case] = [
      Case(
        name: "ESP32: data", arguments: "0x3ffb8000 0 0 1",
        lines: [
          "allocate 200 aligned to 16 with 0x804", "data 0x3ffb8000 code 0x3ffb8000 size 200",
          "free 0x3ffb8000",
        ],
        chip: "esp32"),
      Case(
        name: "ESP32: data in PSRAM", arguments: "0x3f800000 4194304 0x404 1",
        lines: ["with 0x404", "data 0x3f800000"], chip: "esp32", options: ["SPIRAM"]),
      Case(
        name: "ESP32: code is in IRAM, whatever the application wants",
        arguments: "0x40090000 4194304 0x404 2",
        lines: ["aligned to 16 with 0x3", "data 0x40090000 code 0x40090000 size 200"],
        chip: "esp32", options: ["SPIRAM"]),
      Case(
        name: "ESP32: RAM in opposite order is given back", arguments: "0x400a0014 0 0 2",
        lines: ["the heap gave 0x400a0014", "free 0x400a0014", "result 1"], chip: "esp32"),
      Case(
        name: "ESP32: the same RAM as IRAM", arguments: "0x400a0010 0 0 2",
        lines: ["data 0x400a0010 code 0x400a0010"], chip: "esp32",
        options: ["ESP_SYSTEM_ESP32_SRAM1_REGION_AS_IRAM"]),
      Case(
        name: "S3: internal RAM", arguments: "0x3fc90000 0 0",
        lines: ["data 0x3fc90000 code 0x40380000 size 200"], chip: "esp32s3"),
      Case(
        name: "S3: RAM without an alias is given back", arguments: "0x3fcf1000 0 0",
        lines: ["free 0x3fcf1000", "result 1"], chip: "esp32s3"),
      Case(
        name: "S3: PSRAM, which nothing protects", arguments: "0x3c100000 8388608 0x404",
        lines: ["allocate 200 aligned to 16 with 0x404", "data 0x3c100000 code 0x42100000"],
        chip: "esp32s3", options: ["SPIRAM", "ESP_SYSTEM_MEMPROT_FEATURE"]),
      Case(
        name: "S3: no PSRAM, and internal RAM is protected", arguments: "0x3fc90000 0 0x404",
        lines: [
          "no PSRAM on this board", "CONFIG_ESP_SYSTEM_MEMPROT_FEATURE protects", "result 2",
        ],
        not: ["allocate"], chip: "esp32s3",
        options: ["SPIRAM", "HOTRELOAD_SPIRAM_FALLBACK", "ESP_SYSTEM_MEMPROT_FEATURE"]),
      Case(
        name: "S2: internal RAM", arguments: "0x3ffc0000 0 0",
        lines: ["data 0x3ffc0000 code 0x40030000 size 200", "free"], not: ["map"],
        chip: "esp32s2"),
      Case(
        name: "S2: PSRAM by whole pages", arguments: "0x3f520000 2097152 0x404",
        lines: [
          "allocate 65536 aligned to 65536 with 0x404",
          "map 65536 at 0x520000 of target 2 with 0x9",
          "data 0x3f520000 code 0x40100000 size 65536", "unmap 0x40100000", "free 0x3f520000",
        ],
        chip: "esp32s2", options: ["SPIRAM", "MMU_PAGE_SIZE=0x10000"]),
      Case(
        name: "S2: no page is free", arguments: "0x3f520000 2097152 0x404 0 no-page",
        lines: ["cannot be given the PSRAM", "free 0x3f520000", "result 1"], not: ["unmap"],
        chip: "esp32s2", options: ["SPIRAM", "MMU_PAGE_SIZE=0x10000"]),
      Case(
        name: "S2: PSRAM with ESP-IDF 5.0", arguments: "0x3f520000 2097152 0x404",
        lines: ["which cannot be executed", "free 0x3f520000", "result 1"], not: ["map"],
        chip: "esp32s2", options: ["SPIRAM", "TEST_5_0"]),
    ]

    @Test func `memory that can be executed, or what to change`() async throws {
      try await check(
        Self.memory + Self.xtensaMemory, with: ["memory.c"], of: ["memory.c", "executable.c"])
    }

    private static let flash: [Case] = [
      Case(
        name: "any type", arguments: "524288 4096 0 0",
        lines: [
          "find type 0xff subtype 0xff label hotreload", "size 524288 erase size 4096",
          "erase 8192 at 4096", "write 16 at 4096", "map 100 at 32", "unmap 7",
        ],
        not: ["E (0)", "W (0)"]),
      Case(
        name: "no partition", arguments: "0 0 0 0",
        lines: ["no partition 'hotreload': add \"hotreload,app,0x40,,512K\"", "result 3"],
        not: ["erase"]),
      Case(
        name: "too small", arguments: "4096 4096 0 0",
        lines: ["has 4096 bytes, too few for two modules: give it at least 8192"]),
      Case(name: "read-only", arguments: "524288 4096 1 0", lines: ["is read-only"]),
      Case(
        name: "the driver refuses", arguments: "524288 4096 0 261",
        lines: [
          "erasing 8192 bytes at 0x1000 of partition 'hotreload': error 0x105", "result 4",
          "writing 16 bytes", "result 4", "mapping 100 bytes", "result 4",
        ]),
    ]

    @Test func `partitions are used, or it is said what is wrong with them`() async throws {
      try await check(Self.flash, with: ["flash.c"], of: ["flash.c"])
    }

    private static let server: [Case] = [
      Case(
        name: "own server", arguments: "done",
        lines: [
          "start on 8080, control port 32769, stack 8192, priority 5", "register /upload",
          "register /status", "announced on port 8080", "result 0", "at 127.0.0.1",
          "begin POST /upload?a=b: X-Long of 7 bytes is a va…, X-None -1", "answer 0", "withdrawn",
          "unregister /status", "unregister /upload", "stop",
        ]),
      Case(
        name: "the application's server", arguments: "attach close",
        lines: ["register /upload", "announced on port 80", "answer -1", "unregister /upload"],
        not: ["start", "stop"]),
      Case(
        name: "no key", arguments: "no-key",
        lines: ["no upload key in this firmware", "result 3"], not: ["start on", "register"]),
      Case(
        name: "port in use", arguments: "port-in-use",
        lines: ["is in use. Choose another port", "result 6"], not: ["register", "stop"]),
      Case(
        name: "the server does not start", arguments: "start-fails",
        lines: ["the HTTP server does not start: error 0xf", "result 1"], not: ["in use", "stop"]),
      Case(
        name: "too few handlers", arguments: "handlers-full",
        lines: [
          "register /upload", "does not take the path /status", "Raise max_uri_handlers",
          "unregister /upload", "stop", "result 1",
        ],
        not: ["unregister /status"]),
      Case(name: "no network", arguments: "no-address done", lines: ["answer 0"], not: ["at 1"]),
      Case(
        name: "an upload has a task", arguments: "upload timeout",
        lines: [
          "task hotreload: stack 8192", "tick", "body bytes", "complete",
          "the server waits for the connection again", "task ends",
        ],
        not: ["close connection", "waits for ever"]),
      Case(
        name: "its client goes", arguments: "upload gone",
        lines: ["abort", "complete", "close connection 54", "task ends", "answer 0"]),
      Case(
        name: "no memory for the task", arguments: "upload no-task",
        lines: ["body bytes", "complete", "answer 0", "stop"], not: ["task"]),
      Case(
        name: "no second task for requests", arguments: "upload no-async",
        lines: ["body bytes", "answer 0"], not: ["complete", "task"]),
      Case(
        name: "ESP-IDF before 5.3.2", arguments: "upload", lines: ["body bytes", "answer 0"],
        not: ["task"], options: ["TEST_OLD"]),
      Case(
        name: "a refused body is read", arguments: "drain", lines: ["body bytes", "answer -1"],
        not: ["task"]),
      Case(name: "the reply does not arrive", arguments: "done send-fails", lines: ["answer -1"]),
    ]

    @Test func `requests reach the runtime, and the server can be stopped`() async throws {
      try await check(
        Self.server, with: ["server.c", "freertos.c"],
        of: ["http_server.c", "http_request.c", "http_upload.c", "http_presence.c", "network.c"])
    }

    private static let trials: [Case] = [
      Case(
        name: "a tick comes when it is due, in a task that ends", arguments: "schedule",
        lines: [
          "task hotreload trial: stack 4096, priority 5", "tick at 1", "tick at 3", "task ends",
        ],
        not: ["no memory"]),
      Case(
        name: "no memory for the task", arguments: "no-memory",
        lines: ["no memory for the task that confirms modules: call hotreload_confirm()"],
        not: ["tick"]),
      Case(
        name: "the watch asks, until it is told to stop", arguments: "watch",
        lines: ["timer every 10000000 us", "hung?", "timer stops"], not: ["abort"]),
      Case(
        name: "a module that hangs is a crash", arguments: "hang",
        lines: ["hung?", "abort: hotreload: the module on trial does not return", "crash 3"]),
      Case(
        name: "a trap", arguments: "crash trap",
        lines: [
          "crash 0, cause 2, pc 0x40380010, from 0x42001234",
          "hotreload: in reloadable_hello+0x1c, module 'hotreload'", "Guru Meditation Error",
        ]),
      Case(name: "abort()", arguments: "crash abort", lines: ["crash 1", "Guru Meditation Error"]),
      Case(
        name: "a watchdog", arguments: "crash watchdog",
        lines: ["crash 2", "Guru Meditation Error"]),
      Case(
        name: "a crash while the flash cannot be read", arguments: "crash no-cache",
        lines: ["Guru Meditation Error"], not: ["crash"]),
      Case(
        name: "both cores stop, and go on", arguments: "tasks",
        lines: [
          "core 1 is asked", "this core stops",
          "task 0 main: the caller, 0 registers",
          "task 1 worker: another, ", "no task 2", "task 1 worker: another", "this core goes on",
          "the other core goes on",
        ],
        options: ["FREERTOS_ENABLE_TASK_SNAPSHOT"]),
      Case(
        name: "one core", arguments: "tasks",
        lines: ["this core stops", "task 1 worker", "task 2 ipc1", "this core goes on"],
        not: ["is asked"], options: ["FREERTOS_ENABLE_TASK_SNAPSHOT", "FREERTOS_UNICORE"]),
      Case(
        name: "the other core does not stop", arguments: "busy",
        lines: ["core 1 is asked", "nothing has stopped"], not: ["this core"],
        options: ["FREERTOS_ENABLE_TASK_SNAPSHOT"]),
      Case(
        name: "FreeRTOS does not tell where stacks are", arguments: "tasks",
        lines: ["nothing has stopped"], not: ["core"]),
    ]

    @Test func `modules on trial are watched, and crashes and tasks are looked at`() async throws {
      try await check(
        Self.trials, with: ["trial.c", "freertos.c"], of: ["trial.c", "crash.c", "tasks.c"])
    }

    @Test func `a hash that was dropped does not keep memory for ever`() async throws {
      let sums = Case(
        name: "operations of PSA", arguments: "",
        lines: [
          "held 41, empty 0", "at most 6 operations", "taken away 0xaa, newest 5", "failed 0xaa",
        ])
      try await check([sums], with: ["hash.c"], of: ["crypto_psa.c"])
    }

    /// Compiles the driver for the computer, once for all cases with the same configuration, and runs it.
    private func check(_ cases: [Case], with fakes: [String], of sources: [String]) async throws {
      let folder = try PortFolder.scratch("run-\(fakes[0])")
      var programs: [[String]: String] = [:]
      for sample in cases {
        let configuration = [sample.chip] + sample.options
        if programs[configuration] == nil {
          let program = folder.appending("driver-\(programs.count)").string
          try await compile(sample, to: program, fakes, sources)
          programs[configuration] = program
        }
        let program = try #require(programs[configuration])
        let result = try await ChildProcess.succeed(
          [program] + sample.arguments.split(separator: " ").map(String.init))
        expect(result.output, of: sample)
      }
    }

    private func compile(
      _ sample: Case, to program: String, _ fakes: [String], _ sources: [String]
    ) async throws {
      let version =
        sample.options.contains("TEST_OLD")
        ? [5, 3, 1] : sample.options.contains("TEST_5_0") ? [5, 0, 0] : [5, 5, 1]
      let configuration = PortFolder.Configuration(
        version: version, chip: sample.chip, options: sample.options)
      try await ChildProcess.succeed(
        ["clang", "-pthread", "-I\(PortFolder.sources)", "-o", program] + configuration.arguments
          + (fakes + ["log.c"]).map { PortFolder.fakes.appending($0).string }
          + sources.map { PortFolder.sources.appending($0).string })
    }

    private func expect(_ output: String, of sample: Case) {
      var rest = output[...]
      for line in sample.lines {
        guard let found = rest.firstRange(of: line) else {
          Issue.record("\(sample.name): no '\(line)', or not there, in:\n\(output)")
          return
        }
        rest = rest[found.upperBound...]
      }
      for line in sample.not {
        #expect(!output.contains(line), "\(sample.name): '\(line)' in:\n\(output)")
      }
    }
  }
}
