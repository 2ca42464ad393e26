# What every command of this folder needs, installed once per user and version.
#
# Sourced, not run. Nothing here replaces a tool the user already has: our
# versions live in their own folder of the user's cache and are put in front
# on PATH for the running script only.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${SIPAS_KIT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sipas-kit}

TRUNK_VERSION=0.21.14          # 0.22 needs a newer rustc than rust-toolchain.toml pins
WASM_BINDGEN_VERSION=0.2.126   # equals `wasm-bindgen` in Cargo.lock; tests/tidy.rs holds that
BINARYEN_VERSION=132.0.0       # wasm-opt
ESBUILD_VERSION=0.28.2         # shortens the scripts wasm-bindgen writes

# Fresh clones share one build folder, so that only the kit itself is compiled again.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
# The pages must not carry the paths of the machine they were built on.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates"
export CARGO_TERM_PROGRESS_WHEN=${CARGO_TERM_PROGRESS_WHEN:-never}

STEP=start
REMEDY="read the lines above"
STEP_STARTED=$SECONDS
trap 'on_exit $?' EXIT

on_exit() {
  if [ "$1" -ne 0 ]; then
    printf '\n✗ failed in step «%s» (exit %s)\n  What to do: %s\n' "$STEP" "$1" "$REMEDY" >&2
  fi
}

# step NAME EXPECTATION REMEDY: says what begins, how long it may take, and what to do if it fails.
step() {
  if [ "$STEP" != start ]; then printf '  done in %d s\n' $((SECONDS - STEP_STARTED)); fi
  STEP=$1 REMEDY=$3 STEP_STARTED=$SECONDS
  printf '\n▸ %s (%s)\n' "$1" "$2"
}

