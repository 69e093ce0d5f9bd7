/// `DW_FORM_…`: how the value of an attribute is written (DWARF 5, section 7.5.6, table 7.6), in 32-bit DWARF
/// with addresses of four bytes.
enum DebugForm: UInt64, Sendable {
  case address = 0x01
  case block2 = 0x03
  case block4 = 0x04
  case data2 = 0x05
  case data4 = 0x06
  case data8 = 0x07
  case string = 0x08
  case block = 0x09
  case block1 = 0x0A
  case data1 = 0x0B
  case flag = 0x0C
  case signedData = 0x0D
  case stringOffset = 0x0E
  case unsignedData = 0x0F
  case referenceAddress = 0x10
  case reference1 = 0x11
  case reference2 = 0x12
  case reference4 = 0x13
  case reference8 = 0x14
  case referenceUnsigned = 0x15
  case indirect = 0x16
  case sectionOffset = 0x17
  case expression = 0x18
  case flagPresent = 0x19
  case stringIndex = 0x1A
  case addressIndex = 0x1B
  case referenceSupplementary4 = 0x1C
  case stringSupplementary = 0x1D
  case data16 = 0x1E
  case lineStringOffset = 0x1F
  case referenceSignature = 0x20
  case implicitConstant = 0x21
  case locationListIndex = 0x22
  case rangeListIndex = 0x23
  case referenceSupplementary8 = 0x24
  case stringIndex1 = 0x25
  case stringIndex2 = 0x26
  case stringIndex3 = 0x27
  case stringIndex4 = 0x28
  case addressIndex1 = 0x29
  case addressIndex2 = 0x2A
  case addressIndex3 = 0x2B
  case addressIndex4 = 0x2C

  init(checking number: UInt64) throws(DWARFError) {
    guard let form = DebugForm(rawValue: number) else { throw .unknownForm(number) }
    self = form
  }

  /// Bytes of a value, nil where the value itself says it.
  var size: Int? {
    switch self {
    case .flagPresent, .implicitConstant: 0
    case .data1, .flag, .reference1, .stringIndex1, .addressIndex1: 1
    case .data2, .reference2, .stringIndex2, .addressIndex2: 2
    case .stringIndex3, .addressIndex3: 3
    case .address, .data4, .stringOffset, .referenceAddress, .reference4, .sectionOffset,
      .referenceSupplementary4, .stringSupplementary, .lineStringOffset, .stringIndex4,
      .addressIndex4:
      4
    case .data8, .reference8, .referenceSignature, .referenceSupplementary8: 8
    case .data16: 16
    case .block2, .block4, .string, .block, .block1, .signedData, .unsignedData,
      .referenceUnsigned, .indirect, .expression, .stringIndex, .addressIndex,
      .locationListIndex, .rangeListIndex:
      nil
    }
  }
}
