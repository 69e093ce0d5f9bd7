// String, which takes more code than all of the rest. A Swift module of its own, linked into the same module
// of the firmware.

/// See firmware.h.
@c @implementation
public func text_check(_ number: CInt) {
  let text = "\(number) is " + (number == 42 ? "it" : "not it")
  firmware_check(text.utf8.elementsEqual("42 is it".utf8), "String: interpolation, concatenation")
  // There are no tables of Unicode for Xtensa (docs/XTENSA.md).
  #if !WITHOUT_UNICODE
    firmware_check(text == "42 is it", "String: comparison")
    firmware_check(text.hasPrefix("42"), "String: its beginning")
    firmware_check("cafe\u{301}" == "caf\u{e9}", "String: canonical equivalence")
  #endif
}
