import HotReloadPort

extension TextWindow {
  /// The JSON of `GET /status`, member by member as docs/PROTOCOL.md has it.
  mutating func appendStatus(of device: borrowing DeviceStatus, modules: Span<ModuleStatus>) {
    beginObject()
    member(WireKey.server, "hotreload 0.1.0")
    member(WireKey.chip, device.chip)
    member(WireKey.uptime, device.uptime)
    key(WireKey.bootID)
    append(ASCII.quote)
    append(hex: UInt32(truncatingIfNeeded: device.bootID &>> 32))
    append(hex: UInt32(truncatingIfNeeded: device.bootID))
    append(ASCII.quote)
    key(WireKey.firmware)
    beginObject()
    member(WireKey.id, hex: device.firmware.bytes.span)
    member(WireKey.version, device.firmwareVersion.bytes)
    endObject()
    member(WireKey.authentication, device.authentication.name)
    member(WireKey.pending, device.isPending)
    member(WireKey.reloads, device.reloads)
    key(WireKey.modules)
    beginArray()
    for index in modules.indices { appendModule(modules[index]) }
    endArray()
    key(WireKey.lastError)
    if let failure = device.lastError {
      beginObject()
      appendID(WireKey.module, failure.module)
      appendRefusal(failure.refusal, text: failure.text.bytes)
      endObject()
    } else {
      null()
    }
    endObject()
  }

  private mutating func appendModule(_ module: borrowing ModuleStatus) {
    beginObject()
    member(
      WireKey.partition, module.partition.bytes.span.extracting(first: module.partition.count))
    member(WireKey.loaded, module.loaded != nil)
    if let loaded = module.loaded {
      appendID(WireKey.id, loaded.id)
      member(WireKey.sequence, loaded.sequence)
      member(WireKey.size, loaded.size)
      if let slot = loaded.slot {
        member(WireKey.slot, slot)
      } else {
        key(WireKey.slot)
        null()
      }
      member(WireKey.address, loaded.block.dataAddress)
      member(WireKey.executableAddress, loaded.block.executableAddress)
      member(WireKey.memory, loaded.block.size)
      member(WireKey.loadTime, loaded.loadTime)
      member(WireKey.swapTime, loaded.swapTime)
    }
    endObject()
  }

  /// A build-ID, empty where there is none.
  private mutating func appendID(_ name: StaticString, _ id: BuildID?) {
    if let id { member(name, hex: id.bytes.span) } else { member(name, "") }
  }
}
