// The module of Examples/basic in Swift, for the firmware of Examples/swift-module.

private var count: CInt = 0

/// See reloadable.h.
@c @implementation
public func reloadable_hello(_ name: UnsafePointer<CChar>!) {
  print_greeting("Hello", name, 500, count)
  count += 1
}
