// SwiftPM wants a source file in a C target; this one is all module map.
