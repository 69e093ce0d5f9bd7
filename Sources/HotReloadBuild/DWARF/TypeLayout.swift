/// How the bytes of a type are to be understood, as a text that is the same whatever compiler, options and DWARF
/// version described the type, as long as its values mean the same.
///
/// | text | type |
/// |---|---|
/// | `i4` `u1` `f8` `b1` `c8` `e4` | signed and unsigned integers and characters, floating point, boolean, complex, enumeration; with their size in bytes |
/// | `*NAME` | a pointer or reference, whatever it points to: see `DebugInformation.pointee(of:)` |
/// | `[N]T` | an array of `N` elements; `[]T` of unknown length |
/// | `{name@O:T,…}S` | a structure or class of `S` bytes, with members at offset `O`; a base class has the name `:` |
/// | `\|name@O:T,…\|S` | a union |
/// | `name@B+N:T` | a bit-field of `N` bits from bit `B` of the structure, counted from the least significant |
/// | `m` `m()` | a C++ pointer to a member that is a variable, or a function |
///
/// Names of types are no part of it, neither are `const`, `volatile` and `_Atomic`, nor what an enumeration's
/// values are called: a state machine may gain a state and go on.
struct TypeLayout: Equatable, Sendable {
  /// A pointer somewhere in the type.
  struct Pointer: Equatable, Sendable {
    /// `queue.items[].next`; empty if the type itself is a pointer.
    var path: String
    /// Bytes from the beginning of the variable; in an array, of its first element's.
    var offset: UInt64
  }

  /// A class that bytes alone do not copy.
  struct Obstacle: Equatable, Sendable {
    /// Name of the class.
    var type: String
    /// Which member has it; empty if it is the type itself.
    var path: String
  }

  /// As in the table.
  var text = ""
  /// In the order of the members.
  var pointers: [Pointer] = []
  /// The first innermost class that is not trivially copyable.
  var obstacle: Obstacle?
  /// Whether the type itself is `const`.
  var isConstant = false

  /// 32-bit FNV-1a of the text: the layout hash (docs/MODULE-FORMAT.md).
  var hash: UInt32 { FNV1a.hash(of: text.utf8) }
}
