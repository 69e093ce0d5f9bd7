import HotReloadPort
import HotReloadSimulator
import HotReloadStore

/// Something that is done to the store, and the current image at each of its steps.
struct PowerCutScenario: Sendable {
  typealias QuickStore = ModuleStore<QuickHasher>
  /// A flash, its store, and the image that the action is about: the current one before it.
  typealias Step = @Sendable (NORFlash, QuickStore, StoredImage?) throws -> Void

  var name: String
  /// The current images from the first operation of the action to the last, each as `current(in:)` says it.
  var states: [String]
  var prepare: Step
  var action: Step
  /// Whether the action, done again after a power cut, leads to the last state again.
  var isRepeatable = true

  static let old = image(1, count: 700)
  static let trial = image(2, count: 910)
  static let new = image(3, count: 1203)
  private static let names = [(old, "old"), (trial, "trial"), (new, "new")]

  /// The current image after a restart: its name and marks.
  static func current(in flash: NORFlash) throws -> String {
    let store = try QuickStore(flash.partition)
    guard let image = try store.currentImage(in: flash) else { return "none" }
    let bytes = try flash.bytes(of: image)
    let name = image.isPlain ? "plain" : names.first { $0.0 == bytes }?.1 ?? "long"
    let attempts = image.trialAttempts == 0 ? "" : ", attempt \(image.trialAttempts)"
    return name + attempts + (image.isConfirmed ? ", confirmed" : "")
  }

  static func put(
    _ image: [UInt8], confirmed: Bool = false, bad: Bool = false, attempts: Int = 0,
    in flash: NORFlash, _ store: QuickStore
  ) throws {
    var target = flash
    let stored = try flash.upload(image, chunkSize: flash.bytes.count, to: store)
    for _ in 0..<attempts { _ = try store.beginTrial(stored, in: &target) }
    if confirmed { try store.confirm(stored, in: &target) }
    if bad { try store.markBad(stored, in: &target) }
  }

  /// Uploads, by what the slots hold before.
  static let uploads: [PowerCutScenario] = [
    PowerCutScenario(name: "upload into erased flash", states: ["none", "new"]) { _, _, _ in
    },
    PowerCutScenario(name: "upload beside a new image", states: ["old", "new"]) { flash, store, _ in
      try put(old, in: flash, store)
    },
    PowerCutScenario(name: "upload beside a confirmed image", states: ["old, confirmed", "new"]) {
      flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
    },
    PowerCutScenario(
      name: "upload over one on trial", states: ["trial, attempt 2", "old, confirmed", "new"]
    ) { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, attempts: 2, in: flash, store)
    },
    PowerCutScenario(
      name: "upload over an older confirmed one", states: ["trial, attempt 1, confirmed", "new"]
    ) { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, confirmed: true, attempts: 1, in: flash, store)
    },
    PowerCutScenario(name: "upload over a bad one", states: ["old, confirmed", "new"]) {
      flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, bad: true, attempts: 1, in: flash, store)
    },
    PowerCutScenario(name: "upload beside a bad one only", states: ["none", "new"]) {
      flash, store, _ in
      try put(trial, bad: true, attempts: 1, in: flash, store)
    },
    PowerCutScenario(name: "upload beside a plain image", states: ["plain, confirmed", "new"]) {
      flash, store, _ in
      flash.flash(PlainELF().bytes(count: 192))
    },
    PowerCutScenario(
      name: "upload over a plain image", states: ["trial, attempt 3, confirmed", "new"]
    ) { flash, store, _ in
      flash.flash(PlainELF().bytes(count: 192))
      try put(trial, confirmed: true, attempts: 3, in: flash, store)
    },
  ]

  /// An image that reaches into a second erase unit.
  static let longUpload = PowerCutScenario(
    name: "upload of two units", states: ["old, confirmed", "long"]
  ) { flash, store, _ in
    try put(old, confirmed: true, in: flash, store)
  } action: { flash, store, _ in
    try put(image(4, count: Int(flash.partition.eraseSize) + 1000), in: flash, store)
  }

  /// What the runtime does beside uploads.
  static let marks: [PowerCutScenario] = [
    PowerCutScenario(
      name: "confirmed, written from RAM", states: ["old, confirmed", "new", "new, confirmed"]
    ) { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
    } action: { flash, store, _ in
      try put(new, confirmed: true, in: flash, store)
    },
    trial(after: 0), trial(after: 1), trial(after: 2),
    PowerCutScenario(
      name: "confirm", states: ["trial, attempt 1", "trial, attempt 1, confirmed"]
    ) { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, attempts: 1, in: flash, store)
    } action: { flash, store, image in
      var target = flash
      if let image { try store.confirm(image, in: &target) }
    },
    rollback(to: "old, confirmed") { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, attempts: 1, in: flash, store)
    },
    rollback(to: "plain, confirmed") { flash, store, _ in
      flash.flash(PlainELF().bytes(count: 192))
      try put(trial, attempts: 1, in: flash, store)
    },
    rollback(to: "none") { flash, store, _ in
      try put(old, bad: true, in: flash, store)
      try put(trial, attempts: 1, in: flash, store)
    },
  ]

  private static func trial(after attempts: Int) -> PowerCutScenario {
    PowerCutScenario(
      name: "attempt \(attempts + 1)",
      states: [
        "trial" + (attempts > 0 ? ", attempt \(attempts)" : ""), "trial, attempt \(attempts + 1)",
      ]
    ) { flash, store, _ in
      try put(old, confirmed: true, in: flash, store)
      try put(trial, attempts: attempts, in: flash, store)
    } action: { flash, store, image in
      var target = flash
      if let image { _ = try store.beginTrial(image, in: &target) }
    } isRepeatable: {
      false
    }
  }

  private static func rollback(to other: String, _ prepare: @escaping Step) -> PowerCutScenario {
    PowerCutScenario(
      name: "rollback to \(other)", states: ["trial, attempt 1", other], prepare: prepare
    ) { flash, store, image in
      var target = flash
      if let image { try store.markBad(image, in: &target) }
    }
  }

  init(
    name: String, states: [String], prepare: @escaping Step,
    action: @escaping Step = { flash, store, _ in try put(new, in: flash, store) },
    isRepeatable: () -> Bool = { true }
  ) {
    self.name = name
    self.states = states
    self.prepare = prepare
    self.action = action
    self.isRepeatable = isRepeatable()
  }
}
