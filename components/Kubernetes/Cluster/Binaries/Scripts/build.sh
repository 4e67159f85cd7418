# shellcheck shell=bash disable=SC2154 # names.sh and image.sh come first
# Kubernetes' programs from Debian's source package, for hosts that cannot reach the packages of upstream. They are built in a machine
# image of the lab's kind, at most once per host: the result is named after the source's checksum, the repairs and the recipe.

readonly KUBERNETES_CACHE=/var/cache/appstack/kubernetes
readonly KUBERNETES_SOURCE_VERSION=v1.20.2
KUBERNETES_VERSION=$KUBERNETES_SOURCE_VERSION   # another one: the same source under another number, to try upgrades with
readonly KUBERNETES_SOURCE=1.20.5+really1.20.2-1.1+deb12u1
readonly KUBERNETES_SOURCE_SHA256=19fa1da5aefcef673894ac9511986bd98a14410cf8eea0b626613c30df435257   # of the .dsc, which names its parts' checksums
readonly KUBERNETES_PROGRAMS="kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubeadm kubectl"
readonly BUILD_PACKAGES="dpkg-dev gcc golang-1.19-go golang-github-miekg-dns-dev golang-github-modern-go-reflect2-dev libc6-dev make rsync"

# shellcheck disable=SC2086 # the list is meant to be split
programs_id() { printf 'programs-%s-%s' "$KUBERNETES_VERSION" "$(digest "$(declare -f build_programs unpack_source repair_source compile_programs)" "$KUBERNETES_SOURCE_SHA256" "$KUBERNETES_PROGRAMS" "$(layer_of $BUILD_PACKAGES)")"; }

# Builds what is missing and prints the folder that holds the programs.
ensure_programs() {
  local id
  id=$(programs_id)
  ensure_product "$id" build_programs
  printf '%s\n' "$KUBERNETES_CACHE/$id/bin"
}

# Packages are named in the identity, the day's version of the compiler is not: a security update does not rebuild.
layer_of() { printf '%s ' "$@"; }

ensure_product() { # ID BUILDER
  [[ -e $KUBERNETES_CACHE/$1/complete ]] || with_lock "$KUBERNETES_CACHE/locks/$1" make_product "$@"
}

make_product() { # ID BUILDER
  local id=$1 builder=$2 work log started=$SECONDS building
  [[ -e $KUBERNETES_CACHE/$id/complete ]] && return
  work=$KUBERNETES_CACHE/building-$id log=$KUBERNETES_CACHE/log/$id.log
  discard_build "$work"
  rm -rf "${KUBERNETES_CACHE:?}/$id"
  mkdir -p "$work/product/bin" "$KUBERNETES_CACHE/log"
  # shellcheck disable=SC2086
  ensure_image $BUILD_PACKAGES
  # In the background, because bash forgets `set -e` in everything that a condition runs.
  "$builder" "$work" >"$log" 2>&1 9>&- &
  building=$!
  report_progress "$building" "$log" "$started" 9>&- &
  if ! wait "$building"; then
    discard_build "$work"
    die "building $id failed; the end of $log:
$(tail -n 20 "$log")"
  fi
  : >"$work/product/complete"
  mv "$work/product" "$KUBERNETES_CACHE/$id"
  discard_build "$work"
  note "built $id in $((SECONDS - started)) s"
}

# A build of minutes says every half minute what it is at.
report_progress() { # PID LOG STARTED
  while sleep 30 && kill -0 "$1" 2>/dev/null; do
    note "Kubernetes from source, $((SECONDS - $3)) s: $(tail -n 1 "$2" | cut -c1-100)"
  done
}

