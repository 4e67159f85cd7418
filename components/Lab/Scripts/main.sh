# shellcheck shell=bash

usage() {
  cat <<'TEXT'
appstack-lab VERB LAB [...]    a lab of systemd-nspawn machines on this host

  lab-up LAB                              directories and the lab's SSH key pair
  lab-down LAB                            remove the lab and every trace of it (the image cache stays)
  image [PACKAGE...]                      build the base and a layer with these packages, if they are not cached
  kubernetes programs|images|describe [VERSION]
                                          build Kubernetes' programs (and images) from Debian's source, once per host; print where they are
  service-image PROJECT REFERENCE         build the image of a service from its .NET project, if it is not there; print its archive
  image-import LAB MACHINE REFERENCE      put such an image into the store of a machine's containerd
  network-up LAB NETWORK                  [--host ADDRESS/LENGTH]... [--route PREFIX=GATEWAY]...
  network-down LAB NETWORK
  machine-up LAB MACHINE                  --link NETWORK=ADDRESS/LENGTH[,...]... [--packages "NAME..."] [--kubernetes yes] [--route DEST=GATEWAY]...
  machine-down LAB MACHINE
  status LAB                              machines, running or off, with their addresses
  leftovers LAB                           everything of the lab that is on this host

  power-off LAB MACHINE                   as if the power went away: cable first, then every process at once
  power-on LAB MACHINE
  link-cut LAB MACHINE, link-restore LAB MACHINE
  pause LAB MACHINE, resume LAB MACHINE
  exec LAB MACHINE -- COMMAND...          a program of the host in the machine's network
  enter LAB MACHINE [-- COMMAND...]       a shell or program inside the machine
TEXT
}

main() {
  local verb=${1:-help}
  (($# == 0)) || shift
  case $verb in
    help | --help | -h) usage; return ;;
    image) ensure_image "$@"; return ;;
    kubernetes) kubernetes_product "$@"; return ;;
    service-image) service_image "$@"; return ;;
  esac
  (($# > 0)) || die "$verb: which lab? (appstack-lab help)"
  check_name lab "$1"
  case $verb in
    network-up | network-down | machine-up | machine-down | supervise | power-off | power-on | link-cut | link-restore | pause | resume | exec | enter | image-import)
      (($# > 1)) || die "$verb $1: a name is missing (appstack-lab help)" ;;
  esac
  case $verb in
    lab-up | lab-down | network-up | network-down | machine-up | machine-down | power-off | power-on | link-cut | link-restore | pause | resume | enter | status | leftovers | supervise | image-import)
      "${verb//-/_}" "$@" ;;
    exec) exec_in_network "$@" ;;
    *) die "unknown verb '$verb' (appstack-lab help)" ;;
  esac
}
