import CHotReload
import HotReloadPort
import HotReloadRuntime

/// Whose slot that is; see hotreload_port.h.
@c @implementation
public func hotreload_symbol_of_slot(_ slot: UnsafeRawPointer?) -> UnsafePointer<CChar>? {
  let symbol = unsafe symbol(of: slot)
  // Safety: nobody else runs any more that would use the runtime.
  unsafe withBytes(of: symbol) { unsafe runtime.noteEmptySlot($0) }
  return unsafe symbol
}

private func symbol(of slot: UnsafeRawPointer?) -> UnsafePointer<CChar>? {
  guard let slot = unsafe slot else { return nil }
  for index in 0..<hotreload_port_table_count {
    // Safety: generated tables are constants; the index is below the number of tables.
    guard let table = unsafe hotreload_port_table(index)?.pointee else { continue }
    // Safety: a generated table has slots, even if their count is 0.
    let distance = unsafe UnsafeRawPointer(table.slots).distance(to: slot)
    let entry = distance / MemoryLayout<UInt>.size
    guard distance >= 0, entry < Int(unsafe table.count) else { continue }
    // Safety: the entry was just found to be below the table's count.
    return unsafe table.names[entry]
  }
  return nil
}
