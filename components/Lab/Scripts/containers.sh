# shellcheck shell=bash disable=SC2154
# Machines that run containers themselves: Kubernetes' nodes. They may do more than others, and what overlayfs cannot hold (another
# overlayfs, a database) lies in plain folders of the host.

readonly VOLUMES="containerd kubelet etcd log"

# Programs, images and folders of a machine; what it was made with stays, as its layers do.
ensure_container_host() { # LAB MACHINE
  local dir programs images name
  dir=$(machine_dir "$1" "$2")
  [[ ! -e $dir/kubernetes ]] || return 0
  programs=$(ensure_programs) images=$(ensure_images)
  for name in $VOLUMES; do mkdir -p "$dir/volumes/$name"; done
  seed_containerd "$images/store" "$dir/volumes/containerd"
  printf '%s\n' "$CONTAINER_HOST_SERVICE" >"$dir/root/etc/systemd/system/lab-container-host.service"
  mkdir -p "$dir/root/usr/local/lib/lab" "$dir/root/opt/appstack/kubernetes" "$dir/root/etc/systemd/system/multi-user.target.wants"
  printf '#!/bin/sh\n%s\n' "$CONTAINER_HOST_SCRIPT" >"$dir/root/usr/local/lib/lab/container-host"
  chmod 755 "$dir/root/usr/local/lib/lab/container-host"
  ln -sf ../lab-container-host.service "$dir/root/etc/systemd/system/multi-user.target.wants/"
  write_file "$dir/kubernetes" "$programs"$'\n'"$images"
}

# Layers are read only and are shared by all machines of the host; containerd's databases are each machine's own.
seed_containerd() { # STORE DESTINATION
  local database
  cp -al "$1/." "$2/" 2>/dev/null || cp -a "$1/." "$2/"
  find "$1" -name '*.db' -printf '%P\n' | while read -r database; do
    rm -f "$2/$database"
    cp -a "$1/$database" "$2/$database"
  done
}

# Words for systemd-nspawn, one a line; none for other machines.
container_host_options() { # LAB MACHINE
  local dir name
  dir=$(machine_dir "$1" "$2")
  [[ -e $dir/kubernetes ]] || return 0
  # CAP_SYSLOG and /dev/kmsg: kubelet watches for the kernel's out-of-memory messages. @keyring: runc gives each container a keyring.
  printf '%s\n' --capability=CAP_SYSLOG --system-call-filter=@keyring --bind=/dev/kmsg
  for name in containerd kubelet etcd; do printf '%s\n' "--bind=$dir/volumes/$name:/var/lib/$name"; done
  printf '%s\n' "--bind=$dir/volumes/log:/var/log"
  printf -- '--bind-ro=%s:/opt/appstack/kubernetes/bin\n' "$(sed -n 1p "$dir/kubernetes")"
  printf -- '--bind-ro=%s:/opt/appstack/kubernetes/images\n' "$(sed -n 2p "$dir/kubernetes")"
  # Other versions, for upgrades.
  printf -- '--bind-ro=%s:/opt/appstack/kubernetes/cache\n' "$KUBERNETES_CACHE"
}

readonly CONTAINER_HOST_SERVICE='[Unit]
Description=Make this lab machine fit for containers
DefaultDependencies=no
After=local-fs.target
Before=containerd.service kubelet.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/lab/container-host

[Install]
WantedBy=multi-user.target'

# systemd-nspawn mounts cgroup version 1 read only. Kubelet insists on four settings of the kernel and would otherwise refuse to start;
# they are the host'"'"'s, so it is shown files with what it wants to see.
# shellcheck disable=SC2016 # expanded in the machine
readonly CONTAINER_HOST_SCRIPT='set -e
for controller in cpu cpuacct cpuset memory devices freezer blkio pids; do
  [ ! -d /sys/fs/cgroup/$controller ] || mount -o remount,rw,bind /sys/fs/cgroup/$controller
done
mkdir -p /run/lab-sysctl
show() {
  [ "$(cat /proc/sys/$1)" != "$2" ] || return 0
  file=/run/lab-sysctl/$(echo $1 | tr / _)
  echo $2 >$file
  mount --bind $file /proc/sys/$1
}
show vm/overcommit_memory 1
show vm/panic_on_oom 0
show kernel/panic 10
show kernel/panic_on_oops 1'
