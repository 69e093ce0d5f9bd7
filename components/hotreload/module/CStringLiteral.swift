// A literal that a module gives to C, `esp_log_line("ready")`, is the text as it lies in the module, as in C. Without this it is a
// String first and a copy of its UTF-8 next: the compiler takes most of that out again, which takes it three times as long as all the
// rest of a small module, and what it leaves in (all of it, with -Onone) is many kilobytes.
//
// Compiled with the Swift sources of every module. What is not a literal is a String as ever.
//
// SPDX-License-Identifier: MIT

/// A byte of text in C: to pointers to these two Swift converts a String.
public protocol HotReloadCCharacter {}
extension Int8: HotReloadCCharacter {}
extension UInt8: HotReloadCCharacter {}

extension UnsafePointer: @retroactive ExpressibleByUnicodeScalarLiteral
where Pointee: HotReloadCCharacter {}
extension UnsafePointer: @retroactive ExpressibleByExtendedGraphemeClusterLiteral
where Pointee: HotReloadCCharacter {}

/// `const char *` and `const unsigned char *` of C from a literal.
extension UnsafePointer: @retroactive ExpressibleByStringLiteral
where Pointee: HotReloadCCharacter {
  /// The text in UTF-8 and a zero after it; it is there for as long as the module is.
  @inline(__always)
  public init(stringLiteral text: StaticString) {
    // Safety: the text ends with a zero (StaticString.utf8Start), and the pointee is a byte of it as C sees it.
    unsafe self = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: Pointee.self)
  }
}
