/// What can be fuzzed: the name after `--target=`, and of the folder of its inputs.
enum FuzzTarget: String, CaseIterable {
  /// The ELF views, over any bytes.
  case elf
  /// The loader, over any bytes, for every chip.
  case loader
  /// The views and the loader, over every change of every table of an image.
  case tables
  /// The loader, over an image whose note is the input.
  case note
  /// The parser of requests.
  case request
  /// The server on a byte stream: requests, pieces, pauses, uploads.
  case session
  /// The server behind another HTTP server: calls in any order.
  case parsed
  /// The store, over flash with any contents.
  case store
  /// The device's end of the escaped line.
  case line
  /// What the tool reads of object files, firmware, modules and archives.
  case objects
  /// The decoder of uploads, over any bytes and any base; and the encoder.
  case delta
  /// What the tool reads of debug information.
  case dwarf

  /// Runs one input; stops the process where something is wrong.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .elf: readELF(bytes)
    case .loader: loadForEveryChip(bytes)
    case .tables: changeEveryTable(bytes)
    case .note: loadNote(bytes)
    case .request: parseRequest(bytes)
    case .session: serve(bytes)
    case .parsed: serveParsed(bytes)
    case .store: useStore(bytes)
    case .line: decodeLine(bytes)
    case .objects: readObjects(bytes)
    case .delta: decodeDelta(bytes)
    case .dwarf: readDebugInformation(bytes)
    }
  }
}
