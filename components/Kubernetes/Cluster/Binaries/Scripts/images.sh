# shellcheck shell=bash disable=SC2154 # names.sh and image.sh come first
# Container images without a registry: archives that are made of the built programs and of Debian's packages, and a store of containerd that
# holds them all, so that a machine need not import anything. Each image is a folder packed as one layer; times and owners are fixed.

readonly IMAGE_REPOSITORY=appstack.local
readonly PAUSE_TAG=3.2
readonly WEB_PACKAGES="nginx-light"
readonly INGRESS_PACKAGES="nginx libnginx-mod-http-modsecurity modsecurity-crs libjemalloc2"
readonly PROXY_PACKAGES="iptables conntrack kmod"

# What nodes need that Debian has. In a lab it is in the machine's image; elsewhere the node's bundle installs it.
readonly NODE_PACKAGES="conntrack containerd containernetworking-plugins ebtables ethtool etcd-client iptables nftables runc socat"

# Go programs of our own, built within Kubernetes' source for its copy of client-go.
dns_id() { printf 'dns-%s' "$(digest "$(declare -f build_dns compile_dns unpack_source repair_source)" "$KUBERNETES_SOURCE_SHA256" "$(own_sources ClusterDns)")"; }
agent_id() { printf 'ingress-agent-%s' "$(digest "$(declare -f build_agent compile_agent unpack_source repair_source)" "$KUBERNETES_SOURCE_SHA256" "$(own_sources IngressAgent)")"; }
own_sources() { own_files "$1" | while read -r file; do printf '%s\n%s\n' "$file" "$(own_file "$1" "$file")"; done; } # FOLDER
copy_sources() { # FOLDER TO
  local file
  mkdir -p "$2"
  for file in $(own_files "$1"); do own_file "$1" "$file" >"$2/$file"; done
}
images_id() {
  printf 'images-%s-%s' "$KUBERNETES_VERSION" "$(digest "$(programs_id)" "$(dns_id)" "$(agent_id)" "$(declare -f build_images ingress_filesystem root_filesystem copy_libraries pack_image import_images)" \
    "$(own_sources Waf)" "$WEB_PACKAGES" "$INGRESS_PACKAGES" "$PROXY_PACKAGES" "$NODE_PACKAGES" "$IMAGE_REPOSITORY" "$PAUSE_TAG")"
}

# Builds what is missing and prints the folder with the archives (*.tar) and containerd's store (store/).
ensure_images() {
  ensure_programs >/dev/null
  ensure_product "$(dns_id)" build_dns
  ensure_product "$(agent_id)" build_agent
  # shellcheck disable=SC2086
  ensure_image $NODE_PACKAGES
  ensure_image etcd-server
  ensure_product "$(images_id)" build_images
  printf '%s\n' "$KUBERNETES_CACHE/$(images_id)"
}

build_dns() { # WORK
  copy_sources ClusterDns "$1/build/appstack-dns"
  in_build_machine "$1" compile_dns
}

