#!/bin/bash
# What a node does in its cluster's life; installed by AppStack: changes are overwritten. `appstack-kubernetes` lists the verbs.
set -euo pipefail
cd /
# shellcheck source=/dev/null
. /etc/appstack/kubernetes/node.env
# What depends on the version. It comes before anything needs it, and after what every version needs.
# shellcheck source=/dev/null
[[ ! -e /etc/appstack/kubernetes/release.env ]] || . /etc/appstack/kubernetes/release.env
export PATH=${PROGRAMS:-/usr/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
readonly PKI=/etc/kubernetes/pki/etcd
readonly ADMIN=/etc/kubernetes/admin.conf
readonly CONFIG=/etc/appstack/kubernetes/kubeadm.yaml
readonly NODES=/etc/appstack/kubernetes/nodes
readonly MARKED=/var/lib/appstack/kubernetes-marked
readonly SNAPSHOTS=/var/lib/appstack/etcd-snapshots
readonly RUNS=/etc/appstack/kubernetes/runs      # the version that this node runs
readonly RETIRED=/var/lib/appstack/kubernetes-retired   # nodes that were drained to be upgraded

die() { printf 'appstack-kubernetes: %s\n' "$*" >&2; exit 1; }
api() { kubectl --kubeconfig "$ADMIN" --request-timeout=10s "$@"; }
etcd() { ETCDCTL_API=3 etcdctl --endpoints=https://127.0.0.1:2379 --cacert=$PKI/ca.crt --cert=$PKI/server.crt --key=$PKI/server.key "$@"; }

# Until a command succeeds. The last answer says what was missing.
await() { # SECONDS WHAT COMMAND...
  local limit=$((SECONDS + $1)) what=$2 answer
  shift 2
  until answer=$("$@" 2>&1); do
    ((SECONDS < limit)) || die "$what did not happen in time: $answer"
    sleep 0.2
  done
}

api_ready() { [[ $(api get --raw /readyz) == ok ]]; }

# A joined node has its credentials; half a join leaves things that kubeadm stumbles over.
joined() { [[ -e /etc/kubernetes/kubelet.conf && -e /var/lib/kubelet/config.yaml && -e /etc/appstack/kubernetes/joined ]]; }
start_over() {
  kubeadm reset --force --cri-socket "$CRI_SOCKET" >/dev/null 2>&1 || true
  rm -rf /etc/kubernetes/manifests /etc/kubernetes/*.conf /var/lib/etcd/member /var/lib/kubelet/config.yaml /etc/appstack/kubernetes/joined "$RUNS"
}

has_joined() {
  printf '%s\n' "$VERSION" >"$RUNS"
  touch /etc/appstack/kubernetes/joined
}

# The first control plane makes the cluster.
init() {
  if ! joined; then
    start_over
    kubeadm init --config "$CONFIG" --skip-phases=addon/coredns --skip-token-print --ignore-preflight-errors=ImagePull,SystemVerification >&2
    has_joined
    # kubeadm makes a token although nobody asked for one.
    api -n kube-system delete secret --field-selector type=bootstrap.kubernetes.io/token >&2
  fi
  await 120 "the API server's readiness" api_ready
  addons
  mark "$NODE"
  api config view --raw --flatten -o json | tr -d '\n'
}

# DNS server and pod security of the cluster itself, which all other objects need.
addons() {
  [[ ! -e $ADMIN ]] || ! upgraded || await 60 "the cluster's own objects" api apply -f /etc/appstack/kubernetes/addons.yaml
}

# A token for one node. It is deleted when the node is Ready; when that never happens it dies after a day.
admit() { # NODE control-plane|worker
  local token key hash
  token=$(kubeadm --kubeconfig "$ADMIN" token create --ttl 24h --description "joining $1")
  hash=$(openssl x509 -pubkey -noout -in /etc/kubernetes/pki/ca.crt | openssl pkey -pubin -outform der | sha256sum | cut -d' ' -f1)
  key=none
  if [[ $2 == control-plane ]]; then
    key=$(sed -n 's/^certificateKey: //p' "$CONFIG")
    kubeadm --kubeconfig "$ADMIN" init phase upload-certs --upload-certs --certificate-key "$key" >/dev/null
  fi
  # A node that asks before the token has signed the cluster's description asks again only after five seconds.
  await 20 "the signature of the token" signed "${token%%.*}"
  printf '%s %s %s\n' "$token" "$hash" "$key"
}

signed() { [[ -n $(api -n kube-public get configmap cluster-info -o "jsonpath={.data.jws-kubeconfig-$1}") ]]; }

# TOKEN HASH KEY come on standard input: they are secrets.
join() { # control-plane|worker
  local token hash key file
  # The last line may come without its end.
  read -r token hash key || [[ -n $token ]]
  if ! joined; then
    start_over
    file=$(mktemp /run/appstack-join.XXXXXX)
    # shellcheck disable=SC2064 # now
    trap "rm -f $file" EXIT
    {
      printf 'apiVersion: %s\nkind: JoinConfiguration\n' "$KUBEADM_API"
      printf 'discovery:\n  bootstrapToken:\n    apiServerEndpoint: %s\n    token: %s\n    caCertHashes: ["sha256:%s"]\n' "$API" "$token" "$hash"
      printf 'nodeRegistration:\n  name: %s\n  criSocket: %s\n' "$NODE" "$CRI_SOCKET"
      if [[ $1 == control-plane ]]; then
        printf 'controlPlane:\n  localAPIEndpoint:\n    advertiseAddress: %s\n  certificateKey: %s\n' "$ADDRESS" "$key"
      fi
    } >"$file"
    kubeadm join --config "$file" --ignore-preflight-errors=ImagePull,SystemVerification >&2 ||
      die "kubeadm join failed; when it says that the token is not valid, it is older than a day: let it be made anew (appstack up --replace the resource '...-admit' of $NODE)"
    has_joined
  fi
  printf 'joined\n'
}

node_ready() { [[ $(api get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') == True ]]; }

# On a control plane: a node that has joined gets its labels and taints, and its token goes.
settle() { # NODE
  local node=$1 id
  await 120 "readiness of node $node" node_ready "$node"
  mark "$node"
  if [[ $(etcd member list 2>/dev/null | grep -c ', started,') == 2 ]]; then restart_api; fi
  while read -r id; do kubeadm --kubeconfig "$ADMIN" token delete "$id" >/dev/null; done < <(
    kubeadm --kubeconfig "$ADMIN" token list | awk -v want="joining $node" 'index($0, want) && NF > 1 { print $1 }')
  printf 'ready\n'
}

# Between the first member of etcd and the second there is no majority for a few seconds. Watches that were open then were seen to stay silent
# for good (1.20.2: no endpoints were made any more), so the API server that they belong to starts anew.
restart_api() {
  local old
  old=$(pgrep -x kube-apiserver) || return 0
  kill "$old"
  # It waits up to a minute for the requests that it has, which are the silent ones.
  await_end 5 "$old" || kill -KILL "$old" 2>/dev/null || true
  await 60 "the end of the API server" ended "$old"
  await 120 "the API server's readiness" api_ready
}

ended() { [[ ! -e /proc/$1 ]]; }

await_end() { # SECONDS PID
  local limit=$((SECONDS + $1))
  until ended "$2"; do
    ((SECONDS < limit)) || return 1
    sleep 0.2
  done
}

# Labels and taints that the node shall have; those that were set here before and are no longer wanted go.
mark() { # NODE
  local node=$1 kind word wanted=$NODES/$1 before=$MARKED/$1
  install -d -m 700 "$MARKED"
  [[ -e $before ]] || : >"$before"
  while read -r kind word; do
    grep -q "^$kind ${word%%[=:]*}[=:]" "$wanted" || api "$kind" node "$node" "${word%%[=:]*}-" >/dev/null 2>&1 || true
  done <"$before"
  while read -r kind word; do api "$kind" --overwrite node "$node" "$word" >/dev/null; done <"$wanted"
  cp "$wanted" "$before"
}

# After a change of their labels and taints: all nodes that have joined. The others are marked when they do.
mark_all() {
  [[ -e $ADMIN ]] || return 0
  local node
  for node in $(api get nodes -o name); do
    [[ ! -e $NODES/${node#node/} ]] || mark "${node#node/}"
  done
}

# An evicted pod was once (1.20) still there after 50 s, and gone soon after: kubelet looks at each pod again within a minute and a half, whatever it missed.
drain() { # NODE
  api get node "$1" >/dev/null 2>&1 || return 0
  kubectl --kubeconfig "$ADMIN" drain "$1" --ignore-daemonsets "$DRAIN_LOCAL_DATA" --timeout="${DRAIN_TIMEOUT:-150s}" >&2
}

# Before a node goes for good: its pods move, then the cluster forgets it.
release() { # NODE
  if node_ready "$1" 2>/dev/null; then drain "$1"; fi
  local member
  member=$(etcd member list 2>/dev/null | awk -F', ' -v name="$1" '$3 == name { print $1 }')
  [[ -z $member || $1 == "$NODE" ]] || etcd member remove "$member" >&2
  api delete node "$1" --ignore-not-found >&2
  rm -f "$MARKED/$1" "$RETIRED/$1"
}

# What runs here is what shall run here.
upgraded() { [[ ! -e $RUNS || $(cat "$RUNS") == "$VERSION" ]]; }

# Upgrades. A control plane looks whether the node may go to the version, and drains it; then the node's programs are exchanged; then the node itself
# changes to them; then a control plane waits for it and lets pods come again. Each step does nothing where nothing is to be done.
retire() { # NODE VERSION MINORS-BEFORE OLDEST-KUBELET
  local node=$1 version=$2 running
  [[ -e $ADMIN ]] || return 0
  running=$(kubelet_of "$node")
  [[ -n $running && $running != "$version" ]] || return 0
  may_upgrade "$@"
  install -d -m 700 "$RETIRED"
  # Who was out of service before stays out of service.
  [[ -e $RETIRED/$node ]] || api get node "$node" -o 'jsonpath={.spec.unschedulable}' >"$RETIRED/$node.part"
  [[ -e $RETIRED/$node ]] || mv "$RETIRED/$node.part" "$RETIRED/$node"
  printf '%s goes from %s to %s\n' "$node" "$running" "$version" >&2
  # Nobody is in a hurry: pods take their time to end, and budgets let one go after the other.
  DRAIN_TIMEOUT=5m drain "$node"
}

kubelet_of() { api get node "$1" --ignore-not-found -o 'jsonpath={.status.nodeInfo.kubeletVersion}' | sed 's/^v//'; }

may_upgrade() { # NODE VERSION MINORS-BEFORE OLDEST-KUBELET
  local node=$1 version=$2 before=$3 oldest=$4 api_version minor other kubelet
  api_version=$(api get --raw /version | sed -n 's/.*"gitVersion": *"v\([0-9.]*\).*/\1/p')
  minor=${api_version#*.} minor=${minor%%.*}
  if [[ $(printf '%s\n%s\n' "$version" "$api_version" | sort -V | tail -n 1) != "$version" ]]; then
    die "$version is older than the cluster's $api_version; Kubernetes cannot go back, restore a snapshot into a new cluster instead"
  fi
  [[ ,$before, == *",$minor,"* ]] || die "from $api_version to $version is more than one minor version; go one at a time"
  if [[ ,$MEMBERS != *",$node="* ]]; then
    [[ $version == "$api_version" ]] || die "the API servers run $api_version; a worker follows them and is never newer than they are"
    return 0
  fi
  while read -r other kubelet; do
    kubelet=${kubelet#v1.} kubelet=${kubelet%%.*}
    ((kubelet >= oldest)) || die "kubelet 1.$kubelet of $other is too old for $version, which speaks to 1.$oldest and later; upgrade that node first"
  done < <(api get nodes -o 'jsonpath={range .items[*]}{.metadata.name} {.status.nodeInfo.kubeletVersion}{"\n"}{end}')
}

upgrade() { # VERSION
  joined || return 0
  # Made before it was written down.
  [[ -e $RUNS ]] || printf '%s\n' "$VERSION" >"$RUNS"
  ! upgraded || return 0
  [[ $1 == "$VERSION" ]] || die "this node has the programs of $VERSION, not of $1"
  if [[ -e $ADMIN ]]; then
    # The first one of the control planes changes the cluster, the others follow it.
    if [[ $(api -n kube-system get configmap kubeadm-config -o 'jsonpath={.data.ClusterConfiguration}' | sed -n 's/^kubernetesVersion: v//p') == "$VERSION" ]]; then
      kubeadm upgrade node --ignore-preflight-errors=ImagePull,SystemVerification >&2
    else
      kubeadm upgrade apply "v$VERSION" --yes --ignore-preflight-errors=ImagePull,SystemVerification,CreateJob,CoreDNSUnsupportedPlugins,CoreDNSMigration >&2
    fi
  else
    kubeadm upgrade node --ignore-preflight-errors=ImagePull,SystemVerification >&2
  fi
  systemctl restart kubelet
  printf '%s\n' "$VERSION" >"$RUNS"
  [[ ! -e $ADMIN ]] || { await 120 "the API server's readiness" api_ready; reconfigure; addons; }
}

return_node() { # NODE VERSION
  local node=$1
  [[ -e $RETIRED/$node ]] || return 0
  await 120 "readiness of node $node with version $2" node_runs "$node" "$2"
  [[ $(cat "$RETIRED/$node") == true ]] || api uncordon "$node" >&2
  rm -f "$RETIRED/$node"
}

node_runs() { node_ready "$1" && [[ $(kubelet_of "$1") == "$2" ]]; } # NODE VERSION

# In a lab the images of another version than the usual one are archives, and containerd's store does not have them yet.
bring_images() {
  local archive
  # shellcheck source=/dev/null
  . /etc/appstack/kubernetes/images.env
  [[ -e $IMAGES/images ]] || die "images and programs of $VERSION are not on this host; there: appstack-lab kubernetes images v$VERSION"
  for archive in "$IMAGES"/kube-*.tar; do ctr -n k8s.io images import "$archive" >&2; done
}

# A changed configuration of the control plane; nothing to do before there is one.
reconfigure() {
  [[ -e /etc/kubernetes/manifests/kube-apiserver.yaml && -e $CONFIG ]] || return 0
  # Of another version: that is for the upgrade, in its turn.
  upgraded || return 0
  kubeadm init phase control-plane all --config "$CONFIG" >&2
  await 120 "the API server's readiness" api_ready
}

# kubeadm's certificates are valid for a year. With less than 90 days left they are made anew and what uses them is started again.
renew() {
  local certificate due=no name
  for certificate in /etc/kubernetes/pki/*.crt $PKI/*.crt; do
    openssl x509 -noout -checkend $((90 * 86400)) -in "$certificate" >/dev/null || due=yes
  done
  [[ $due == yes || ${1:-} == --now ]] || return 0
  kubeadm certs renew all >&2
  for name in etcd kube-apiserver kube-controller-manager kube-scheduler; do
    mv "/etc/kubernetes/manifests/$name.yaml" /etc/kubernetes/
    await 60 "the end of $name" no_process "$name"
    mv "/etc/kubernetes/$name.yaml" /etc/kubernetes/manifests/
    await 120 "the API server's readiness" api_ready
  done
}

no_process() { ! pgrep -x "${1:0:15}" >/dev/null; }

# Only whole snapshots get a name that counts as one.
snapshot() {
  local name
  install -d -m 700 "$SNAPSHOTS"
  name=$SNAPSHOTS/$(date -u +%Y%m%dT%H%M%SZ).db
  etcd snapshot save "$name.part" >&2
  ETCDCTL_API=3 etcdctl snapshot status "$name.part" >&2
  mv "$name.part" "$name"
  find "$SNAPSHOTS" -name '*.db' -printf '%f\n' | sort -r | tail -n +$((SNAPSHOTS_KEPT + 1)) | while read -r old; do rm -f "$SNAPSHOTS/$old"; done
  printf '%s\n' "$name"
}

# The whole cluster goes back to a snapshot: prepared beside what runs, then all control planes stop, swap and start. One control plane can do it alone.
restore() { # FILE
  [[ $MEMBERS != *,* ]] || die "this cluster has several control planes, which have to go back together; from where you deploy: appstack cluster restore ENVIRONMENT CLUSTER"
  restore_prepare "$1"
  restore_stop
  restore_swap
  restore_start
}

# Every member of the same snapshot gets the same cluster, of which all of them are members.
restore_prepare() { # FILE
  local file=$1
  [[ -s $file ]] || die "there is no snapshot $file; there are: $(ls "$SNAPSHOTS" 2>/dev/null | xargs)"
  rm -rf /var/lib/etcd/restored
  ETCDCTL_API=3 etcdctl snapshot restore "$file" --data-dir /var/lib/etcd/restored --name "$NODE" --initial-cluster "$MEMBERS" \
    --initial-cluster-token "restored-$(sha256sum <"$file" | cut -c1-16)" --initial-advertise-peer-urls "https://$ADDRESS:2380" >&2
}

restore_stop() {
  mkdir -p /etc/kubernetes/stopped
  mv /etc/kubernetes/manifests/*.yaml /etc/kubernetes/stopped/ 2>/dev/null || true
  await 60 "the end of etcd" no_process etcd
  # Without its data it can end nothing that it waits for.
  pkill -KILL -x kube-apiserver || true
  await 60 "the end of the API server" no_process kube-apiserver
}

# Once: a second time finds nothing prepared.
restore_swap() {
  [[ -d /var/lib/etcd/restored/member ]] || return 0
  rm -rf /var/lib/etcd/before
  [[ ! -e /var/lib/etcd/member ]] || mv /var/lib/etcd/member /var/lib/etcd/before
  mv /var/lib/etcd/restored/member /var/lib/etcd/member
  rm -rf /var/lib/etcd/restored
}

restore_start() {
  mv /etc/kubernetes/stopped/*.yaml /etc/kubernetes/manifests/ 2>/dev/null || true
  await 120 "the API server's readiness" api_ready
}

# A rehearsal of the worst day: what was written after the snapshot is gone, everything else is there, and the API takes writes again.
readonly REHEARSAL=/var/lib/appstack/etcd-rehearsal
rehearse_save() {
  local file
  api -n kube-system delete configmap appstack-rehearsal-before appstack-rehearsal-after --ignore-not-found >&2
  api -n kube-system create configmap appstack-rehearsal-before >&2
  file=$(snapshot)
  cp "$file" "$REHEARSAL"
  api -n kube-system create configmap appstack-rehearsal-after >&2
}

rehearse_look() {
  rm -f "$REHEARSAL"
  [[ -z $(api -n kube-system get configmap appstack-rehearsal-after --ignore-not-found -o name) ]] || die "what was written after the snapshot is still there"
  api -n kube-system delete configmap appstack-rehearsal-before >&2 || die "what was written before the snapshot is not there"
}

# Whether the API takes writes, asked on the way that nodes take.
write() {
  await 60 "an answer of the API to a write" try_write
}

try_write() { api -n kube-system create configmap appstack-write --dry-run=client -o yaml | api apply -f - && api -n kube-system delete configmap appstack-write; }

# All pods of a workload anew, as a new version would make them.
roll() { # NAMESPACE KIND/NAME
  api -n "$1" rollout restart "$2" >&2
  rolled "$@"
}

# One pod after the other: a pod of the ingress takes 20 s (8 for load balancers to hear of it, 5 to settle, and its end and its beginning), on a busy machine a minute.
rolled() { # NAMESPACE KIND/NAME
  local pods
  pods=$(api -n "$1" get "$2" -o 'jsonpath={.spec.replicas}{.status.desiredNumberScheduled}')
  kubectl --kubeconfig "$ADMIN" -n "$1" rollout status "$2" --timeout="$((60 + 60 * pods))s" >&2
}

# Gives a service behind the ingress other firewall rules, many times, each when the one before is live everywhere. The service's own route stays.
change_rules() { # SERVICE TIMES
  local folder number=0
  folder=$(mktemp -d)
  copy_route "$1" "$folder/own"
  while ((number < $2)); do
    number=$((number + 1))
    cp -r "$folder/own" "$folder/$number"
    printf 'SecRule REQUEST_HEADERS:X-Drill "@streq %s" "id:21999999,phase:1,deny,status:403,log"\n' "$number" >>"$folder/$number/$1.conf"
    add_route "$1" "$1-drill-$number" "$folder/$number"
    ((number == 1)) || api -n ingress delete "configmap/$1-drill-$((number - 1))" >&2
  done
  rm -r "$folder"
}

# Serves a service once more, below a path of its own and without the firewall and its limits, to measure what they cost. Prints the service's own route.
unguard() { # SERVICE PATH
  local folder route
  folder=$(mktemp -d)
  route=$folder/route
  copy_route "$1" "$route"
  cat "$route/route.json"
  rm -f "$route/$1.conf"
  sed -i -E 's/^modsecurity on;/modsecurity off;/; /^(map|limit_req|limit_req_zone|limit_req_dry_run|modsecurity_rules_file) /d; s/\bservice_'"$1"'\b/service_unguarded_'"$1"'/' "$route/http.conf" "$route/location.conf"
  sed -i -E 's/"service":"[^"]*"/"service":"unguarded-'"$1"'"/; s#"paths":\[[^]]*\]#"paths":["'"$2"'"]#; s/"level":[0-9]+/"level":0/' "$route/route.json"
  printf 'location %s/ { rewrite ^%s(/.*)$ $1 break; include @ROUTE@/location.conf; }\n' "$2" "$2" >"$route/locations.conf"
  add_route "$1" "$1-unguarded" "$route"
  rm -r "$folder"
}

copy_route() { # SERVICE FOLDER
  local route key
  route=$(routes "$1" | head -n 1)
  [[ -n $route ]] || die "no service '$1' is behind the ingress"
  mkdir "$2"
  for key in $(api -n ingress get "$route" -o 'go-template={{range $key, $text := .data}}{{$key}}{{"\n"}}{{end}}'); do
    api -n ingress get "$route" -o "go-template={{index .data \"$key\"}}" >"$2/$key"
  done
}

add_route() { # SERVICE NAME FOLDER
  api -n ingress create configmap "$2" --from-file="$3" --dry-run=client -o yaml |
    api label --local -f - ingress.appstack.dev/kind=route "app.kubernetes.io/name=$1" appstack.dev/drill=yes -o yaml |
    api -n ingress --request-timeout=60s create -f - >&2
  await 60 "that $2 serves" live "configmap/$2"
}

# The service's own rules again, and nothing beside them.
own_rules() { # SERVICE
  api -n ingress delete configmap -l "appstack.dev/drill=yes,app.kubernetes.io/name=$1" >&2
  await 60 "that $1 has its own rules" live "$(routes "$1" | head -n 1)"
}

routes() { api -n ingress get configmap -l "ingress.appstack.dev/kind=route,app.kubernetes.io/name=$1" -o name; } # SERVICE

# Whether every node of the ingress serves a route; says why not.
live() { # ROUTE
  local said
  said=$(api -n ingress get "$1" -o 'jsonpath={.metadata.annotations.ingress\.appstack\.dev/live}')
  [[ $said == yes ]] || { printf '%s\n' "$said"; return 1; }
}

health() {
  local role=$1
  systemctl is-active --quiet kubelet || die "kubelet does not run"
  [[ $role == worker ]] || await 60 "the API server's readiness" api_ready
}

# What an HTTPS server of this node says about its health, without credentials.
healthz() { # PORT
  printf 'GET /healthz HTTP/1.0\r\n\r\n' | timeout 3 openssl s_client -quiet -connect "127.0.0.1:$1" 2>/dev/null | tail -n 1
}

# One fact a line, judged by whoever asked.
status() {
  printf 'now %s\n' "$(date +%s)"
  [[ ! -e /etc/appstack/kubernetes/joined ]] || printf 'joined %s\n' "$(stat -c %Y /etc/appstack/kubernetes/joined)"
  [[ ! -e $ADMIN ]] || {
    printf 'component kube-apiserver %s\n' "$(api get --raw /readyz 2>&1 | head -n 1)"
    printf 'component kube-controller-manager %s\n' "$(healthz 10257)"
    printf 'component kube-scheduler %s\n' "$(healthz 10259)"
    printf 'component etcd %s\n' "$(etcd endpoint health 2>&1 | grep -q 'is healthy' && echo ok || echo 'does not answer')"
    etcd member list 2>/dev/null | awk -F', ' '{ print "member", $3, $2 }'
    api get nodes -o 'jsonpath={range .items[*]}node {.metadata.name} {.status.conditions[?(@.type=="Ready")].status} {.status.nodeInfo.kubeletVersion} {.spec.unschedulable}{"\n"}{end}' 2>&1
    api -n kube-system get daemonsets -o 'jsonpath={range .items[*]}workload {.metadata.name} {.status.numberAvailable} {.status.desiredNumberScheduled}{"\n"}{end}' 2>&1
    api -n kube-system get deployments -o 'jsonpath={range .items[*]}workload {.metadata.name} {.status.availableReplicas} {.spec.replicas}{"\n"}{end}' 2>&1
    # What is not there has no number; the fields of the two kinds have different names.
    api get deployments,daemonsets -A -o 'jsonpath={range .items[*]}object {.kind} {.metadata.namespace} {.metadata.name} available={.status.availableReplicas}{.status.numberAvailable} wanted={.spec.replicas}{.status.desiredNumberScheduled}{"\n"}{end}' 2>&1 |
      grep -v '^object [A-Za-z]* kube-system ' || true
    # Routes of services are one line of JSON each, written by whoever declared them.
    api -n ingress get configmaps -l ingress.appstack.dev/kind=route -o 'jsonpath={range .items[*]}route {.metadata.name} live={.metadata.annotations.ingress\.appstack\.dev/live} {.data.route\.json}{"\n"}{end}' 2>/dev/null || true
    api get validatingwebhookconfigurations appstack-ingress -o 'jsonpath=authority {.webhooks[0].clientConfig.caBundle}{"\n"}' 2>/dev/null || true
    printf 'snapshot %s\n' "$(find "$SNAPSHOTS" -name '*.db' -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1 | cut -d. -f1)"
  }
  local certificate
  for certificate in /etc/kubernetes/pki/*.crt $PKI/*.crt /var/lib/kubelet/pki/kubelet-client-current.pem; do
    [[ ! -e $certificate ]] || printf 'certificate %s %s\n' "$certificate" "$(date -u -d "$(openssl x509 -noout -enddate -in "$certificate" | cut -d= -f2)" +%s)"
  done
}

case ${1:-help} in
  init | admit | join | bring_images | retire | upgrade | return_node | settle | mark_all | roll | rolled | change_rules | unguard | own_rules | write | rehearse_save | rehearse_look | drain | release | reconfigure | renew | snapshot | restore | restore_prepare | restore_stop | restore_swap | restore_start | health | status | addons) "$@" ;;
  uncordon) api uncordon "$2" >&2 ;;
  kubelet) shift && exec kubelet "$@" ;;
  kubectl) shift && exec kubectl --kubeconfig "$ADMIN" "$@" ;;
  leave) start_over ;;
  *)
    cat <<'TEXT'
appstack-kubernetes VERB

  kubectl ...                  kubectl as the administrator; on a control plane
  status                       what verification asks
  health worker|control-plane  fails when the node does not work
  drain NODE, uncordon NODE    for maintenance; on a control plane
  snapshot                     saves etcd and prints the file; on a control plane
  restore FILE                 the cluster goes back to a snapshot; on the only control plane (of several: appstack cluster restore)
  rehearse_save, rehearse_look before and after the drill of it: saves and writes; looks at what is there
  roll NAMESPACE KIND/NAME     all its pods anew, one after the other; rolled: waits for the end
  change_rules SERVICE TIMES   other firewall rules, many times; own_rules SERVICE: its own again
  unguard SERVICE PATH         the service once more, below a path and without the firewall, until own_rules
  write                        whether the API takes writes
  renew [--now]                new certificates when they have less than 90 days left
  init, admit, join, settle, mark_all, release, leave, retire, upgrade, return_node, bring_images, reconfigure, addons: called by deployments; restore_...: by appstack cluster restore
TEXT
    ;;
esac
