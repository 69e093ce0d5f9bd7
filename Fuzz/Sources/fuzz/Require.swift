/// Stops the process unless something holds that always has to, saying what.
func require(_ condition: Bool, _ rule: @autoclosure () -> String) {
  if !condition { fatalError("broken rule: \(rule())") }
}
