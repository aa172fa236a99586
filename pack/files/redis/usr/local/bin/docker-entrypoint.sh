#!/bin/sh
# Options or a file of settings alone are redis-server's. Without settings the server answers its published port, as
# `--protected-mode no` says; anything else is run as it is.
case "$1" in
-* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "${2#*.conf}" = "$2" ]; then
    set -- "$@" --protected-mode no
fi
exec "$@"