# finish WHAT: the last line of a command.
finish() {
  printf '  done in %d s\n\n✓ %s in %d s\n' $((SECONDS - STEP_STARTED)) "$1" "$SECONDS"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# cargo_tool CRATE VERSION BINARY [FLAG…]: installs into a folder named by the version.
cargo_tool() {
  local crate=$1 version=$2 binary=$3 home="$CACHE/$1-$2"
  shift 3
  if [ ! -x "$home/bin/$binary" ]; then
    step "installing $crate $version" "two to six minutes, once" \
      "check that crates.io can be reached and that a C compiler is installed (apt-get install build-essential)"
    # A debug build of a build tool: half the time to install, no slower to use.
    CARGO_TARGET_DIR="$CACHE/build-$crate" cargo install "$crate" --version "$version" \
      --locked --debug --quiet --root "$home.part" "$@"
    rm -rf "$home" "$CACHE/build-$crate"
    mv "$home.part" "$home"
  fi
  PATH="$home/bin:$PATH"
}

# npm_tool PACKAGE VERSION BINARY: the same for a tool that comes by npm.
npm_tool() {
  local home="$CACHE/$1-$2"
  if [ ! -x "$home/node_modules/.bin/$3" ]; then
    step "installing $3 ($1 $2)" "under a minute, once" "check that npm is installed and reaches its registry"
    rm -rf "$home.part"
    mkdir -p "$home.part"
    npm install --silent --no-audit --no-fund --prefix "$home.part" "$1@$2"
    rm -rf "$home"
    mv "$home.part" "$home"
  fi
  PATH="$home/node_modules/.bin:$PATH"
}

need_rust() {
  cd "$ROOT"
  command -v rustup >/dev/null || {
    STEP="looking for rustup" REMEDY="install Rust from https://rustup.rs, then run this again"
    return 1
  }
  local channel
  channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup target list --toolchain "$channel" --installed 2>/dev/null | grep -q wasm32-unknown-unknown \
    || ! rustup component list --toolchain "$channel" --installed 2>/dev/null | grep -q clippy \
    || ! rustup component list --toolchain "$channel" --installed 2>/dev/null | grep -q rust-src; then
    step "installing Rust $channel with the wasm32 target" "under a minute, once" \
      "run: rustup toolchain install $channel --profile minimal --component rustfmt,clippy,rust-src --target wasm32-unknown-unknown"
    rustup toolchain install "$channel" --profile minimal --no-self-update \
      --component rustfmt --component clippy --component rust-src --target wasm32-unknown-unknown
  fi
}

need_wasm_tools() {
  mkdir -p "$CACHE"
  cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen
  cargo_tool trunk "$TRUNK_VERSION" trunk --no-default-features
  npm_tool binaryen "$BINARYEN_VERSION" wasm-opt
  npm_tool esbuild "$ESBUILD_VERSION" esbuild
  export PATH
}

need_browser() {
  if ! command -v chromium >/dev/null || ! fc-list 2>/dev/null | grep -i 'noto sans' >/dev/null; then
    step "installing Chromium and a font with Vietnamese letters" "one to two minutes, once" \
      "install a Chromium and the Noto fonts by hand (Debian: apt-get install chromium fonts-noto-core)"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      chromium fonts-noto-core fontconfig >/dev/null
  fi
  export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
  local wanted have
  wanted=$(sha256sum "$ROOT/tests/browser/package-lock.json")
  have=$(cat "$ROOT/tests/browser/node_modules/.installed" 2>/dev/null || true)
  if [ "$wanted" != "$have" ]; then
    step "installing the browser tests' packages" "seconds, once per clone" \
      "check that npm is installed and reaches its registry"
    (cd "$ROOT/tests/browser" && npm ci --silent --no-audit --no-fund)
    printf '%s\n' "$wanted" >"$ROOT/tests/browser/node_modules/.installed"
  fi
}

# small COMMAND…: runs what builds a page. The standard library is compiled with it, for size and without
# the texts and places of panics; ARCHITECTURE.md says why. RUSTC_BOOTSTRAP lets the pinned stable
# compiler do so, here and nowhere else.
small() {
  local flags="$CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS -Zunstable-options -Cpanic=immediate-abort"
  RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags" "$@"
}

# fast COMMAND…: the same for the office's page, which reads and counts a million responses: for speed, with the
# instructions that work on sixteen bytes at once. Browsers have these since 2021, Safari since 16.4 (2023).
fast() {
  local flags="$CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS -Zunstable-options -Cpanic=immediate-abort"
  RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES= \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags -Ctarget-feature=+simd128" "$@"
}

# The native program, and the folder dist/ it serves. The pages are built anew
# only when something they are made of has changed.
build_kit() {
  cd "$ROOT"
  step "building the sipas program" "two minutes the first time, then a second" \
    "read the compiler's message above"
  cargo build --locked --quiet --profile native --bin sipas
  export SIPAS="$CARGO_TARGET_DIR/native/sipas"
  PATH="$CARGO_TARGET_DIR/native:$PATH"

  step "checking the survey definitions" "a second" "mend the lines named above"
  sipas check survey-definitions

  local stamp
  stamp=$(find src public tools Cargo.toml Cargo.lock Trunk.toml rust-toolchain.toml -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  if [ ! -f dist/index.html ] || [ "$stamp" != "$(cat target/pages.stamp 2>/dev/null)" ]; then
    step "building the pages" "three minutes the first time, one later" "read the message above"
    # Trunk reads NO_COLOR as a boolean, and this is not how everybody sets it.
    unset NO_COLOR
    rm -rf dist
    # The standard library has dependencies of its own, and Trunk lets cargo load nothing.
    small cargo fetch --locked --quiet --target wasm32-unknown-unknown
    small trunk --quiet build --release --offline true public/index.html
    small trunk --quiet build --release --offline true --dist dist/kiosk public/kiosk/index.html
    fast trunk --quiet build --release --offline true --dist dist/office public/office/index.html
    mkdir -p target
    printf '%s\n' "$stamp" >target/pages.stamp
  fi

  step "compiling the survey definitions" "seconds" "mend the lines named above"
  rm -rf dist/surveys
  sipas compile survey-definitions dist/surveys

  # Last: the version is that of all pages together.
  step "giving the site its version" "a second" "read the message above"
  sipas seal dist
}
