cd /
section() { printf '@@section %s\n' "$1"; shift; "$@" 2>&1 </dev/null; printf '\n@@exit %s\n' "$?"; }
section 'answers 10.66.100.1:80' curl --silent --globoff --connect-timeout 2 --max-time 5 --http1.1 --header 'Connection: close' --write-out '%{http_code}|%{time_total}|%header{x-load-balancer}|%header{x-backend}\n' $(for i in $(seq 24); do echo --output /dev/null http://10.66.100.1:80/; done)
section 'answers [fd66:100::1]:80' curl --silent --globoff --connect-timeout 2 --max-time 5 --http1.1 --header 'Connection: close' --write-out '%{http_code}|%{time_total}|%header{x-load-balancer}|%header{x-backend}\n' $(for i in $(seq 24); do echo --output /dev/null http://[fd66:100::1]:80/; done)
