/// The value of an attribute, not looked up yet.
enum DebugValue: Equatable, Sendable {
  case number(UInt64)
  case signedNumber(Int64)
  case flag(Bool)
  /// Inline text.
  case text(String)
  /// An offset in `.debug_str`.
  case stringOffset(Int)
  /// An offset in `.debug_line_str`.
  case lineStringOffset(Int)
  /// An index in the unit's part of `.debug_str_offsets`.
  case stringIndex(UInt64)
  /// The bytes of a block or expression, in `.debug_info`.
  case block(Range<Int>)
  /// An entry of `.debug_info`.
  case reference(Int)
  /// Something that nobody here reads: another file's entry, an index of a list.
  case unread
}

extension DWARFCursor {
  /// A value written as `form`.
  ///
  /// - Parameters:
  ///   - implicit: the value of `DW_FORM_implicit_const`.
  ///   - unit: offset of the unit, to which most references are relative.
  mutating func value(
    _ form: DebugForm, implicit: Int64, unit: Int
  ) throws(DWARFError) -> DebugValue {
    switch form {
    case .data1, .data2, .data4, .data8, .sectionOffset, .address:
      return .number(try number(size: form.size ?? 0))
    case .unsignedData: return .number(try unsigned())
    case .signedData: return .signedNumber(try signed())
    case .implicitConstant: return .signedNumber(implicit)
    case .flag: return .flag(try byte() != 0)
    case .flagPresent: return .flag(true)
    case .string: return .text(try string())
    case .stringOffset: return .stringOffset(Int(try word()))
    case .lineStringOffset: return .lineStringOffset(Int(try word()))
    case .stringIndex: return .stringIndex(try unsigned())
    case .stringIndex1, .stringIndex2, .stringIndex3, .stringIndex4:
      return .stringIndex(try number(size: form.size ?? 0))
    case .block1: return try block(size: UInt64(try byte()))
    case .block2: return try block(size: UInt64(try half()))
    case .block4: return try block(size: UInt64(try word()))
    case .block, .expression: return try block(size: try unsigned())
    case .referenceAddress: return .reference(Int(try word()))
    case .reference1, .reference2, .reference4, .reference8:
      return reference(try number(size: form.size ?? 0), unit)
    case .referenceUnsigned: return reference(try unsigned(), unit)
    case .indirect:
      let actual = try DebugForm(checking: try unsigned())
      // Neither a second indirection nor a constant that stands in the abbreviation makes sense here.
      guard actual != .indirect, actual != .implicitConstant else {
        throw .unknownForm(actual.rawValue)
      }
      return try value(actual, implicit: 0, unit: unit)
    case .addressIndex, .locationListIndex, .rangeListIndex:
      _ = try unsigned()
      return .unread
    case .addressIndex1, .addressIndex2, .addressIndex3, .addressIndex4, .data16,
      .referenceSupplementary4, .referenceSupplementary8, .stringSupplementary,
      .referenceSignature:
      try skip(UInt64(form.size ?? 0))
      return .unread
    }
  }

  /// Moves behind a value written as `form`.
  mutating func skip(_ form: DebugForm) throws(DWARFError) {
    if let size = form.size {
      try skip(UInt64(size))
    } else if form == .string {
      try skipString()
    } else {
      _ = try value(form, implicit: 0, unit: 0)
    }
  }

  private mutating func block(size: UInt64) throws(DWARFError) -> DebugValue {
    let start = offset
    try skip(size)
    return .block(start..<offset)
  }

  /// A sum beyond the address space is no entry's offset; neither is -1.
  private func reference(_ offset: UInt64, _ unit: Int) -> DebugValue {
    .reference(Int(exactly: offset).flatMap { Int(exactly: UInt64($0) + UInt64(unit)) } ?? -1)
  }
}
