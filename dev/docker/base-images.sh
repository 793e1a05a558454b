#!/usr/bin/env bash
# The images that docker-compose.yml starts from, made on this machine where none can be pulled: Debian's own packages,
# Node from npm, and a LiveKit server that is given. For tests; what they lack of the real ones is said at each.
#
#   base-images.sh <path of livekit-server> <its image>
set -euo pipefail
livekit=$1
livekit_image=$2
node_image=node:24-slim
redis_image=redis:7-alpine
debian=steadfast-test/debian
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOCKER_BUILDKIT=0

has() { docker image inspect "$1" >/dev/null 2>&1; }
say() { echo "  $*" >&2; }

debian_image() {
  has "$debian" && return
  say "$debian: Debian 12 by debootstrap"
  local mirror
  mirror=$(sed -nE 's/^URIs: *(\S+).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1) || true
  # busybox: the real LiveKit image has its wget, which the health check uses.
  debootstrap --variant=minbase --include=ca-certificates,busybox bookworm "$work/debian" "${mirror:?apt names no mirror of Debian}" >"$work/log" 2>&1 ||
    { tail -5 "$work/log" >&2; return 1; }
  rm -rf "$work/debian/var/cache/apt/archives/"*.deb
  tar -C "$work/debian" -c . | docker import - "$debian:plain" >/dev/null
  rm -rf "$work/debian"
  # Behind a proxy that opens TLS, what is built on this needs to know this machine's own certificates.
  mkdir "$work/certificates"
  cp /usr/local/share/ca-certificates/*.crt "$work/certificates" 2>/dev/null || true
  cat >"$work/certificates/Dockerfile" <<EOF
FROM $debian:plain
COPY . /usr/local/share/ca-certificates/
RUN rm /usr/local/share/ca-certificates/Dockerfile && update-ca-certificates && ln -s /bin/busybox /usr/local/bin/wget
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
EOF
  docker build -q -t "$debian" "$work/certificates" >/dev/null
}

node_image() {
  has "$node_image" && return
  say "$node_image: Node 24 and npm from npm's registry"
  local folder=$work/node
  mkdir "$folder"
  case $(uname -m) in aarch64 | arm64) local arch=arm64 ;; *) local arch=x64 ;; esac
  (cd "$folder" && npm pack --silent "node-linux-$arch@24" npm@11 >/dev/null)
  mkdir "$folder/node" "$folder/npm"
  tar -xzf "$folder"/node-linux-*.tgz -C "$folder/node" --strip-components=1
  tar -xzf "$folder"/npm-*.tgz -C "$folder/npm" --strip-components=1
  rm "$folder"/*.tgz
  cat >"$folder/Dockerfile" <<EOF
FROM $debian
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && chmod +x /usr/local/bin/node /usr/local/lib/node_modules/npm/bin/*.js && useradd --uid 1000 --create-home node && node --version
CMD ["node"]
EOF
  docker build -q -t "$node_image" "$folder" >/dev/null
}

livekit_image() {
  has "$livekit_image" && return
  say "$livekit_image: $livekit"
  mkdir "$work/livekit"
  cp "$livekit" "$work/livekit/livekit-server"
  printf 'FROM %s\nCOPY livekit-server /livekit-server\nENTRYPOINT ["/livekit-server"]\n' "$debian" >"$work/livekit/Dockerfile"
  docker build -q -t "$livekit_image" "$work/livekit" >/dev/null
}

redis_image() {
  has "$redis_image" && return
  say "$redis_image: Debian's package"
  mkdir "$work/redis"
  printf 'FROM %s\nRUN apt-get update -qq && apt-get install -qq --no-install-recommends redis-server\n' "$debian" >"$work/redis/Dockerfile"
  docker build -q -t "$redis_image" "$work/redis" >/dev/null
}

debian_image
node_image
livekit_image
redis_image
