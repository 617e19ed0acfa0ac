#!/bin/bash
# install-vscode.sh [FOLDER] : VS Code for the tests, as the web server that code-server's package carries, without what
# would have to be compiled (terminals, Kerberos) or is of no use to them (source maps, TypeScript, debuggers).
# Prints the path of a program that starts it, with any Node from Debian 12's 18.19 on. A second call is instant.
set -euo pipefail
folder=$(realpath -m "${1:-${XDG_CACHE_HOME:-$HOME/.cache}/journey/vscode}")
version=4.100.3 # of code-server; VS Code 1.100.3
kept=$folder/$version-$(cksum < "$0" | cut -d ' ' -f 1) # installed anew when this file changes
start=$kept/vscode

if [[ ! -x $start ]]; then
  mkdir -p "$folder"
  work=$(mktemp -d "$folder/new.XXXXXX") # on the same disk: what is moved at the end is whole
  trap 'rm -rf "$work"' EXIT
  export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS-/etc/ssl/certs/ca-certificates.crt} # what the system trusts

  # What the server imports at its start, in the versions that it names itself; the page's own come with it.
  mkdir "$work/vscode"
  cat > "$work/vscode/package.json" << 'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": {
    "@microsoft/1ds-core-js": "3.2.13", "@microsoft/1ds-post-js": "3.2.13", "@parcel/watcher": "2.5.1", "@vscode/deviceid": "0.1.1",
    "@vscode/iconv-lite-umd": "0.7.0", "@vscode/proxy-agent": "0.32.0", "cookie": "0.7.0", "http-proxy-agent": "7.0.2",
    "https-proxy-agent": "7.0.5", "jschardet": "3.1.4", "minimist": "1.2.8", "vscode-oniguruma": "1.7.0", "vscode-regexpp": "3.1.0",
    "vscode-textmate": "9.2.0", "yauzl": "3.1.3", "yazl": "2.4.3"
  }
}
JSON
  npm --prefix "$work/vscode" install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error > "$work/packages.log" 2>&1 &
  packages=$!
  npm --silent pack --pack-destination "$work" "code-server@$version" > /dev/null
  mkdir "$work/code"
  unused=('ms-vscode.*' '*-authentication' css-language-features html-language-features
    markdown-math notebook-renderers ipynb github php-language-features tunnel-forwarding terminal-suggest
    git npm grunt gulp jake debug-* simple-browser media-preview)
  tar -xzf "$work/code-server-$version.tgz" -C "$work/code" --strip-components=3 --wildcards --exclude='*.map' \
    "${unused[@]/#/--exclude=package/lib/vscode/extensions/}" 'package/lib/vscode/*'
  wait "$packages" || { cat "$work/packages.log" >&2; exit 1; }
  mv "$work/vscode/node_modules" "$work/code/node_modules"
  modules=$work/code/node_modules
  ln -s node_modules "$work/code/node_modules.asar"

  # Stands for the compiled module that writes logs: the output that extensions show is read from these files.
  mkdir -p "$modules/@vscode/spdlog" "$modules/@vscode/ripgrep/bin"
  cat > "$modules/@vscode/spdlog/index.js" << 'JS'
const { appendFileSync, mkdirSync } = require("fs");
const { dirname } = require("path");
class Logger {
  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file; this.level = 2; this.stamped = true;
  }
  write(level, name, text) {
    if (level < this.level) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(this.file, this.stamped ? `${stamp} [${name}] ${text}\n` : text);
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.stamped = true; }
  clearFormatters() { this.stamped = false; }
  flush() {}
  drop() {}
}
["trace", "debug", "info", "warning", "error", "critical"].forEach((name, level) => {
  Logger.prototype[name === "warning" ? "warn" : name] = function (text) { this.write(level, name, text); };
});
exports.version = 1;
exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
JS
  mkdir "$modules/native-watchdog" # Compiled too; ends an extension host whose server is gone.
  echo 'exports.start = () => {};' > "$modules/native-watchdog/index.js"
  # The system's search program stands for the one that is downloaded.
  echo 'exports.rgPath = require("path").join(__dirname, "bin/rg");' > "$modules/@vscode/ripgrep/index.js"
  ln -s "$(command -v rg || echo /usr/bin/rg)" "$modules/@vscode/ripgrep/bin/rg"

  # What Node 20 has everywhere and Node 18 in its modules only.
  cat > "$work/code/older-node.cjs" << 'JS'
globalThis.crypto ??= require("crypto").webcrypto;
globalThis.File ??= require("buffer").File;
JS
  cat > "$work/code/vscode" << 'SH'
#!/bin/sh
here=$(dirname "$(realpath "$0")")
# The processes that run extensions inherit it.
case $(node --version) in v18.*) export NODE_OPTIONS="--require \"$here/older-node.cjs\" $NODE_OPTIONS" ;; esac
export EXTENSIONS_GALLERY="{}" # No shop: nothing is asked of the network.
exec node "$here/out/server-main.js" --force-disable-user-env "$@"
SH
  chmod +x "$work/code/vscode"
  "$work/code/vscode" --version >&2
  find "$folder" -mindepth 1 -maxdepth 1 -mtime +2 -exec rm -rf {} + # Those of other states of this file; somebody may use them.
  mv -T "$work/code" "$kept" 2> /dev/null || [[ -x $start ]] # Somebody else was quicker.
fi
echo "$start"
