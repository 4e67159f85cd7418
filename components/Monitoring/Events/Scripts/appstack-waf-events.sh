#!/bin/bash
# The firewall's events on their way from the workers of clusters to the store; installed by AppStack: changes are overwritten.
#   appstack-waf-events serve         on a worker: one answer to the node's door, on stdin and stdout
#   appstack-waf-events collect       on a monitoring node: gets what is new from all workers, and prints metrics
#   appstack-waf-events show [HOURS]  on a monitoring node: the events of the last hours, one JSON object a line
# A file of a worker is only ever added to, and its name never comes again. The store holds copies of these files: how long a copy is says what to ask for next, so
# whatever is interrupted, by whomever, goes on where it was, and nothing comes twice.
set -euo pipefail
export LC_ALL=C PATH=/usr/local/bin:/usr/bin:/bin
readonly FOLDER=/var/log/appstack-waf STORE=/var/lib/appstack-waf SOURCES=/etc/appstack/monitoring/waf-events IDENTITY=/etc/appstack/monitoring
readonly NAME='[0-9]{8}T[0-9]{6}\.[0-9]{9}Z\.jsonl'
# A worker keeps its files for seven days; what is in the store for a shorter time than that would be fetched again.
readonly DAYS=90
# An answer is not longer: the door's time for one is limited.
readonly MOST=$((8 << 20))

serve() {
  local query='' line file='' from=0
  IFS=' ' read -r -t 5 _ query _ || exit 0
  while IFS= read -r -t 5 line && [[ -n ${line%$'\r'} ]]; do :; done
  cd $FOLDER
  if [[ $query =~ [?\&]file=($NAME)(\&|$) ]]; then file=${BASH_REMATCH[1]}; fi
  if [[ $query =~ [?\&]from=([0-9]{1,12})(\&|$) ]]; then from=${BASH_REMATCH[1]}; fi
  if [[ -z $file ]]; then
    answer 200
    find . -maxdepth 1 -name '*.jsonl' -printf '%s %f\n' | sort -k 2
  elif [[ -r $file ]]; then
    answer 200
    # Who has enough closes the pipe.
    { tail -c "+$((from + 1))" "$file" || true; } | head -c $MOST
  else
    answer 404
  fi
}

answer() { printf 'HTTP/1.0 %s -\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n\r\n' "$1"; } # STATUS

ask() { # DOOR [QUERY]
  curl --silent --fail --globoff --connect-timeout 2 --max-time 20 --cacert $IDENTITY/ca.crt --cert $IDENTITY/reader.crt --key $IDENTITY/reader.key \
    "https://$1/proxy?module=wafevents${2:-}"
}

length() { stat -c %s "$1" 2>/dev/null || printf '0\n'; } # FILE

collect() {
  local cluster node door folder list reached behind size name have before
  while read -r cluster node door; do
    folder=$STORE/$cluster/$node reached=1 behind=0
    mkdir -p "$folder"
    list=$(ask "$door") || reached=0
    while read -r size name; do
      [[ $size =~ ^[0-9]+$ && $name =~ ^$NAME$ ]] || continue
      have=$(length "$folder/$name") before=-1
      while ((have < size && have > before)); do
        before=$have
        ask "$door" "&file=$name&from=$have" >>"$folder/$name" || true
        have=$(length "$folder/$name")
      done
      if ((have < size)); then behind=$((behind + size - have)); fi
    done <<<"$list"
    printf 'appstack_waf_store_reached{of="%s",member="%s"} %d\nappstack_waf_store_behind_bytes{of="%s",member="%s"} %d\n' "$cluster" "$node" "$reached" "$cluster" "$node" "$behind"
  done <$SOURCES
  find $STORE -name '*.jsonl' -mtime "+$DAYS" -delete
}

show() { # [HOURS]
  # The last line of a file may still be on its way.
  find $STORE -name '*.jsonl' -mmin "-$((60 * ${1:-1}))" -exec grep -h '}$' {} + || true
}

case ${1:-} in
  serve | collect | show) "$@" ;;
  *) printf 'usage: appstack-waf-events serve|collect|show [HOURS]\n' >&2; exit 2 ;;
esac
