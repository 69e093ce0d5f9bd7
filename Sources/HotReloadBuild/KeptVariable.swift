/// A variable of a module whose value a reload carries over (`HOTRELOAD_KEEP`).
public struct KeptVariable: Equatable, Sendable {
  /// What the next module's variable has to be called as well: qualified by namespaces, classes and the
  /// function it belongs to, and by its file where two files have one of that name.
  public var name: String
  /// 32-bit FNV-1a of the text that describes its type (`TypeLayout`).
  public var layout: UInt32
  /// Virtual address.
  public var address: UInt32
  /// Bytes.
  public var size: UInt32

  /// Creates the description of a variable.
  public init(name: String, layout: UInt32, address: UInt32, size: UInt32) {
    self.name = name
    self.layout = layout
    self.address = address
    self.size = size
  }
}
