/// `DW_TAG_…`: what an entry describes (DWARF 5, section 7.5.3, table 7.3). Only those that are read.
enum DebugTag: UInt64, Sendable {
  case arrayType = 0x01
  case classType = 0x02
  case enumerationType = 0x04
  case formalParameter = 0x05
  case member = 0x0D
  case pointerType = 0x0F
  case referenceType = 0x10
  case structureType = 0x13
  case subroutineType = 0x15
  case typedef = 0x16
  case unionType = 0x17
  case inheritance = 0x1C
  case inlinedSubroutine = 0x1D
  case pointerToMemberType = 0x1F
  case subrangeType = 0x21
  case baseType = 0x24
  case constType = 0x26
  case subprogram = 0x2E
  case variable = 0x34
  case volatileType = 0x35
  case restrictType = 0x37
  case namespace = 0x39
  case unspecifiedType = 0x3B
  case rvalueReferenceType = 0x42
  case atomicType = 0x47
  /// Any other.
  case other = 0

  /// Entries that give a name to what lies in them.
  var isScope: Bool {
    switch self {
    case .classType, .structureType, .unionType, .namespace, .subprogram, .inlinedSubroutine: true
    default: false
    }
  }
}

/// `DW_AT_…` (DWARF 5, section 7.5.4, table 7.5). Only those that are read.
enum DebugAttribute: UInt64, Sendable {
  case location = 0x02
  case name = 0x03
  case byteSize = 0x0B
  /// DWARF 3: bits from the most significant bit of the storage unit.
  case bitOffset = 0x0C
  case bitSize = 0x0D
  case upperBound = 0x2F
  case abstractOrigin = 0x31
  case artificial = 0x34
  case callingConvention = 0x36
  case count = 0x37
  case dataMemberLocation = 0x38
  case declaration = 0x3C
  case encoding = 0x3E
  case external = 0x3F
  case specification = 0x47
  case type = 0x49
  case virtuality = 0x4C
  case dataBitOffset = 0x6B
  case stringOffsetsBase = 0x72
  case addressBase = 0x73
  case deleted = 0x8A
  case defaulted = 0x8B
}

/// `DW_ATE_…`: how the bits of a base type are read (DWARF 5, section 7.8, table 7.11).
enum DebugEncoding: UInt64, Sendable {
  case boolean = 0x02
  case complexFloat = 0x03
  case float = 0x04
  case signed = 0x05
  case signedCharacter = 0x06
  case unsigned = 0x07
  case unsignedCharacter = 0x08
  /// `char8_t`, `char16_t`, `char32_t`.
  case unicode = 0x10
}

/// `DW_OP_…` (DWARF 5, section 7.7.1, table 7.9): where a variable with a fixed address is.
enum DebugOperation {
  /// `DW_OP_addr`.
  static let address: UInt8 = 0x03
  /// `DW_OP_addrx`.
  static let addressIndex: UInt8 = 0xA1
}

/// `DW_CC_…` (DWARF 5, section 7.15, table 7.18).
enum DebugCallingConvention {
  /// `DW_CC_pass_by_reference`: a copy needs the class's own functions.
  static let passByReference: UInt64 = 0x04
}
