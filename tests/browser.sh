#!/bin/bash
# Looks at built maps in Chromium, and at the live page in Firefox too, where it is installed. Skipped where Chromium or the test's packages
# (npm ci in tests/browser) are missing.
set -eu
cd "$(dirname "$0")/browser"
command -v chromium > /dev/null || { echo "skipped: chromium is not installed"; exit 77; }
command -v node > /dev/null || { echo "skipped: node is not installed"; exit 77; }
[ -d node_modules/playwright-core ] || { echo "skipped: run 'npm ci' in tests/browser first"; exit 77; }
JOURNEY=$1 node --test
