#!/bin/sh
# What kubeadm asks of crictl, which Debian does not have, answered by containerd's own ctr. Installed by AppStack.
[ "$1" = -r ] && shift 2
images='ctr -n k8s.io images'
containers='ctr -n k8s.io containers'
case $1 in
  info) exec ctr version ;;
  inspecti) $images ls -q | grep -qxF "$2" ;;
  pull)
    echo "the image $2 is not in containerd's store and there is no registry to pull it from" >&2
    exit 1
    ;;
  pods) $containers ls -q 'labels."io.cri-containerd.kind"==sandbox' ;;
  stopp) ctr -n k8s.io task kill -s SIGKILL "$2" 2>/dev/null || true ;;
  rmp)
    shift
    [ "$1" != -f ] || shift
    ctr -n k8s.io task rm -f "$1" >/dev/null 2>&1
    $containers rm "$1"
    ;;
  *)
    echo "crictl: '$*' is not one of the calls that kubeadm makes" >&2
    exit 2
    ;;
esac
