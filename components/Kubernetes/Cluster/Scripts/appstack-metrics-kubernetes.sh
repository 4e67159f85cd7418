#!/bin/bash
# What a control plane shows Prometheus of its cluster; installed by AppStack: changes are overwritten.
#   appstack-metrics-kubernetes identity   as root: a certificate for the reader, where there is none of this cluster or it ends soon
#   appstack-metrics-kubernetes show       prints nodes, workloads, certificates, and what services themselves show; ends with 3 when it needs an identity
set -euo pipefail
export LC_ALL=C KUBECONFIG=/dev/null PATH=/opt/appstack/kubernetes/bin:/usr/local/bin:/usr/bin:/bin
readonly FOLDER=/etc/appstack/metrics AUTHORITY=/etc/kubernetes/pki/ca RUN=/run/appstack-metrics-kubernetes
# Kept below what kubeadm's own certificates have left when they are renewed.
readonly SOON=$((90 * 86400))
# A pod has its own names only, and not more lines than this; one of the platform, which speaks of all services, has more.
readonly MOST_OF_A_POD=300 MOST_OF_THE_PLATFORM=5000

good() {
  openssl verify -CAfile $AUTHORITY.crt $FOLDER/cluster.crt >/dev/null 2>&1 && openssl x509 -noout -checkend $SOON -in $FOLDER/cluster.crt >/dev/null
}

# Before the cluster is made a certificate that opens nothing stands there: the node's door does not start without one.
identity() {
  local days=1 signer=(-signkey "$FOLDER/cluster.key.new")
  if [[ -e $AUTHORITY.key ]]; then
    if good; then return; fi
    days=365 signer=(-CA "$AUTHORITY.crt" -CAkey "$AUTHORITY.key" -set_serial "0x$(openssl rand -hex 16)")
  elif [[ -e $FOLDER/cluster.crt ]]; then
    return
  fi
  umask 077
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $FOLDER/cluster.key.new
  openssl req -new -subj /CN=appstack-metrics -key $FOLDER/cluster.key.new |
    openssl x509 -req "${signer[@]}" -days $days -extfile <(printf 'keyUsage=digitalSignature\nextendedKeyUsage=clientAuth\n') -out $FOLDER/cluster.crt.new 2>/dev/null
  chown prometheus:prometheus $FOLDER/cluster.key.new $FOLDER/cluster.crt.new
  mv $FOLDER/cluster.key.new $FOLDER/cluster.key
  mv $FOLDER/cluster.crt.new $FOLDER/cluster.crt
  systemctl try-restart --no-block prometheus-exporter-exporter.service
}

api() {
  kubectl --server=https://127.0.0.1:6443 --certificate-authority=$AUTHORITY.crt --client-certificate=$FOLDER/cluster.crt --client-key=$FOLDER/cluster.key \
    --cache-dir=$RUN/cache --request-timeout=5s "$@"
}

# A line for each object; what an object does not have is empty.
objects() {
  api get nodes,deployments.apps,daemonsets.apps,pods -A -o 'jsonpath={range .items[*]}{.kind}{"\t"}{.metadata.namespace}{"\t"}{.metadata.name}{"\t"}{.spec.replicas}{.status.desiredNumberScheduled}{"\t"}{.status.availableReplicas}{.status.numberAvailable}{"\t"}{.status.conditions[?(@.type=="Ready")].status}{"\t"}{.status.phase}{"\t"}{.metadata.ownerReferences[0].kind}{"\t"}{.metadata.ownerReferences[0].name}{"\t"}{.status.containerStatuses[*].restartCount}{"\t"}{.status.podIP}{"\t"}{.metadata.annotations.prometheus\.io/port}{"\t"}{.metadata.annotations.prometheus\.io/path}{"\n"}{end}'
}

