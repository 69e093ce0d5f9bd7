import SystemPackage
import TOMLKit

/// Reads TOML with errors that name file, line and key.
enum TOMLText {
  static func table(_ text: String, _ path: FilePath) throws(CommandFailure) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw CommandFailure(
        .usage, "\(path):\(error.source.begin.line): \(error.description)")
    } catch {
      throw CommandFailure(.usage, "\(path) is no TOML: \(error)")
    }
  }

  static func string(
    _ table: TOMLTable, _ key: String, _ path: FilePath
  ) throws(CommandFailure) -> String? {
    guard table.contains(key: key) else { return nil }
    guard let value = table[key]?.string else { throw wrongType(key, "a string", path) }
    return value
  }

  /// A string that is one of a few.
  static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ table: TOMLTable, _ key: String, _ path: FilePath
  ) throws(CommandFailure) -> Value? {
    guard let text = try string(table, key, path) else { return nil }
    if let value = Value(rawValue: text) { return value }
    let known = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    throw CommandFailure(
      .usage, "\(path): '\(key)' cannot be \"\(text)\"", hint: "it can be \(known)")
  }

  static func strings(
    _ table: TOMLTable, _ key: String, _ path: FilePath
  ) throws(CommandFailure) -> [String]? {
    guard table.contains(key: key) else { return nil }
    guard let array = table[key]?.array else { throw wrongType(key, "an array of strings", path) }
    var values: [String] = []
    for element in array {
      guard let value = element.string else { throw wrongType(key, "an array of strings", path) }
      values.append(value)
    }
    return values
  }

  static func integer(
    _ table: TOMLTable, _ key: String, _ path: FilePath
  ) throws(CommandFailure) -> Int? {
    guard table.contains(key: key) else { return nil }
    guard let value = table[key]?.int else { throw wrongType(key, "an integer", path) }
    return value
  }

  /// An array of tables; empty if there is none.
  static func tables(
    _ table: TOMLTable, _ key: String, _ path: FilePath
  ) throws(CommandFailure) -> [TOMLTable] {
    guard table.contains(key: key) else { return [] }
    guard let array = table[key]?.array else { throw wrongType(key, "an array of tables", path) }
    var values: [TOMLTable] = []
    for element in array {
      guard let value = element.table else { throw wrongType(key, "an array of tables", path) }
      values.append(value)
    }
    return values
  }

  static func wrongType(_ key: String, _ type: String, _ path: FilePath) -> CommandFailure {
    CommandFailure(.usage, "\(path): '\(key)' must be \(type)")
  }
}
