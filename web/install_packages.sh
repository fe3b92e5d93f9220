#!/bin/sh
# install_packages.sh FOLDER: installs what FOLDER/package-lock.json pins, unless it is there. Locked,
# because several build trees share the folder.
set -eu
cd "$1"
exec flock . sh -ec '
  if cmp -s package-lock.json node_modules/.installed; then exit; fi
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed'
