cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'pooler' /usr/local/sbin/appstack-pooler status
section 'pooler version' dpkg-query --show --showformat '${Version}' pgbouncer
section 'pooler login' cat /etc/appstack/pooler/verification /etc/appstack/pooler/tls/ca.crt
