import SystemPackage

/// A value and where it came from.
struct Setting<Value: Sendable & Equatable>: Sendable, Equatable {
  var value: Value
  var origin: SettingOrigin
}

/// Where a setting came from, the strongest first.
enum SettingOrigin: Equatable, Sendable, CustomStringConvertible {
  case flag(String)
  case environment(String)
  case file(FilePath)
  case plan(FilePath)
  case search

  var description: String {
    switch self {
    case .flag(let name): name
    case .environment(let name): name
    case .file(let path): path.string
    case .plan(let path): path.string
    case .search: "found from the current folder upward"
    }
  }
}
