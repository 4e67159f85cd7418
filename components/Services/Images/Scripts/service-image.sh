# shellcheck shell=bash disable=SC2154 # names.sh, image.sh and images.sh come first
# Images of services without a registry: a .NET project, published here, on Debian with this host's ASP.NET runtime. Two layers: the lower one
# is made once per host and runtime, the upper one is the service. Archives are named after their tag, which says what the sources were.

readonly SERVICE_CACHE=/var/cache/appstack/services
# What .NET needs of Debian, without the data of languages (the image says so): certificates, TLS, time zones.
readonly SERVICE_PACKAGES="ca-certificates libgcc-s1 libssl3 libstdc++6 tzdata zlib1g"
readonly SERVICE_USER=65532:65532

# Builds the image if it is not there, and prints its archive.
service_image() { # PROJECT REFERENCE
  (($# == 2)) || die "service-image: say the project and the image's reference (appstack-lab help)"
  local archive
  archive=$(service_archive "$2")
  [[ -e $archive ]] || with_lock "$SERVICE_CACHE/locks/$(basename "$archive")" build_service_image "$1" "$2" "$archive"
  printf '%s\n' "$archive"
}

service_archive() { printf '%s/%s.tar' "$SERVICE_CACHE" "$(tr '/:' '__' <<<"$1")"; } # REFERENCE

dotnet_folder() {
  local found
  found=$(command -v dotnet || true)
  [[ -n $found ]] || found=/usr/share/dotnet/dotnet
  [[ -x $found ]] || die "the .NET SDK is not installed on this host, so that no service can be built"
  dirname "$(readlink -f "$found")"
}

# The newest runtime of ASP.NET on this host.
aspnet_version() { entries "$1/shared/Microsoft.AspNetCore.App" | sort -V | tail -n 1; } # DOTNET

build_service_image() { # PROJECT REFERENCE ARCHIVE
  local project=$1 reference=$2 archive=$3 dotnet work lower started=$SECONDS log
  [[ ! -e $archive ]] || return 0
  [[ -f $project ]] || die "there is no project $project to build the image $reference from"
  dotnet=$(dotnet_folder)
  work=$SERVICE_CACHE/building-$(basename "$archive" .tar) log=$SERVICE_CACHE/log/$(basename "$archive" .tar).log
  rm -rf "$work"
  mkdir -p "$work" "$(dirname "$log")"
  lower=$(service_base "$dotnet")
  # Compilers that outlive the build would keep the lock.
  if ! DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_HOME="${HOME:-/root}" \
    "$dotnet/dotnet" publish "$project" -c Release -v q -o "$work/app" -p:ArtifactsPath="$work/build" -p:UseAppHost=false -p:RunAnalyzers=false >"$log" 2>&1 9>&- </dev/null; then
    rm -rf "$work"
    die "publishing $project failed; the end of $log:
$(grep -E 'error' "$log" | sort -u | head -n 10 || tail -n 10 "$log")"
  fi
  pack_service "$work" "$lower" "$reference" "$archive"
  rm -rf "$work"
  note "built $reference in $((SECONDS - started)) s"
}

# The lower layer: Debian and the runtime. Prints the folder that holds it.
service_base() { # DOTNET
  local dotnet=$1 version id
  version=$(aspnet_version "$dotnet")
  [[ -n $version ]] || die "$dotnet has no ASP.NET runtime"
  id=base-$version-$(digest "$(declare -f build_service_base root_filesystem)" "$SERVICE_PACKAGES" "$RELEASE")
  [[ -e $SERVICE_CACHE/$id/layer.tar ]] || with_lock "$SERVICE_CACHE/locks/$id" build_service_base "$dotnet" "$version" "$id" >&2
  printf '%s\n' "$SERVICE_CACHE/$id"
}

build_service_base() { # DOTNET VERSION ID
  local dotnet=$1 version=$2 id=$3 work=$SERVICE_CACHE/building-$3 target
  [[ ! -e $SERVICE_CACHE/$id/layer.tar ]] || return 0
  rm -rf "$work"
  mkdir -p "$work"
  # shellcheck disable=SC2086 # a list
  root_filesystem "$work/root" $SERVICE_PACKAGES
  target=$work/root/usr/share/dotnet
  mkdir -p "$target/host/fxr" "$target/shared/Microsoft.NETCore.App" "$target/shared/Microsoft.AspNetCore.App"
  cp "$dotnet/dotnet" "$target/"
  cp -r "$dotnet/host/fxr/$version" "$target/host/fxr/"
  cp -r "$dotnet/shared/Microsoft.NETCore.App/$version" "$target/shared/Microsoft.NETCore.App/"
  cp -r "$dotnet/shared/Microsoft.AspNetCore.App/$version" "$target/shared/Microsoft.AspNetCore.App/"
  tar -C "$work/root" --sort=name --mtime=@0 --numeric-owner -cf "$work/layer.tar" .
  rm -rf "$work/root"
  mv "$work" "$SERVICE_CACHE/$id"
}

# A docker-archive of two layers: see pack_image of images.sh, which makes those of one.
pack_service() { # WORK LOWER REFERENCE ARCHIVE
  local work=$1 lower=$2 reference=$3 archive=$4 stage=$1/stage program config document id
  program=$(basename "$(find "$work/app" -maxdepth 1 -name '*.runtimeconfig.json' | head -n 1)" .runtimeconfig.json)
  [[ -n $program && -f $work/app/$program.dll ]] || die "the project of $reference is no program"
  mkdir -p "$stage/lower" "$stage/upper" "$work/tree"
  mv "$work/app" "$work/tree/app"
  tar -C "$work/tree" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$stage/upper/layer.tar" .
  ln "$lower/layer.tar" "$stage/lower/layer.tar"
  # No diagnostics port: its socket is of no use in a pod, and the root file system is read only.
  config="\"Env\":[\"PATH=/usr/share/dotnet:/usr/sbin:/usr/bin:/sbin:/bin\",\"DOTNET_ROOT=/usr/share/dotnet\",\"DOTNET_EnableDiagnostics=0\",\"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1\"]"
  config+=",\"Entrypoint\":[\"/usr/share/dotnet/dotnet\",\"/app/$program.dll\"],\"WorkingDir\":\"/app\",\"User\":\"$SERVICE_USER\",\"StopSignal\":\"SIGTERM\""
  document="{\"architecture\":\"$(dpkg --print-architecture)\",\"os\":\"linux\",\"created\":\"1970-01-01T00:00:00Z\",\"config\":{$config},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:$(layer_digest "$stage/lower")\",\"sha256:$(layer_digest "$stage/upper")\"]},\"history\":[{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"appstack\"},{\"created\":\"1970-01-01T00:00:00Z\",\"created_by\":\"appstack\"}]}"
  id=$(printf '%s' "$document" | sha256sum | cut -d' ' -f1)
  printf '%s' "$document" >"$stage/$id.json"
  printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["lower/layer.tar","upper/layer.tar"]}]' "$id" "$reference" >"$stage/manifest.json"
  tar -C "$stage" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$archive.new" "$id.json" lower/layer.tar upper/layer.tar manifest.json
  mv "$archive.new" "$archive"
}

layer_digest() { sha256sum <"$1/layer.tar" | cut -d' ' -f1; } # FOLDER

# Puts an image that was built here into the store of a machine's containerd, beside those that are there.
image_import() { # LAB MACHINE REFERENCE
  local archive
  require_machine "$1" "$2"
  archive=$(service_archive "$3")
  [[ -e $archive ]] || die "the image $3 has not been built on this host"
  enter "$1" "$2" -- ctr -n k8s.io images import --snapshotter overlayfs - <"$archive"
}
