import CHotReload
import HotReloadPort
import HotReloadServer

/// The firmware that the runtime is part of, and its generated symbol tables.
struct CFirmware: FirmwarePort {
  var buildID: BuildID {
    let bytes = unsafe description.build_id
    var id = InlineArray<32, UInt8>(repeating: 0)
    // Safety: an imported C array of 32 bytes has 32 bytes.
    unsafe withUnsafeBytes(of: bytes) { bytes in
      for index in id.indices { id[index] = unsafe bytes[index] }
    }
    return BuildID(bytes: id)
  }

  var chip: UInt16 { unsafe description.chip }

  var key: InlineArray<32, UInt8> {
    var key = InlineArray<32, UInt8>(repeating: 0)
    // Safety: the port's contract is 32 bytes.
    guard let bytes = unsafe description.key else { return key }
    for index in key.indices { key[index] = unsafe bytes[index] }
    return key
  }

  /// How uploads are authenticated.
  var authentication: Authentication {
    Int(unsafe description.authentication) == HOTRELOAD_PORT_AUTHENTICATION_BODY
      ? .body : .challenge
  }

  var isConfirmedByApplication: Bool {
    Int(unsafe description.confirmation) == HOTRELOAD_PORT_CONFIRM_APPLICATION
  }

  var trialTimeout: UInt32 { unsafe description.trial_timeout }

  func withVersion<Value>(_ body: (Span<UInt8>) -> Value) -> Value {
    // Safety: the port's version is a C string that lives for ever.
    unsafe withBytes(of: description.version, body)
  }

  var safePoint: SafePointPolicy {
    SafePointPolicy(rawValue: unsafe description.safe_point) ?? .wait
  }

  var keepsFreedCode: Bool { unsafe description.keeps_freed_code }

  var tableCount: UInt32 { hotreload_port_table_count }

  func table(at index: UInt32) -> CSymbolTable {
    CSymbolTable(at: index)
  }

  @inline(never)
  private var description: hotreload_port_firmware_t {
    var firmware = unsafe hotreload_port_firmware_t()
    // Safety: `firmware` outlives the call.
    unsafe hotreload_port_firmware(&firmware)
    return unsafe firmware
  }
}
