import SystemPackage

/// Where things are.
enum Repository {
  /// The checkout.
  static let root = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// The folder of the test bundle, where SwiftPM also puts the tool.
  static let products: FilePath = {
    let arguments = CommandLine.arguments
    // Apple's platforms load the bundle into a helper, which is told its path.
    if let option = arguments.firstIndex(of: "--test-bundle-path"), option + 1 < arguments.count,
      let end = arguments[option + 1].firstRange(of: ".xctest")
    {
      return FilePath(String(arguments[option + 1][..<end.lowerBound])).removingLastComponent()
    }
    return FilePath(arguments[0]).removingLastComponent()
  }()

  static let tool = products.appending("hotreload")

  /// What the tests make; every run begins with new folders in it.
  static let scratch = products.appending("system-tests")
}
