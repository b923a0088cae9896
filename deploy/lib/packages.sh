# What deploy/packages names and this machine lacks, and how it gets here.
# shellcheck shell=bash disable=SC2154  # `source_dir` is the caller's

# packages_for PURPOSE...: the names, one a line.
packages_for() {
  awk -v purposes=" $* " '!/^#/ && NF && index(purposes, " " $1 " ") { print $2 }' \
    "$source_dir/deploy/packages"
}

is_installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

missing_packages() {
  local name
  for name in $(packages_for "$@"); do
    is_installed "$name" || echo "$name"
  done
}

# The assets are built by Node 18 or newer; whose it is does not matter.
has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)'
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

require_root_or_sudo() {
  [[ $(id -u) == 0 ]] || command -v sudo >/dev/null ||
    fail 3 "Debian packages are missing ($*); run this as root or as a user with sudo."
}

# apt says 0 even where no source answered, unless it is told that any error counts.
refresh_package_lists() {
  as_root apt-get update -q -o APT::Update::Error-Mode=any -o Acquire::Retries=2 \
    -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 >/dev/null 2>&1 ||
    fail 3 "Debian's package sources cannot be reached; 'apt-get update' says why. Nothing was changed."
}

apt_install() {
  local log
  log=$(mktemp)
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    rm -f "$log"
    fail 3 "apt could not install: $*"
  }
  rm -f "$log"
}

# The names in deploy/packages are those of one release.
require_debian() {
  local ID='' VERSION_ID=''
  [[ ! -r /etc/os-release ]] || . /etc/os-release
  [[ $ID == debian && $VERSION_ID == 12 ]] ||
    fail 3 "this is ${ID:-an unknown system} ${VERSION_ID:-}; the packages of deploy/packages are those of Debian 12."
}

# install_packages PURPOSE...: everything missing in one transaction, Node in a second one; silent when all is there.
install_packages() {
  local missing node=()
  mapfile -t missing < <(missing_packages "${@/#node/}")
  if [[ " $* " == *" node "* ]] && ! has_node; then mapfile -t node < <(packages_for node); fi
  ((${#missing[@]} + ${#node[@]})) || return 0

  step "Debian packages"
  require_debian
  require_root_or_sudo "${missing[@]}" "${node[@]}"
  refresh_package_lists
  if ((${#missing[@]})); then
    say "Installing ${#missing[@]}: ${missing[*]}"
    apt_install "${missing[@]}"
  fi
  if ((${#node[@]})); then
    say "Installing Node: ${node[*]}"
    apt_install "${node[@]}"
  fi
}

# Asks npm for one package that the assets need: the same door through which the build will go.
require_npm_reachable() {
  npm view --fetch-retries=1 --fetch-timeout=20000 sass version >/dev/null 2>&1 ||
    fail 3 "npm's registry cannot be reached; 'npm view sass' says why."
}
