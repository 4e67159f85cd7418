cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'units' systemctl show --property=Id,ActiveState,SubState,Result bird appstack-firewall
section 'bgp' birdc show protocols all
section 'bfd' birdc show bfd sessions
section 'routes 10.66.100.1' ip -4 -j route show 10.66.100.1
section 'routes fd66:100::1' ip -6 -j route show fd66:100::1
certificates() { date -u "+%b %e %T %Y GMT now"; find /etc/appstack -name '*.crt' 2>/dev/null | sort | while read -r file; do echo "$(openssl x509 -noout -enddate -in "$file" | cut -d= -f2) $file"; done; }
section 'certificates' certificates
drift() { perl - <<'APPSTACK_DRIFT_CHECK_END'
(the drift check of the components)
APPSTACK_DRIFT_CHECK_END
}
printf '@@section drift\n'; drift 2>&1; printf '\n@@exit %s\n' "$?"
