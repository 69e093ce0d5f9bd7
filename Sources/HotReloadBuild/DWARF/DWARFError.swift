/// Why debug information cannot be read. Offsets are those of the section that was being read.
enum DWARFError: Error, Equatable, Sendable {
  /// A section ends before what begins at this offset.
  case outOfBounds(Int)
  /// A LEB128 number at this offset has more than 64 bits.
  case numberTooLarge(Int)
  /// An attribute form that neither DWARF 4 nor DWARF 5 has.
  case unknownForm(UInt64)
  /// An entry at this offset has an abbreviation code that its unit does not define.
  case unknownAbbreviation(Int)
  /// A reference to this offset, where no entry of a unit lies.
  case noEntry(Int)
  /// Types or references at this offset are nested without end, or nearly so.
  case nestedTooDeep(Int)
  /// A member at this offset has no constant location.
  case unknownLocation(Int)
  /// Something at this offset is no type of a variable, or lacks a size.
  case unknownType(Int)
  /// A type whose definition is in no unit that the reference reaches; the payload is its name.
  case incompleteType(String)
  /// A compressed section (`SHF_COMPRESSED`); the payload is its name.
  case compressed(String)
}

extension DWARFError: CustomStringConvertible {
  var description: String {
    switch self {
    case .outOfBounds(let offset): "cut off at offset \(offset)"
    case .numberTooLarge(let offset): "a number at offset \(offset) has more than 64 bits"
    case .unknownForm(let form): "unknown attribute form \(form)"
    case .unknownAbbreviation(let offset): "the entry at offset \(offset) has no abbreviation"
    case .noEntry(let offset): "a reference to offset \(offset), where nothing is described"
    case .nestedTooDeep(let offset): "references at offset \(offset) have no end"
    case .unknownLocation(let offset): "the member at offset \(offset) has no constant offset"
    case .unknownType(let offset): "the entry at offset \(offset) describes no type of a variable"
    case .incompleteType(let name): "the type '\(name)' is declared, but described nowhere"
    case .compressed(let section): "\(section) is compressed"
    }
  }

  /// What to do about it.
  var hint: String {
    switch self {
    case .compressed: "compile and link the module without -gz"
    case .incompleteType:
      "define the type in the file of the variable; compile without -fdebug-types-section "
        + "(clang: with -fstandalone-debug)"
    default: "compile the module again, with -g (DWARF 4 or 5)"
    }
  }
}
