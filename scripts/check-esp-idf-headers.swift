// Compares every declaration of Tests/ESPIDFHeaders with the ESP-IDF in IDF_PATH, and fails on a difference. From the root
// of the repository:
//
//   IDF_PATH=… swift scripts/check-esp-idf-headers.swift
//
// A function is compared by its types, a structure field by field (the real one may have more), a constant by its value, another
// macro by its name. Names of parameters, comments and attributes may differ. `STUB_…` is what the real headers do not have.
import Foundation

typealias Tokens = [Substring]

/// Folders that stand for something outside ESP-IDF, and what runs on the computer.
let outside = ["libc/", "mdns/", "host/"]
/// Declared more simply than they are: their layout and type are a matter of configuration.
let simplified: Set = [
  "BaseType_t", "UBaseType_t", "portMUX_TYPE", "StaticQueue_t", "mbedtls_sha256_context",
  "psa_hash_operation_s", "psa_hash_operation_t",
]
/// Defined in other headers than the one that a user includes.
let alsoIn = [
  "freertos/FreeRTOS.h": ["freertos/portmacro.h", "freertos/projdefs.h"],
  "freertos/task.h": ["freertos/idf_additions.h", "freertos/projdefs.h"],
  "esp_log.h": ["esp_log_write.h", "esp_log_level.h", "esp_log_timestamp.h"],
  "esp_cache.h": ["esp_bit_defs.h"],
  "esp_mmu_map.h": ["esp_bit_defs.h"],
  "hal/mmu_types.h": ["esp_bit_defs.h"],
  "nvs_flash.h": ["nvs.h"],
  "psa/crypto.h": ["psa/crypto_values.h", "psa/crypto_types.h", "psa/crypto_struct.h"],
]
let chips = [
  "esp32", "esp32s2", "esp32s3", "esp32c2", "esp32c3", "esp32c5", "esp32c6", "esp32c61", "esp32h2",
  "esp32p4",
]
/// Since ESP-IDF 5.1, or another one before.
let notIn50 = ["esp_cache.h", "esp_mmu_map.h", "hal/mmu_types.h"]
let stubs = "Tests/ESPIDFHeaders"
let files = FileManager.default

struct Header {
  var tokens: Tokens = []
  var macros: [Substring: [Tokens]] = [:]
}