# Runs a function of this file inside a machine with the compiler, the host's network and the folder /build.
in_build_machine() { # WORK FUNCTION
  local work=$1 root=$1/root
  mkdir -p "$root" "$work/upper" "$work/overlay" "$work/build"
  # shellcheck disable=SC2086
  mount -t overlay overlay -o "lowerdir=$(lower_directories $BUILD_PACKAGES),upperdir=$work/upper,workdir=$work/overlay" "$root"
  apt_options >"$root/etc/apt/apt.conf.d/99lab-build"
  number_source "$work/build/version"
  sed 's/^deb /deb-src /' "$root"/etc/apt/sources.list >"$root/etc/apt/sources.list.d/source.list"
  systemd-nspawn --quiet --register=no --keep-unit --pipe --timezone=off --resolv-conf=copy-host --link-journal=no \
    -D "$root" -M "build-$$" --bind="$work/build:/build" --bind="$work/product:/product" /bin/bash -ec "
      KUBERNETES_VERSION=$KUBERNETES_VERSION KUBERNETES_SOURCE=$KUBERNETES_SOURCE KUBERNETES_SOURCE_SHA256=$KUBERNETES_SOURCE_SHA256
      KUBERNETES_PROGRAMS='$KUBERNETES_PROGRAMS'
      if [ -e /build/version ]; then export KUBE_GIT_VERSION_FILE=/build/version; fi
      $(declare -f unpack_source repair_source "$2")
      unpack_source
      $2" </dev/null
  umount "$root"
}

# What the build scripts of Kubernetes would otherwise know from the source's own archive.
number_source() { # FILE
  [[ $KUBERNETES_VERSION != "$KUBERNETES_SOURCE_VERSION" ]] || return 0
  printf "KUBE_GIT_COMMIT='%s'\nKUBE_GIT_TREE_STATE='archive'\nKUBE_GIT_VERSION='%s'\nKUBE_GIT_MAJOR='1'\nKUBE_GIT_MINOR='20'\n" "$KUBERNETES_SOURCE_SHA256" "$KUBERNETES_VERSION" >"$1"
}

build_programs() { in_build_machine "$1" compile_programs; } # WORK

# apt-get checks Debian's signature over the index; the checksum pins the very version.
unpack_source() {
  cd /build
  apt-get -q -o APT::Sandbox::User=root update
  apt-get -q -o APT::Sandbox::User=root source --download-only "kubernetes=$KUBERNETES_SOURCE"
  printf '%s  %s\n' "$KUBERNETES_SOURCE_SHA256" "kubernetes_$KUBERNETES_SOURCE.dsc" | sha256sum --check
  dpkg-source --extract "kubernetes_$KUBERNETES_SOURCE.dsc" source
  repair_source
}

repair_source() {
  cd /build/source
  # 1. reflect2 1.0.1 of the vendor tree panics when it is compiled with Go 1.18 or later; Debian has 1.0.2.
  rm -rf vendor/github.com/modern-go/reflect2
  cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/
  rm -f vendor/github.com/modern-go/reflect2/go.mod
  # 2. kubernetes#94183: a dead node is tainted NoSchedule only and its pods stay for minutes; upstream's repair (PR 96876) of one word.
  local controller=pkg/controller/nodelifecycle/node_lifecycle_controller.go
  grep -q '\.SetRemove(node\.Name)' "$controller"
  sed -i 's/\.SetRemove(node\.Name)/.Remove(node.Name)/' "$controller"
}

compile_programs() {
  cd /build/source
  export PATH=/usr/lib/go-1.19/bin:$PATH HOME=/build CGO_ENABLED=0 GO111MODULE=off GOPATH=/build/source/.go GOCACHE=/build/cache
  mkdir -p .go/src/k8s.io
  [ -L .go/src/k8s.io/kubernetes ] || ln -s ../../.. .go/src/k8s.io/kubernetes
  local program targets=
  for program in $KUBERNETES_PROGRAMS; do targets="$targets cmd/$program"; done
  make WHAT="$targets"
  for program in $KUBERNETES_PROGRAMS; do install -m 755 "_output/bin/$program" "/product/bin/$program"; done
  gcc -Os -static -DVERSION=v3.2 -o /product/bin/pause build/pause/linux/pause.c
  /product/bin/kubeadm version -o short
}
