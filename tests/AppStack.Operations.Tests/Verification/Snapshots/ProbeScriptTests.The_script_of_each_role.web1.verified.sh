cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'units' systemctl show --property=Id,ActiveState,SubState,Result nginx appstack-firewall
drift() { perl - <<'APPSTACK_DRIFT_CHECK_END'
(the drift check of the components)
APPSTACK_DRIFT_CHECK_END
}
printf '@@section drift\n'; drift 2>&1; printf '\n@@exit %s\n' "$?"