func tokens(_ text: some StringProtocol) -> Tokens {
  Substring(text).matches(of: #/[A-Za-z_]\w*|\d\w*|"[^"]*"|\S/#).map(\.0)
}

/// Without comments; macros apart.
func parse(_ text: String) -> Header {
  let plain = text.replacing("\r", with: "")
    .replacing(#/(?s)\/\*.*?\*\//#, with: " ").replacing(#/\/\/[^\n]*/#, with: "")
    .replacing("\\\n", with: " ").replacing(#/extern\s+"C"\s*\{/#, with: "")
  var header = Header()
  for line in plain.split(separator: "\n") {
    if let macro = line.firstMatch(of: #/^\s*#\s*define\s+(\w+)(\([^)]*\))?(.*)/#) {
      header.macros[macro.1, default: []].append(tokens(macro.3))
    } else if !line.trimmingCharacters(in: .whitespaces).hasPrefix("#") {
      header.tokens += tokens(line)
    }
  }
  return header
}

/// The declarations of a stub for one version and chip.
func stub(_ name: String, _ definitions: [String]) throws -> Header {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments =
    ["clang", "-E", "-dD", "--target=riscv32-none-elf", "-ffreestanding", "-nostdlibinc"]
    + ["-I\(stubs)", "-I\(stubs)/libc"] + definitions + ["\(stubs)/\(name)"]
  process.standardOutput = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  var own = ""
  var isOwn = false
  for line in text.split(separator: "\n") {
    if let marker = line.firstMatch(of: #/^# \d+ "([^"]*)"/#) {
      isOwn = marker.1 == "\(stubs)/\(name)"
    } else if isOwn {
      own += line + "\n"
    }
  }
  return parse(own.replacing("_Bool", with: "bool"))
}

/// Up to `;`, or to the end of a function's body, which is left out.
func statements(_ all: Tokens) -> [Tokens] {
  var result: [Tokens] = []
  var current: Tokens = []
  var depth = 0
  for token in all {
    current.append(token)
    if token == "{" { depth += 1 }
    if token == "}" { depth = max(depth - 1, 0) }  // that of `extern "C"` may be left over
    guard depth == 0 else { continue }
    let isType = ["typedef", "struct", "enum", "union"].contains(current[0])
    if token == ";" {
      result.append(current.dropLast())
      current = []
    } else if token == "}", !isType || (current[0] != "typedef" && current.contains("(")) {
      current = []
    }
  }
  return result
}

let keywords: Set<Substring> = [
  "void", "char", "short", "int", "long", "unsigned", "signed", "const", "bool", "struct", "enum",
  "float", "double", "size_t", "volatile",
]

func isName(_ token: Substring?) -> Bool { token?.first.map { $0.isLetter || $0 == "_" } ?? false }

/// Without attributes and what else does not belong to the type.
func bare(_ all: some Collection<Substring>) -> Tokens {
  var result: Tokens = []
  var skipped = 0
  var isAttribute = false
  for token in all {
    if token == "__attribute__" {
      isAttribute = true
    } else if isAttribute {
      if token == "(" { skipped += 1 }
      if token == ")" { skipped -= 1 }
      isAttribute = skipped > 0
    } else if !["extern", "static", "inline", "__noreturn__"].contains(token),
      result.isEmpty ? token.contains(where: \.isLowercase) || token.count < 3 : true
    {
      result.append(token)
    }
  }
  return result
}

/// A parameter without its name.
func type(of parameter: Tokens) -> Tokens {
  var end = parameter.endIndex
  while end > 0, parameter[end - 1] == "[" || parameter[end - 1] == "]" { end -= 1 }
  guard end >= 2, isName(parameter[end - 1]), !keywords.contains(parameter[end - 1]),
    !["struct", "enum", "const"].contains(parameter[end - 2])
  else { return parameter }
  return Tokens(parameter[..<(end - 1)] + parameter[end...])
}

/// `result name(types)`; nil if it is none.
func prototype(_ statement: some Collection<Substring>, _ name: Substring) -> Tokens? {
  let all = bare(statement)
  guard let start = all.firstIndex(of: name), start + 1 < all.count, all[start + 1] == "(" else {
    return nil
  }
  var depth = 0
  var parameters: [Tokens] = [[]]
  for token in all[(start + 1)...] {
    if token == ")" { depth -= 1 }
    if depth == 0, token == ")" { break }
    if depth == 1, token == "," {
      parameters.append([])
    } else if depth > 0 {
      parameters[parameters.count - 1].append(token)
    }
    if token == "(" { depth += 1 }
  }
  let types = parameters.map(type(of:)).joined(separator: [","])
  return Tokens(all[...start]) + ["("] + types + [")"]
}

func functionName(_ statement: Tokens) -> Substring? {
  let all = bare(statement)
  guard let open = all.firstIndex(of: "("), open > 0 else { return nil }
  return all[open - 1]
}

/// What stands between the braces of a type, and its names.
func typeOf(_ statement: Tokens) -> (names: [Substring], isEnumeration: Bool, body: Tokens)? {
  guard let open = statement.firstIndex(of: "{"), let close = statement.lastIndex(of: "}") else {
    return nil
  }
  let head = statement[..<open]
  let names = (Array(head.dropFirst()) + Array(statement[(close + 1)...])).filter {
    isName($0) && !["struct", "enum", "union"].contains($0)
  }
  return (names, head.contains("enum"), Tokens(statement[(open + 1)..<close]))
}

struct Comparison {
  var mistakes: [String] = []
  var count = 0

  mutating func expect(_ condition: Bool, _ mistake: @autoclosure () -> String) {
    count += 1
    if !condition { mistakes.append(mistake()) }
  }

  mutating func compare(_ stub: Header, with real: Header, in name: String) {
    let realStatements = statements(real.tokens)
    for statement in statements(stub.tokens) {
      if let type = typeOf(statement) {
        guard simplified.isDisjoint(with: type.names.map(String.init)) else { continue }
        compare(type, with: realStatements.compactMap { typeOf($0) }, real, in: name)
      } else if let function = functionName(statement), statement[0] != "typedef" {
        let expected = prototype(statement, function)
        let found = declarations(of: function, in: real.tokens)
        expect(
          found.contains { $0 == expected },
          found.isEmpty
            ? "\(name): there is no \(function)()"
            : "\(name): \(expected?.joined(separator: " ") ?? "") is really "
              + found.map { $0.joined(separator: " ") }.joined(separator: " or "))
      } else if let alias = statement.last(where: isName), !simplified.contains(String(alias)) {
        expect(
          realStatements.contains { bare($0) == bare(statement) },
          "\(name): there is no \(statement.joined(separator: " "))")
      }
    }
    for (macro, bodies) in stub.macros
    where !macro.hasPrefix("STUB_") && !macro.hasPrefix("CONFIG_") && macro != "errno" {
      let found = real.macros[macro]
      let isConstant = bodies[0].allSatisfy { $0.wholeMatch(of: #/\d\w*|[-(<)]/#) != nil }
      expect(
        found != nil && (!isConstant || found?.contains(bodies[0]) == true),
        "\(name): \(macro) is \(bodies[0].joined()), really "
          + (found?.map { $0.joined() }.joined(separator: " or ") ?? "not there"))
    }
  }

  private mutating func compare(
    _ type: (names: [Substring], isEnumeration: Bool, body: Tokens),
    with all: [(names: [Substring], isEnumeration: Bool, body: Tokens)], _ real: Header,
    in name: String
  ) {
    // Of a value that is an expression the preprocessor has made another one: only its name is compared.
    let members =
      type.isEnumeration
      ? type.body.split(separator: ",").map { Tokens($0.contains("<") ? $0.prefix(1) : $0) }
      : type.body.split(separator: ";").map(bare)
    let named = all.filter { !Set($0.names).isDisjoint(with: type.names) }
    for member in members where !member.isEmpty {
      let isThere =
        type.isEnumeration
        ? real.tokens.indices.contains {
          real.tokens[$0...].starts(with: member) || macroHas(member[0], real)
        }
        : named.contains { other in
          other.body.split(separator: ";").contains { sameField(bare($0), member) }
        }
      expect(
        isThere,
        "\(name): \(type.names.last ?? "?") has no \(member.joined(separator: " "))")
    }
  }

  /// Enumerators of http_parser.h come from a list in a macro.
  private func macroHas(_ enumerator: Substring, _ real: Header) -> Bool {
    guard enumerator.hasPrefix("HTTP_") else { return false }
    return real.macros["HTTP_METHOD_MAP"]?.contains { $0.contains(enumerator.dropFirst(5)) } == true
  }

  /// Lengths of arrays may be expressions.
  private func sameField(_ first: Tokens, _ second: Tokens) -> Bool {
    func withoutLength(_ field: Tokens) -> Tokens {
      guard let open = field.firstIndex(of: "["), field[open...].count > 3 else { return field }
      return Tokens(field[...open])
    }
    if first == second { return true }
    guard let name = first.firstIndex(of: "["), name < second.count else { return false }
    return withoutLength(first) != first && first[..<name] == second[..<name]
  }

  private func declarations(of function: Substring, in all: Tokens) -> [Tokens] {
    all.indices.compactMap { index in
      guard all[index] == function, index + 1 < all.count, all[index + 1] == "(" else { return nil }
      let start = all[..<index].lastIndex { [";", "}", "{"].contains($0) }.map { $0 + 1 } ?? 0
      return prototype(all[start...].prefix(400), function)
    }
  }
}

/// Every file of ESP-IDF's components that `#include <name>` may mean.
func realFiles(_ name: String, _ all: [String]) -> [String] {
  ([name] + (alsoIn[name] ?? [])).flatMap { name in
    all.filter { $0.hasSuffix("/include/\(name)") || $0.hasSuffix("/\(name)") }
  }
}

guard let path = ProcessInfo.processInfo.environment["IDF_PATH"] else {
  print("check-esp-idf-headers: skipped, IDF_PATH is not set")
  exit(0)
}
let versionHeader = "\(path)/components/esp_common/include/esp_idf_version.h"
guard let text = try? String(contentsOfFile: versionHeader, encoding: .utf8) else {
  print("error: no ESP-IDF in IDF_PATH: \(versionHeader) is not there")
  exit(1)
}
let version = ["MAJOR", "MINOR", "PATCH"].map { part in
  parse(text).macros["ESP_IDF_VERSION_\(part)"]?.first?.joined() ?? "0"
}
let definitions = zip(["MAJOR", "MINOR", "PATCH"], version).map {
  "-DESP_IDF_VERSION_\($0)=\($1)"
}
let components = "\(path)/components"
let all = (files.subpaths(atPath: components) ?? []).filter {
  $0.hasSuffix(".h") && !$0.contains("/test") && !$0.contains("/linux/") && !$0.contains("/host_")
}
var comparison = Comparison()
var missing: [String] = []
for name in (files.subpaths(atPath: stubs) ?? []).sorted()
where name.hasSuffix(".h") && !outside.contains(where: name.hasPrefix)
  && !["sdkconfig.h", "esp_idf_version.h"].contains(name)
{
  if name == "psa/crypto.h", version[0] < "6" { continue }
  if name == "mbedtls/sha256.h", version[0] >= "6" { continue }
  if notIn50.contains(name), version[...1] == ["5", "0"] { continue }
  let candidates = realFiles(name, all)
  guard !candidates.isEmpty else {
    missing.append(name)
    continue
  }
  for chip in name.hasPrefix("soc/") ? chips : ["esp32c3"] {
    let real = candidates.filter { !name.hasPrefix("soc/") || $0.contains("/\(chip)/") }
    // Versions that do not know the chip; that of 5.0 is another one of the same name.
    guard !real.isEmpty, !(chip == "esp32h2" && version[...1] == ["5", "0"]) else { continue }
    let texts = real.compactMap {
      try? String(contentsOfFile: "\(components)/\($0)", encoding: .utf8)
    }
    let target = "-DCONFIG_IDF_TARGET_\(chip.uppercased())=1"
    comparison.compare(
      try stub(name, definitions + [target]), with: parse(texts.joined(separator: "\n;\n")),
      in: name.hasPrefix("soc/") ? "\(name) of \(chip)" : name)
  }
}
for mistake in comparison.mistakes { print("error: \(mistake)") }
for name in missing { print("not in this tree, not compared: \(name)") }
print(
  "ESP-IDF \(version.joined(separator: ".")): \(comparison.count) declarations, "
    + "\(comparison.mistakes.count) differ")
exit(comparison.mistakes.isEmpty ? 0 : 1)
