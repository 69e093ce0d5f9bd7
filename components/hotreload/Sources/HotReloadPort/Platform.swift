/// Everything the runtime needs from where it runs, as one name.
public protocol Platform {
  associatedtype Memory: MemoryPort
  associatedtype Flash: FlashPort
  associatedtype Firmware: FirmwarePort
  associatedtype System: ClockPort & RandomPort & LogPort & RestartPort & NetworkPort & TrialPort
  associatedtype Code: CodePort
  associatedtype Tasks: TaskPort
  associatedtype Hasher: SHA256Hasher
}
