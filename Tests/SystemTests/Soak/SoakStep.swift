/// One thing that a soak test does to its device.
enum SoakStep: String, CaseIterable, Sendable {
  case reload = "reloads from flash"
  case reloadFromRAM = "reloads from RAM, then written to flash"
  case reloadFromRAMOnly = "reloads from RAM only"
  case twoClients = "uploads by two clients at once"
  case abortedUpload = "uploads that end half way"
  case wrongDigest = "bodies with another digest"
  case corruptImage = "images that no chip would load"
  case otherFirmware = "images for another firmware"
  case refusedLoad = "modules that refuse to be loaded, from flash"
  case refusedLoadFromRAM = "modules that refuse to be loaded, from RAM"
  case crash = "crashes on trial, from flash"
  case crashFromRAM = "crashes on trial, from RAM"
  case powerCutWhileUploading = "power cuts while uploading"
  case powerCutOnTrial = "power cuts on trial in RAM"

  /// How often it comes, of all steps together.
  private var weight: Int {
    switch self {
    case .reload: 160
    case .reloadFromRAM, .reloadFromRAMOnly, .twoClients: 10
    case .abortedUpload, .wrongDigest, .corruptImage, .otherFirmware: 5
    case .refusedLoad, .refusedLoadFromRAM: 5
    case .crash, .crashFromRAM: 1
    case .powerCutWhileUploading, .powerCutOnTrial: 1
    }
  }

  /// Any of them, by weight.
  static func random(using random: inout some RandomNumberGenerator) -> SoakStep {
    var number = Int.random(in: 0..<allCases.reduce(0) { $0 + $1.weight }, using: &random)
    for step in allCases {
      if number < step.weight { return step }
      number -= step.weight
    }
    return .reload
  }
}
