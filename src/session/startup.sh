PS0= PS1= PS2= IGNOREEOF=10
unset HISTFILE MAILCHECK
set +o history +H
ulimit -S -c 0
__dermaga_status=0 __dermaga_turn=0 __dermaga_text=
__dermaga_take() {
  __dermaga_status=$?
  IFS= builtin read -r -d '' __dermaga_text <@TEXTS@
  return "$__dermaga_status"
}
__dermaga_begin() {
  __dermaga_turn=$1
  builtin printf '@OPENING@C;%s\a' "$1" >/dev/tty
  return "$__dermaga_status"
}
__dermaga_arm() {
  __dermaga_status=$?
  PS0= PS1= PS2= PROMPT_COMMAND='{ \__dermaga_mark; } 2>/dev/null'
  return "$__dermaga_status"
}
__dermaga_mark() {
  __dermaga_status=$?
  builtin jobs -nr >/dev/null
  builtin jobs -n >/dev/tty
  builtin printf '@OPENING@D;%s;%s\a' "$__dermaga_turn" "$__dermaga_status" >/dev/tty
  return "$__dermaga_status"
}
__dermaga_arm
