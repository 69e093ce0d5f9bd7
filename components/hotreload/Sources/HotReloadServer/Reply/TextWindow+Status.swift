import HotReloadPort

extension TextWindow {
  // `inout` where nothing is changed: what is borrowed would be copied, all of it, on every call.

  /// The JSON of `GET /status`, member by member as docs/PROTOCOL.md has it.
  mutating func appendStatus(of device: inout DeviceStatus, modules: Span<ModuleStatus>) {
    var status = Template(
      #"""
      {"server":"hotreload 0.1.0","chip":"%","uptime_ms":%,"boot_id":"%%","reset":"%",\#
      "firmware":{"id":"%","version":"%"},"auth":"%","encodings":["delta"],"pending":%,"reloads":%,"modules":[%],"last_error":
      """#)
    fill(&status, device.chip)
    fill(&status, device.uptime)
    advance(&status)
    append(hex: UInt32(truncatingIfNeeded: device.bootID &>> 32))
    advance(&status)
    append(hex: UInt32(truncatingIfNeeded: device.bootID))
    fill(&status, device.resetReason.name)
    fill(&status, hex: device.firmware.bytes.span)
    fill(&status, device.firmwareVersion.bytes)
    fill(&status, device.authentication.name)
    fill(&status, device.isPending)
    fill(&status, device.reloads)
    advance(&status)
    for index in modules.indices {
      if index > 0 { append(ASCII.comma) }
      appendModule(modules, index)
    }
    advance(&status)
    if device.hasFailed {
      var error = Template(#"{"module":"%","#)
      fill(&error, device.failure.module)
      advance(&error)
      appendRefusal(device.failure.refusal, text: device.failure.text.bytes)
      append("}}")
    } else {
      append("null}")
    }
  }

  private mutating func appendModule(_ modules: Span<ModuleStatus>, _ index: Int) {
    var status = Template(#"{"partition":"%","pending":%,"loaded":%"#)
    fill(
      &status,
      modules[index].partition.bytes.span.extracting(first: modules[index].partition.count))
    fill(&status, modules[index].isPending)
    fill(&status, modules[index].isLoaded)
    if modules[index].isLoaded {
      var status = Template(
        #"""
        ,"id":"%","sequence":%,"size":%,"slot":%,"stored":%,"state":"%","address":%,\#
        "executable_address":%,"ram":%,"load_us":%,"swap_us":%
        """#)
      fill(&status, modules[index].module.id)
      fill(&status, modules[index].module.sequence)
      fill(&status, modules[index].module.size)
      if let slot = modules[index].module.slot {
        fill(&status, slot)
      } else {
        advance(&status)
        append("null")
      }
      fill(&status, modules[index].module.slot != nil)
      fill(&status, modules[index].module.isOnTrial ? "trial" : "confirmed")
      fill(&status, modules[index].module.block.dataAddress)
      fill(&status, modules[index].module.block.executableAddress)
      fill(&status, modules[index].module.block.size)
      fill(&status, modules[index].module.loadTime)
      fill(&status, modules[index].module.swapTime)
    }
    append(ASCII.closeBrace)
  }

  /// The inside of a string: a build-ID, empty where there is none.
  @inline(never)
  private mutating func fill(_ template: inout Template, _ id: BuildID?) {
    advance(&template)
    if let id { append(hex: id.bytes.span) }
  }
}
