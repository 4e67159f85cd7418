cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'units' systemctl show --property=Id,ActiveState,SubState,Result prometheus prometheus-alertmanager
patiently() { local want=$1 text=$2 answer; while :; do answer=$(curl --silent --show-error --fail --globoff --max-time 5 "$3") || return; [ "$(grep -o "$text" <<<"$answer" | wc -l)" -lt "$want" ] && [ $SECONDS -lt 6 ] || break; sleep 0.5; done; printf '%s\n' "$answer"; }
section 'prometheus' curl --silent --show-error --fail --globoff --max-time 5 http://10.66.0.61:9090/-/healthy
section 'targets' patiently 2 '"health":"up"' 'http://10.66.0.61:9090/api/v1/targets?state=active'
section 'rules' curl --silent --show-error --fail --globoff --max-time 5 'http://10.66.0.61:9090/api/v1/rules?type=alert'
section 'watchdog' patiently 1 '"severity":"none"' 'http://10.66.0.61:9093/api/v2/alerts?active=true'
certificates() { date -u "+%b %e %T %Y GMT now"; find /etc/appstack -name '*.crt' 2>/dev/null | sort | while read -r file; do echo "$(openssl x509 -noout -enddate -in "$file" | cut -d= -f2) $file"; done; }
section 'certificates' certificates
drift() { perl - <<'APPSTACK_DRIFT_CHECK_END'
(the drift check of the components)
APPSTACK_DRIFT_CHECK_END
}
printf '@@section drift\n'; drift 2>&1; printf '\n@@exit %s\n' "$?"
