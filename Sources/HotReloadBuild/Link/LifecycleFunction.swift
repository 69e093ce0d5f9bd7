/// What the linker takes from components/hotreload/module/lifecycle.c.
enum LifecycleFunction {
  /// The function that the runtime calls by itself (docs/MODULE-FORMAT.md).
  static let name = "hotreload_lifecycle"
  /// What registers functions to be called at the end (Itanium C++ ABI, 3.3.6; C, `atexit`).
  static let registrars: Set = ["__cxa_atexit", "atexit"]
}
