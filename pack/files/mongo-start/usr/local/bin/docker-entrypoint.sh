#!/bin/sh
# Options alone are mongod's; anything else is run as it is.
case "$1" in
-*) set -- mongod "$@" ;;
esac
exec "$@"
