# shellcheck shell=bash
# The one setting of the host that labs need and share. It is raised with the first machine and put back with the last lab.

# Each systemd takes three inotify instances of the host's 128; with those of its daemons a platform of thirty machines needs more.
readonly INOTIFY_LIMIT=/proc/sys/fs/inotify/max_user_instances
readonly INOTIFY_WANTED=1024

raise_limits() {
  (($(cat "$INOTIFY_LIMIT") >= INOTIFY_WANTED)) || with_lock "$CACHE/locks/host" save_and_raise
}

save_and_raise() {
  local now
  now=$(cat "$INOTIFY_LIMIT")
  if ((now < INOTIFY_WANTED)); then
    [[ -e $INOTIFY_SAVED ]] || write_file "$INOTIFY_SAVED" "$now"
    # A host that does not let us goes on with what it has; a machine that cannot start then says why.
    echo "$INOTIFY_WANTED" >"$INOTIFY_LIMIT" 2>/dev/null || true
  fi
}

restore_limits() { with_lock "$CACHE/locks/host" restore_when_last; }

restore_when_last() {
  [[ -e $INOTIFY_SAVED && -z $(entries "$LABS") ]] || return 0
  # Somebody else's change is left alone.
  if (($(cat "$INOTIFY_LIMIT") == INOTIFY_WANTED)); then cat "$INOTIFY_SAVED" >"$INOTIFY_LIMIT"; fi
  rm -f "$INOTIFY_SAVED"
}