# Inside Kubernetes' own tree, for its copy of client-go; the DNS library is Debian's.
compile_dns() {
  cd /build/source
  export PATH=/usr/lib/go-1.19/bin:$PATH HOME=/build CGO_ENABLED=0 GO111MODULE=off GOPATH=/build/source/.go GOCACHE=/build/cache
  mkdir -p .go/src/k8s.io cmd/appstack-dns vendor/github.com/miekg
  [ -L .go/src/k8s.io/kubernetes ] || ln -s ../../.. .go/src/k8s.io/kubernetes
  cp /build/appstack-dns/*.go cmd/appstack-dns/
  rm -rf vendor/github.com/miekg/dns
  cp -r /usr/share/gocode/src/github.com/miekg/dns vendor/github.com/miekg/
  cd .go/src/k8s.io/kubernetes
  go build -trimpath -ldflags '-s -w' -o /product/bin/appstack-dns ./cmd/appstack-dns
}

build_agent() { # WORK
  copy_sources IngressAgent "$1/build/appstack-ingress"
  in_build_machine "$1" compile_agent
}

compile_agent() {
  cd /build/source
  export PATH=/usr/lib/go-1.19/bin:$PATH HOME=/build CGO_ENABLED=0 GO111MODULE=off GOPATH=/build/source/.go GOCACHE=/build/cache
  mkdir -p .go/src/k8s.io cmd/appstack-ingress
  [ -L .go/src/k8s.io/kubernetes ] || ln -s ../../.. .go/src/k8s.io/kubernetes
  cp /build/appstack-ingress/*.go cmd/appstack-ingress/
  cd .go/src/k8s.io/kubernetes
  go vet ./cmd/appstack-ingress
  go test ./cmd/appstack-ingress
  go build -trimpath -ldflags '-s -w' -o /product/bin/appstack-ingress ./cmd/appstack-ingress
}

build_images() { # WORK
  local work=$1 programs dns agent program root
  programs=$KUBERNETES_CACHE/$(programs_id)/bin dns=$KUBERNETES_CACHE/$(dns_id)/bin agent=$KUBERNETES_CACHE/$(agent_id)/bin root=$1/root
  rmdir "$work/product/bin"

  fresh_root "$root"
  install -m 755 "$programs/pause" "$root/pause"
  pack_image "$work" "$root" pause "$PAUSE_TAG" '"Entrypoint":["/pause"],"User":"65535:65535"'

  for program in kube-apiserver kube-controller-manager kube-scheduler; do
    fresh_root "$root"
    install -D -m 755 "$programs/$program" "$root/usr/local/bin/$program"
    pack_image "$work" "$root" "$program" "$KUBERNETES_VERSION" '"Env":["PATH=/usr/local/bin"]'
  done

  fresh_root "$root"
  local etcd
  etcd=$CACHE/$(layer_id etcd-server)/tree/usr/bin/etcd
  install -D -m 755 "$etcd" "$root/usr/local/bin/etcd"
  copy_libraries "$etcd" "$root"
  pack_image "$work" "$root" etcd "$(etcd_tag)" '"Env":["PATH=/usr/local/bin"]'

  fresh_root "$root"
  install -m 755 "$dns/appstack-dns" "$root/appstack-dns"
  pack_image "$work" "$root" cluster-dns v1 '"Entrypoint":["/appstack-dns"],"User":"65532:65532"'

  # shellcheck disable=SC2086
  root_filesystem "$root" $PROXY_PACKAGES
  install -D -m 755 "$programs/kube-proxy" "$root/usr/local/bin/kube-proxy"
  pack_image "$work" "$root" kube-proxy "$KUBERNETES_VERSION" '"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]'

  # shellcheck disable=SC2086
  root_filesystem "$root" $WEB_PACKAGES
  pack_image "$work" "$root" web v1 '"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],"Entrypoint":["/usr/sbin/nginx","-g","daemon off;"],"StopSignal":"SIGQUIT","User":"33:33"'
  # The same once more under another name: what a rolling update changes to.
  pack_image "$work" "$root" web v2 '"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin","RELEASE=v2"],"Entrypoint":["/usr/sbin/nginx","-g","daemon off;"],"StopSignal":"SIGQUIT","User":"33:33"'

  # The firewall asks for memory all the time, in small pieces: with jemalloc nginx serves 13 to 17 % more (`appstack bench waf`).
  ingress_filesystem "$root" "$agent/appstack-ingress"
  pack_image "$work" "$root" ingress v1 '"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin","LD_PRELOAD=libjemalloc.so.2"],"Entrypoint":["/usr/bin/appstack-ingress"],"User":"33:33"'
  rm -rf "$root"
  import_images "$work"
}

# The tag is the version of Debian's package without its revision, which is what etcd reports.
etcd_tag() {
  local status
  status=$CACHE/$(layer_id etcd-server)/tree/var/lib/dpkg/status
  awk '/^Package: etcd-server$/ { found = 1 } found && /^Version:/ { sub(/[-+~].*/, "", $2); print $2; exit }' "$status"
}

fresh_root() { # ROOT
  rm -rf "$1"
  mkdir -p "$1/tmp" "$1/etc"
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0:root:/:/\nnobody:x:65534:65534:nobody:/:/\n' >"$1/etc/passwd"
}

# The libraries of a program that is linked to some, from the machine image it comes from.
copy_libraries() { # PROGRAM ROOT
  local library
  { ldd "$1" 2>/dev/null || true; } | grep -o '/[^ ]*' | while read -r library; do install -D -m 755 "$(readlink -f "$library")" "$2$library"; done
}

