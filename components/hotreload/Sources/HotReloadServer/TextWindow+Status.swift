import HotReloadPort

extension TextWindow {
  /// The JSON of `GET /status`, member by member as docs/PROTOCOL.md has it.
  mutating func appendStatus(of device: borrowing DeviceStatus, modules: Span<ModuleStatus>) {
    beginObject()
    key(WireKey.server)
    string("hotreload 0.1.0")
    key(WireKey.chip)
    string(device.chip)
    key(WireKey.uptime)
    number(device.uptime)
    key(WireKey.bootID)
    separate()
    append(ASCII.quote)
    append(hex: UInt32(truncatingIfNeeded: device.bootID &>> 32))
    append(hex: UInt32(truncatingIfNeeded: device.bootID))
    append(ASCII.quote)
    key(WireKey.firmware)
    beginObject()
    key(WireKey.id)
    hexString(device.firmware.bytes.span)
    key(WireKey.version)
    string(device.firmwareVersion.bytes)
    endObject()
    key(WireKey.authentication)
    string(device.authentication.name)
    key(WireKey.pending)
    bool(device.isPending)
    key(WireKey.reloads)
    number(device.reloads)
    key(WireKey.modules)
    beginArray()
    for index in modules.indices { appendModule(modules[index]) }
    endArray()
    key(WireKey.lastError)
    if let failure = device.lastError {
      beginObject()
      key(WireKey.module)
      appendID(failure.module)
      appendRefusal(failure.refusal)
      endObject()
    } else {
      null()
    }
    endObject()
  }

  private mutating func appendModule(_ module: borrowing ModuleStatus) {
    beginObject()
    key(WireKey.partition)
    string(module.partition.bytes.span.extracting(first: module.partition.count))
    key(WireKey.loaded)
    bool(module.loaded != nil)
    if let loaded = module.loaded {
      key(WireKey.id)
      appendID(loaded.id)
      key(WireKey.sequence)
      number(loaded.sequence)
      key(WireKey.size)
      number(loaded.size)
      key(WireKey.slot)
      if let slot = loaded.slot { number(slot) } else { null() }
      key(WireKey.address)
      number(loaded.address)
      key(WireKey.executableAddress)
      number(loaded.executableAddress)
      key(WireKey.memory)
      number(loaded.memory)
      key(WireKey.loadTime)
      number(loaded.loadTime)
      key(WireKey.swapTime)
      number(loaded.swapTime)
    }
    endObject()
  }

  /// A build-ID, empty where there is none.
  private mutating func appendID(_ id: BuildID?) {
    if let id { hexString(id.bytes.span) } else { string("") }
  }
}
