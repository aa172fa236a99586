@HISTORY@
HISTSIZE=5000 HISTFILESIZE=5000 HISTCONTROL= HISTIGNORE='@IGNORED@'
unset HISTTIMEFORMAT MAILCHECK
shopt -s histappend cmdhist lithist checkwinsize
set +H
ulimit -S -c 0
[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
__dermaga_status=0 __dermaga_word= __dermaga_go= __dermaga_at=
PS1='\[\e[2m\]${__dermaga_at-}\[\e[0m\]\[\e[1;36m\]\W\[\e[0m\] \$ '
[ -z "${NO_COLOR-}" ] || PS1='${__dermaga_at-}\W \$ '
__dermaga_mark() {
  __dermaga_status=$?
  {
    builtin printf '%s\0%s\0%s\0' "$__dermaga_status" "${PWD-}" "$__dermaga_word"
    builtin history 1
    builtin printf '\0'
  } >|@REPORTS@
  __dermaga_word=
  builtin printf '@OPENING@D;0;%s\a' "$__dermaga_status" >/dev/tty
  \__dermaga_wait
  [[ -n ${HISTFILE-} ]] && builtin history -a
  builtin return "$__dermaga_status"
}
__dermaga_wait() {
  IFS= builtin read -r -d '' __dermaga_go <@GO@
  [[ -z $__dermaga_go ]] || builtin eval "$__dermaga_go"
  [[ $PS1 == *'@OPENING@P'* ]] || PS1+='\[@OPENING@P\a\]'
}
__dermaga_pause() {
  builtin printf '@OPENING@K\a' >/dev/tty
  \__dermaga_wait
}
@WORDS@bind -x '"@KEYS@": { \__dermaga_pause; } 2>/dev/null' 2>/dev/null
PS0='@OPENING@C;0\a'
PROMPT_COMMAND='{ \__dermaga_mark; } 2>/dev/null'
readonly PS0 PROMPT_COMMAND
