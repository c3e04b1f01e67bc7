#!/usr/bin/env bash
# Runs the Dockerfile's own steps without a Docker engine, in a bare Debian root file system:
#
#   debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm /tmp/root
#   tests/integration/container.sh /tmp/root
#
# It must run as root. The RUN and COPY lines are read from the Dockerfile; both stages share the one root.
set -euo pipefail
root=$1
here=$(cd "$(dirname "$0")/../.." && pwd)

inside() { env -i PATH=/opt/dealbell/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "${keep[@]}" chroot "$@"; }
# how pip reaches its index, and nothing else of this machine
keep=()
while IFS= read -r name; do keep+=("$name=${!name}"); done < <(compgen -v | grep -E '^(PIP_|HTTPS?_PROXY|https?_proxy|SSL_CERT_FILE)' || true)

echo "== the build stage: COPY"
ln -sf python3 "$root/usr/bin/python"
mkdir -p "$root/src" "$root/proc" "$root/dev"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev"
trap 'umount "$root/proc" "$root/dev"' EXIT
cp /etc/resolv.conf "$root/etc/resolv.conf"
grep '^COPY ' "$here/Dockerfile" | grep -v -- '--from' | while read -r _ line; do
    target="$root/src/${line##* }"
    for source in ${line% *}; do
        if [ -d "$here/$source" ]; then mkdir -p "$target" && cp -r "$here/$source/." "$target"; else cp "$here/$source" "$target"; fi
    done
done

echo "== RUN, as the Dockerfile says"
sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$here/Dockerfile" | grep '^RUN ' | sed 's/^RUN //' | while read -r step; do
    echo "+ $step"
    inside "$root" sh -ec "cd /src; id dealbell >/dev/null 2>&1 && case \"\$1\" in useradd*) exit 0;; esac; eval \"\$1\"" sh "$step" </dev/null
done

echo "== as the image's user: dealbell run, health, SIGTERM"
as_user() { inside --userspec=dealbell:dealbell "$root" env DEALBELL_DATABASE=/data/dealbell.db HOME=/data "$@"; }
as_user sh -c 'test "$(id -u)" = 10001 && ! touch /etc/mine 2>/dev/null && cd /data && touch here && rm here'
printf '' > "$root/data/feeds.toml"
as_user sh -c 'cd /data && DEALBELL_FEEDS=/data/feeds.toml exec dealbell run' &
for _ in $(seq 60); do sleep 1; as_user dealbell health 2>/dev/null && break; done
as_user dealbell health
process=$(pgrep -f '/opt/dealbell/bin/python.*/opt/dealbell/bin/dealbell run' | head -1)
before=$(date +%s%N)
kill -TERM "$process"
code=0; wait %1 || code=$?
echo "stopped by SIGTERM with exit code $code in $((($(date +%s%N) - before) / 1000000)) ms"
test "$code" = 0