root_filesystem() { # ROOT PACKAGE...
  local root=$1 sources options=() option
  shift
  rm -rf "$root"
  while read -r option; do options+=(--aptopt="$option"); done < <(apt_options)
  mapfile -t sources < <(apt_sources)
  mmdebstrap --quiet --variant=minbase --mode=root --include="$(tr ' ' , <<<"$*")" --aptopt='APT::Install-Recommends "false"' "${options[@]}" \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    "$RELEASE" "$root" "${sources[@]}"
  rm -rf "${root:?}"/var/lib/apt/lists/* "${root:?}"/var/cache/apt/* "${root:?}"/var/log/* "${root:?}"/dev/* "${root:?}"/run/*
  # nginx' own folders belong to the user that the pod runs as.
  [[ ! -d $root/var/lib/nginx ]] || { mkdir -p "$root/var/log/nginx" && chown -R 33:33 "$root/var/lib/nginx" "$root/var/log/nginx"; }
}

# nginx with ModSecurity, the agent, and CRS' rules for each paranoia level.
ingress_filesystem() { # ROOT AGENT
  local level
  # shellcheck disable=SC2086
  root_filesystem "$1" $INGRESS_PACKAGES
  install -m 755 "$2" "$1/usr/bin/appstack-ingress"
  mkdir -p "$1/usr/share/appstack/crs"
  own_file Waf crs.pl >"$1/usr/share/appstack/crs/crs.pl"
  for level in 1 2 3 4; do
    chroot "$1" perl /usr/share/appstack/crs/crs.pl rules "$level" >"$1/usr/share/appstack/crs/crs-$level.conf"
  done
  # Headers and static libraries, which only building against the engine needs.
  rm -rf "$1"/usr/include/modsecurity "$1"/usr/lib/*/libmodsecurity.a
}

# A docker-archive: one layer, a configuration named after its content, a manifest.
pack_image() { # WORK ROOT NAME TAG CONFIG
  local work=$1 root=$2 name=$3 tag=$4 config=$5 stage=$1/stage layer document id
  rm -rf "$stage"
  mkdir -p "$stage/layer"
  tar -C "$root" --sort=name --mtime=@0 --numeric-owner -cf "$stage/layer/layer.tar" .
  layer=$(sha256sum <"$stage/layer/layer.tar" | cut -d' ' -f1)
  document="{\"architecture\":\"$(dpkg --print-architecture)\",\"os\":\"linux\",\"created\":\"1970-01-01T00:00:00Z\",\"config\":{$config},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:$layer\"]},\"history\":[{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"appstack\"}]}"
  id=$(printf '%s' "$document" | sha256sum | cut -d' ' -f1)
  printf '%s' "$document" >"$stage/$id.json"
  printf '[{"Config":"%s.json","RepoTags":["%s/%s:%s"],"Layers":["layer/layer.tar"]}]' "$id" "$IMAGE_REPOSITORY" "$name" "$tag" >"$stage/manifest.json"
  tar -C "$stage" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/product/$name-$tag.tar" "$id.json" layer/layer.tar manifest.json
  printf '%s/%s:%s\n' "$IMAGE_REPOSITORY" "$name" "$tag" >>"$work/product/images"
  rm -rf "$stage"
}

# Containerd itself makes its store, in a machine image that is not booted.
import_images() { # WORK
  local work=$1 root=$1/machine
  mkdir -p "$root" "$work/upper" "$work/overlay" "$work/product/store"
  # shellcheck disable=SC2086
  mount -t overlay overlay -o "lowerdir=$(lower_directories $NODE_PACKAGES),upperdir=$work/upper,workdir=$work/overlay" "$root"
  # shellcheck disable=SC2016 # expanded inside
  systemd-nspawn --quiet --register=no --keep-unit --pipe --timezone=off --resolv-conf=off --link-journal=no --private-network \
    -D "$root" -M "images-$$" --bind="$work/product:/product" /bin/bash -ec '
      mkdir -p /etc/containerd
      printf "version = 2\nroot = \"/product/store\"\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n" >/etc/containerd/config.toml
      containerd --config /etc/containerd/config.toml &
      containerd=$!
      until ctr version >/dev/null 2>&1; do kill -0 "$containerd"; sleep 0.1; done
      for archive in /product/*.tar; do ctr -n k8s.io images import "$archive"; done
      kill "$containerd"
      wait "$containerd" || true' </dev/null
  umount "$root"
}

# Everything that a cluster must know about what was built, as JSON.
describe_products() {
  ensure_images >/dev/null
  printf '{"version":"%s","programs":"%s","images":"%s","repository":"%s","pauseTag":"%s","etcdTag":"%s","dnsTag":"v1"}\n' "$KUBERNETES_VERSION" \
    "$KUBERNETES_CACHE/$(programs_id)/bin" "$KUBERNETES_CACHE/$(images_id)" "$IMAGE_REPOSITORY" "$PAUSE_TAG" "$(etcd_tag)"
}

kubernetes_product() { # programs|images|describe [VERSION]
  KUBERNETES_VERSION=${2:-$KUBERNETES_SOURCE_VERSION}
  [[ $KUBERNETES_VERSION =~ ^v1\.20\.[0-9]+$ ]] || die "kubernetes: $KUBERNETES_VERSION cannot be made of Debian's source, which is $KUBERNETES_SOURCE_VERSION; another patch number can"
  case ${1:-} in
    programs) ensure_programs ;;
    images) ensure_images ;;
    describe) describe_products ;;
    *) die "kubernetes: say programs, images or describe (appstack-lab help)" ;;
  esac
}