# Of pods only sums are kept: their names change with every deployment.
count() {
  awk -F '\t' '
    $1 == "Node" { printf "appstack_kubernetes_node_ready{member=\"%s\"} %d\n", $3, $6 == "True" }
    $1 == "Deployment" || $1 == "DaemonSet" {
      of = sprintf("{namespace=\"%s\",workload=\"%s\",kind=\"%s\"}", $2, $3, tolower($1))
      wanted[of] = $4 + 0; available[of] = $5 + 0
    }
    $1 == "Pod" {
      phases[sprintf("{namespace=\"%s\",phase=\"%s\"}", $2, $7)]++
      owner = $9 == "" ? $3 : $9
      if ($8 == "ReplicaSet") sub(/-[a-z0-9]+$/, "", owner)
      n = split($10, each, " "); sum = 0; for (i = 1; i <= n; i++) sum += each[i]
      restarts[sprintf("{namespace=\"%s\",workload=\"%s\"}", $2, owner)] += sum
    }
    END {
      for (of in wanted) printf "appstack_kubernetes_workload_wanted%s %d\n", of, wanted[of]
      for (of in available) printf "appstack_kubernetes_workload_available%s %d\n", of, available[of]
      for (of in phases) printf "appstack_kubernetes_pods%s %d\n", of, phases[of]
      for (of in restarts) printf "appstack_kubernetes_restarts%s %d\n", of, restarts[of]
    }' | sort
}

# What a pod shows on the port that its annotation prometheus.io/port names; pods are reached from every node, and from nowhere else.
ask() { # ADDRESS PORT PATH
  # shellcheck disable=SC2016 # the inner shell's
  timeout 2 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$0" >&3 && cat <&3' "$1" "$2" "$3" 2>/dev/null | tr -d '\r'
}

# The metrics that are called like the pod's namespace, the platform's own (appstack_NAMESPACE_...) among them, and how many requests it answered in what time. A file of metrics has no times of its own.
services() {
  local space pod address port path
  awk -F '\t' '$1 == "Pod" && $7 == "Running" && $12 ~ /^[0-9]+$/ && $11 != "" { print $2, $3, $11, $12, $13 == "" ? "/metrics" : $13 }' | while read -r space pod address port path; do
    ask "$address" "$port" "$path" | awk -v space="$space" -v pod="$pod" -v most=$MOST_OF_A_POD -v platforms=$MOST_OF_THE_PLATFORM '
      BEGIN { own = space; gsub(/-/, "_", own) }
      NR == 1 { up = $2 == 200 }
      /^#/ || body == 0 { if ($0 == "") body = 1; next }
      {
        at = match($0, /[}][^}]*$/)
        head = at ? substr($0, 1, at) : $1
        split(substr($0, length(head) + 1), value, " ")
        name = head; sub(/[{].*/, "", name)
        platform = index(name, "appstack_" own "_") == 1
        if (!platform && (index(name, own "_") != 1 && name !~ /^http_server_request_duration_seconds_(sum|count)$/ || name ~ /_bucket$/) || ++n > (platform ? platforms : most)) next
        labels = at ? substr(head, length(name) + 2, length(head) - length(name) - 2) : ""
        gsub(/otel_scope_[a-z_]*="[^"]*",?/, "", labels); sub(/,$/, "", labels)
        printf "%s{namespace=\"%s\",pod=\"%s\"%s%s} %s\n", name, space, pod, labels == "" ? "" : ",", labels, value[1]
      }
      END { printf "appstack_service_up{namespace=\"%s\",pod=\"%s\"} %d\n", space, pod, up }'
  done
}

# They end once in months; looking at them each time would cost more than all the rest.
certificates() {
  local file=$RUN/certificates certificate
  if [[ -z $(find $file -mmin -10 2>/dev/null) ]]; then
    for certificate in /etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt; do
      printf 'appstack_certificate_end_seconds{file="%s"} %s\n' "$certificate" "$(date -d "$(openssl x509 -noout -enddate -in "$certificate" | cut -d= -f2)" +%s)"
    done >$file.new
    mv $file.new $file
  fi
  cat $file
}

show() {
  local all
  [[ -r $AUTHORITY.crt ]] || return 1
  good || exit 3
  all=$(objects)
  count <<<"$all"
  services <<<"$all"
  certificates
}

case ${1:-} in
  identity | show) "$1" ;;
  *) printf 'usage: appstack-metrics-kubernetes identity|show\n' >&2; exit 2 ;;
esac
