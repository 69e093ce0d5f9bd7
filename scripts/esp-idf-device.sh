# A chip in Espressif's QEMU, with the network card open_eth: ESP32 or ESP32-C3. Sourced by test-esp-idf.sh, which has
# set `scratch` and `root`, and has `check` and `build`.

device=
device_chip=

# Prints the QEMU that knows a chip; fails if none does.
emulator() {
  case $1 in
  esp32) echo qemu-system-xtensa ;;
  esp32c3) echo qemu-system-riscv32 ;;
  *) return 1 ;;
  esac
}

# Prints why a virtual chip cannot run; fails if it can.
why_no_device() {
  local program tool
  program=$(emulator "$1")
  tool=${program/-system/}
  if ! command -v "$program" >/dev/null; then
    echo "$program is not in PATH: python \$IDF_PATH/tools/idf_tools.py install $tool"
  elif ! "$program" -machine help | grep -q "^$1 "; then
    echo "$program is not the one of Espressif: it has no machine $1"
  else
    return 1
  fi
}

# flash BUILD_FOLDER: makes the image of the chip's flash.
flash() {
  local size
  size=$(grep -oE 'flash_size [0-9]+MB' "$1/flash_args" | cut -d ' ' -f 2)
  (cd "$1" && python -m esptool --chip "$device_chip" merge_bin --fill-flash-size "$size" -o "$scratch/flash.bin" @flash_args)
}

# Boots the chip from the image. HOTRELOAD_URL is then its URL, as seen from here.
start_device() {
  local port
  port=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  rm -f "$scratch/console"
  mkfifo "$scratch/console"
  "$(emulator "$device_chip")" -machine "$device_chip" -display none -serial mon:stdio \
    -drive "file=$scratch/flash.bin,if=mtd,format=raw" \
    -nic "user,model=open_eth,hostfwd=tcp:127.0.0.1:$port-:8080" <"/dev/null" >"$scratch/console" 2>&1 &
  device=$!
  exec 3<"$scratch/console"
  export HOTRELOAD_URL=http://127.0.0.1:$port
}

stop_device() {
  [ -n "$device" ] || return 0
  kill "$device" 2>/dev/null || true
  wait "$device" 2>/dev/null || true
  exec 3<&-
  device=
}

# Prints the console until a line matches. Fails if the device ends, stays silent, or boots (which `$2` = boots allows).
console_until() {
  local line
  while IFS= read -r -t 120 line <&3; do
    line=${line%$'\r'}
    printf '    %s\n' "$line"
    [[ $line =~ $1 ]] && return 0
    if [ "${2:-}" != boots ] && [[ $line == rst:0x* ]]; then
      echo 'error: the chip has restarted'
      return 1
    fi
  done
  echo "error: the chip ended or fell silent before it printed: $1"
  return 1
}

# greet TEXT: edits the module.
greet() {
  sed -i "s/greeting = \".*\"/greeting = \"$1\"/" \
    "$scratch/Examples/esp-idf/basic/components/reloadable/reloadable.c"
}

# boot BUILD_FOLDER GREETING: from power-on until the module has spoken twice.
boot() { flash "$1" && start_device && console_until "^$2, World.* 1\$" boots; }

# reload GREETING COMMAND...: edits, reloads, and waits until the new module has spoken twice.
reload() {
  local greeting=$1
  shift
  greet "$greeting" && "$@" && console_until "^$greeting, World.* 1\$"
}

# `hotreload` with the plan of the firmware that runs.
tool() { "$HOTRELOAD_TOOL" "$1" --plan "$scratch/device/hotreload-plan.json"; }

# An upload without the key is refused, and the module goes on.
refuse_stranger() {
  local status
  status=$(curl -s -o "$scratch/reply" -w '%{http_code}' --max-time 60 --data-binary module "$HOTRELOAD_URL/upload")
  cat "$scratch/reply"
  [ "$status" = 403 ] && console_until '^Hot reloaded, World'
}

# Switched off and on again; the flash keeps what was stored.
boot_again() { stop_device && start_device && console_until '^Reloaded by idf.py, World.* 1$' boots; }

# As a user has it: the firmware boots, a reload brings new code without a boot, and stays over a reset. Then the same
# sources without hot reload. For the chip $1.
test_device() {
  local folder=$scratch/device
  device_chip=$1
  rm -rf "$folder"
  greet Hello
  # ESP-IDF 5 does not look for commands in components; harmless in 6.
  export IDF_EXTRA_ACTIONS_PATH=$root/components/hotreload
  check "$1: basic is built for QEMU" build basic "$device_chip" "$folder" sdkconfig.qemu || return 1
  check "$1 in QEMU: boots and runs its module" boot "$folder" Hello || return 1
  check "$1 in QEMU: hotreload status" tool status || return 1
  check "$1 in QEMU: hotreload reload" reload 'Hot reloaded' tool reload || return 1
  check "$1 in QEMU: an upload without the key is refused" refuse_stranger || return 1
  check "$1 in QEMU: idf.py reload" reload 'Reloaded by idf.py' \
    idf.py -C "$scratch/Examples/esp-idf/basic" -B "$folder" reload || return 1
  check "$1 in QEMU: the module stays after a reset" boot_again || return 1
  stop_device

  echo CONFIG_HOTRELOAD_ENABLE=n >"$scratch/disabled"
  folder=$scratch/disabled-device
  rm -rf "$folder"
  greet Linked
  check "$1: basic without hot reload is built for QEMU" \
    build basic "$device_chip" "$folder" sdkconfig.qemu "$scratch/disabled" || return 1
  check "$1 in QEMU: boots without hot reload" boot "$folder" Linked || return 1
  stop_device
}
