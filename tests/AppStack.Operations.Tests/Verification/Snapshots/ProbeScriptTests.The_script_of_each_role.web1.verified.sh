cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'units' systemctl show --property=Id,ActiveState,SubState,Result nginx appstack-firewall
certificates() { date -u "+%b %e %T %Y GMT now"; find /etc/appstack -name '*.crt' 2>/dev/null | sort | while read -r file; do echo "$(openssl x509 -noout -enddate -in "$file" | cut -d= -f2) $file"; done; }
section 'certificates' certificates
drift() { perl - <<'APPSTACK_DRIFT_CHECK_END'
(the drift check of the components)
APPSTACK_DRIFT_CHECK_END
}
printf '@@section drift\n'; drift 2>&1; printf '\n@@exit %s\n' "$?"
