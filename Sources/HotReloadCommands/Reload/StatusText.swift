import HotReloadClient

/// A device's status for people.
enum StatusText {
  static func lines(_ status: DeviceStatus, url: DeviceURL) -> [String] {
    var lines = [
      "device    \(url), \(status.chip), \(status.server)",
      "firmware  \(HexText.short(status.firmware.id)), version \(status.firmware.version)",
      "uptime    \(uptime(status.uptimeMilliseconds))\(since(status.reset)), "
        + count(status.reloads, "reload"),
      "uploads   authenticated by \(status.authentication.rawValue)"
        + (status.pending ? ", a module waits for the application to reload" : ""),
    ]
    for module in status.modules { lines.append("module    \(describe(module))") }
    if let failure = status.lastError {
      let module = failure.module.isEmpty ? "" : ", module \(HexText.short(failure.module))"
      lines.append("error     \(failure.detail) (\(failure.error))\(module)")
    }
    return lines
  }

  private static func describe(_ module: DeviceStatus.Module) -> String {
    let waits = module.pending == true ? "; another one waits" : ""
    guard module.loaded else { return "\(module.partition): nothing loaded\(waits)" }
    var text = "\(module.partition): "
    text += module.id.flatMap { $0.isEmpty ? nil : HexText.short($0) } ?? "without a build-ID"
    if let size = module.size { text += ", \(size) bytes" }
    if module.isOnTrial { text += " on trial" }
    if let slot = module.slot { text += " in slot \(slot)" }
    if module.stored == false { text += ", not in flash" }
    if let ram = module.ram, let address = module.address {
      text += ", \(ram) bytes of RAM at \(HexText.address(address))"
    }
    return text + waits
  }

  /// What ended the time before, if it was nobody's wish.
  private static func since(_ reset: String?) -> String {
    switch reset {
    case "crash": " since a crash"
    case "watchdog": " since a watchdog's reset"
    case "brown_out": " since a brown-out"
    default: ""
    }
  }

  /// Days, hours, minutes and seconds; tenths while it is short.
  static func uptime(_ milliseconds: UInt64) -> String {
    let seconds = milliseconds / 1000
    if seconds < 60 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
    let units: [(UInt64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
    var rest = seconds
    return units.compactMap { size, name in
      let value = rest / size
      rest %= size
      return value == 0 ? nil : "\(value) \(name)"
    }.joined(separator: " ")
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
