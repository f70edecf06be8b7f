#!/usr/bin/env bash
# Builds the container image, without a container engine: ./mvnw -Pimage package
#
#   build.sh VERSION CREATED CLASSPATH      (CREATED: ISO 8601; CLASSPATH: of the build tools)
#
# From the operator module (its jar, target/lib, target/sbom.json), the JDK that runs Maven and this machine's
# glibc it makes, byte for byte the same every time:
#   target/connectwise-operator-image.tar         OCI layout that docker load and ctr import understand as well
#   target/connectwise-operator-image.sbom.json   what is in it (also inside), and .licences.txt
# Needs Linux, GNU tar, binutils, and root or a user namespace (unshare --map-root-user --mount ./mvnw -Pimage package).
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

version=$1 created=$2 class_path=$3
cd "$(dirname "$0")/../../../../.."
operator=src/operator
work=$PWD/target/image
root=$work/root
home=opt/connectwise-operator
output=$PWD/target/connectwise-operator-image
user=65532:65532
main=io.cloudelements.connectwise.OperatorMain

# What jdeps finds in the jars has to be in one of these two: a new dependency is then a decision, not a surprise.
modules=(java.base java.logging java.management java.naming java.net.http jdk.management jdk.unsupported)
# optional parts that are not used: XML configuration (Logback), SQL and Swing types (Jackson), code generation (Vert.x)
modules_not_needed=(java.compiler java.desktop java.sql java.xml)

fail() {
  echo "image: $*" >&2
  exit 1
}

java() { "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "$@"; }
program() { java -cp "$class_path" "io.cloudelements.connectwise.image.$1" "${@:2}"; }

# Runs a command in the image's own root, with $work/tmp as its /tmp and nothing of this machine's environment.
in_root() {
  unshare --mount --propagation private sh -euc '
    root=$1 tmp=$2; shift 2
    mount --bind "$tmp" "$root/tmp"
    mount --rbind /proc "$root/proc"
    exec env -i "$@"' image "$root" "$work/tmp" "${variables[@]}" "$(command -v chroot)" "$root" "$@"
}

distribution() {
  mkdir -p "$root/$home"
  cp -r $operator/target/lib $operator/src/main/dist/conf LICENSE "$root/$home/"
  cp "$operator/target/connectwise-operator-$version.jar" "$root/$home/lib/"
  program SlimJars "$root/$home"/lib/*.jar
  local jar paths=()
  for jar in "$root/$home"/lib/*.jar; do
    paths+=("/$home/lib/$(basename "$jar")")
  done
  cat >"$root/$home/conf/image.options" <<EOF
# 45 % of the container's memory limit leaves room for metaspace, code, threads and direct buffers
-XX:MaxRAMPercentage=45
-XX:AOTCache=/$home/lib/operator.aot
-cp $(IFS=:; echo "${paths[*]}")
EOF
}

runtime() {
  local wanted
  wanted=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps -q --print-module-deps \
    --class-path "$root/$home/lib/*" "$root/$home"/lib/*.jar | tr , '\n')
  wanted=$(grep -vxF "$(printf '%s\n' "${modules[@]}" "${modules_not_needed[@]}")" <<<"$wanted" || true)
  [ -z "$wanted" ] || fail "the jars refer to modules that $0 does not know: $wanted"
  "$JAVA_HOME/bin/jlink" --add-modules "$(IFS=,; echo "${modules[*]}")" --vm server --compress zip-9 \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output "$root/opt/java"
  # the class list is for another cache, jexec and the tools are for people with a shell
  rm "$root"/opt/java/lib/{classlist,jexec} "$root/opt/java/bin/keytool"
  find "$root/opt/java" -name '*.so' -exec strip --strip-unneeded {} +
}

# glibc is this machine's: the loader and the libraries that the runtime's programs and libraries name.
libc() {
  find "$root/opt/java" -type f \( -name java -o -name '*.so' \) -exec ldd {} + |
    awk '$3 ~ /^\/lib|^\/usr\/lib/ {print $3} $1 ~ /ld-linux/ {print $1}' | sort -u >"$work/libraries"
  local library
  while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done <"$work/libraries"
  mkdir -p "$root"/{dev,proc,sys,tmp,etc,var/run/secrets/kubernetes.io/serviceaccount}
  chmod 1777 "$root/tmp"
  echo 'operator:x:65532:65532::/:' >"$root/etc/passwd"
  echo 'operator:x:65532:' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  : >"$root/etc/hosts"
  : >"$root/etc/resolv.conf"
  cp -L /etc/os-release "$root/etc/os-release"
  libc_version=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
  # as distroless images do: a scanner then knows whose glibc it is
  if dpkg-query --status libc6 >/dev/null 2>&1; then
    mkdir -p "$root/var/lib/dpkg/status.d" "$root/usr/share/doc/libc6"
    dpkg-query --status libc6 | grep -v '^Conffiles\|^ /' >"$root/var/lib/dpkg/status.d/libc6"
    cp /usr/share/doc/libc6/copyright "$root/usr/share/doc/libc6/"
    # shellcheck disable=SC2016 # not a variable of the shell
    libc_version=$(dpkg-query --show --showformat='${Version}' libc6)
  fi
}

bill_of_materials() {
  program ImageBom $operator/target/sbom.json "$root" "$libc_version" "$output"
  cp "$output.sbom.json" "$root/$home/sbom.json"
  cp "$output.licences.txt" "$root/$home/licences.txt"
}

# The cache is valid for these times of the jars and of the runtime's modules.
set_times() { find "$root" -depth -exec touch --no-dereference --date="$created" {} +; }

# The operator's start is rehearsed, and the classes it loads are archived. They come from a list, sorted, and are
# dumped by one thread without a compiler: what a JVM records by itself (-XX:AOTCacheOutput) depends on timing.
aot_cache() {
  mkdir -p "$work/tmp"
  grep -v '^-XX:AOTCache' "$root/$home/conf/image.options" >"$work/tmp/uncached.options"
  local uncached=("@/$home/conf/jvm.options" @/tmp/uncached.options)
  program Rehearsal "$root" "$work/tmp" \
    /opt/java/bin/java "${uncached[@]}" -Xshare:off -XX:DumpLoadedClassList=/tmp/loaded.txt "$main"
  # Sorted, and without what differs from run to run: resolved constant pools (@cp), ids, who wins a race.
  {
    grep -v '^[#@]' "$work/tmp/loaded.txt" | cut -d' ' -f1 | sort -u
    grep '^@lambda' "$work/tmp/loaded.txt" | sort -u
  } | grep -vFf src/build-tools/src/main/image/by-chance.txt >"$work/tmp/classes.txt"
  in_root /opt/java/bin/java "${uncached[@]}" -Xint -Xshare:dump \
    -XX:SharedClassListFile=/tmp/classes.txt -XX:SharedArchiveFile=/tmp/operator.aot >"$work/dump.log" 2>&1 ||
    fail "no AOT cache: $(tail -5 "$work/dump.log")"
  install -m 644 "$work/tmp/operator.aot" "$root/$home/lib/operator.aot"
  set_times
  # 2: it has come as far as reading its settings, with a cache that must be used
  local variables=(RESYNC_INTERVAL=never) code=0
  in_root /opt/java/bin/java "@/$home/conf/jvm.options" "@/$home/conf/image.options" -XX:AOTMode=on "$main" >"$work/check.log" 2>&1 || code=$?
  [ $code -eq 2 ] || fail "the AOT cache is not used: $(tail -5 "$work/check.log")"
}

digest() { sha256sum "$1" | cut -d' ' -f1; }

# What is in these paths, and the directories that they are in.
entries() {
  local path
  find "$@"
  for path; do
    while path=$(dirname "$path") && [ "$path" != . ]; do echo "$path"; done
  done
}

layer() { # NAME PATH...: into the blobs; sets its two digests
  local file=$work/$1.tar
  tar --create --file "$file" --directory "$root" --format=ustar \
    --sort=name --owner=0 --group=0 --numeric-owner --mtime="$created" --no-recursion --files-from \
    <(cd "$root" && entries "${@:2}" | sort -u)
  diff_ids+=("$(digest "$file")")
  gzip --no-name -9 "$file"
  blob "$file.gz" application/vnd.oci.image.layer.v1.tar+gzip
  layers+=("$descriptor")
  paths+=("\"$blob\"")
}

blob() { # FILE TYPE: sets $blob, its path, and $descriptor
  local hash
  hash=$(digest "$1")
  blob=blobs/sha256/$hash
  descriptor="\"mediaType\":\"$2\",\"digest\":\"sha256:$hash\",\"size\":$(stat -c %s "$1")"
  mv "$1" "$layout/$blob"
}

archive() {
  layout=$work/layout
  mkdir -p "$layout/blobs/sha256"
  local diff_ids=() layers=() paths=() descriptor blob jar=$home/lib/connectwise-operator-$version.jar
  local architecture
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) fail "which architecture is $(uname -m)?" ;;
  esac
  # from what changes least often to what changes with every version
  layer runtime $(cd "$root" && find . -maxdepth 1 -mindepth 1 ! -name opt -printf '%P\n' | sort) opt/java
  layer libraries $(cd "$root" && find "$home/lib" -name '*.jar' ! -path "$jar" | sort)
  layer operator "$jar" "$home/conf" $(cd "$root" && find "$home" -maxdepth 1 -type f | sort) "$home/lib/operator.aot"

  cat >"$work/config" <<EOF
{"architecture":"$architecture","os":"linux","created":"$created","config":{"User":"$user","WorkingDir":"/",
"Env":["PATH=/opt/java/bin","LANG=C.UTF-8"],"ExposedPorts":{"8080/tcp":{}},
"Entrypoint":["/opt/java/bin/java","@/$home/conf/jvm.options","@/$home/conf/image.options","$main"],
"Labels":{"org.opencontainers.image.title":"connectwise-operator","org.opencontainers.image.version":"$version",
"org.opencontainers.image.licenses":"Apache-2.0"}},
"rootfs":{"type":"layers","diff_ids":[$(printf ',"sha256:%s"' "${diff_ids[@]}" | cut -c2-)]},
"history":[{"created":"$created","created_by":"runtime"},{"created":"$created","created_by":"libraries"},{"created":"$created","created_by":"operator"}]}
EOF
  blob "$work/config" application/vnd.oci.image.config.v1+json
  local config=$descriptor config_path=$blob
  printf '{"schemaVersion":2,"mediaType":"%s","config":{%s},"layers":[%s]}' application/vnd.oci.image.manifest.v1+json \
    "$config" "$(printf ',{%s}' "${layers[@]}" | cut -c2-)" >"$work/manifest"
  blob "$work/manifest" application/vnd.oci.image.manifest.v1+json
  printf '{"schemaVersion":2,"manifests":[{%s,"platform":{"architecture":"%s","os":"linux"},"annotations":{%s}}]}' \
    "$descriptor" "$architecture" "\"io.containerd.image.name\":\"docker.io/library/connectwise-operator:$version\",
\"org.opencontainers.image.ref.name\":\"$version\"" >"$layout/index.json"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
  # for docker load before version 25
  printf '[{"Config":"%s","RepoTags":["connectwise-operator:%s"],"Layers":[%s]}]' "$config_path" "$version" \
    "$(IFS=,; echo "${paths[*]}")" >"$layout/manifest.json"
  tar --create --file "$output.tar" --directory "$layout" --format=ustar --sort=name --owner=0 --group=0 \
    --numeric-owner --mtime="$created" blobs index.json manifest.json oci-layout
  echo "image: connectwise-operator:$version, $(du -sb "$root" | awk '{printf "%.1f", $1 / 1e6}') MB unpacked," \
    "manifest sha256:$(digest "$layout/${descriptor:+$blob}"), archive sha256:$(digest "$output.tar")"
}

[ "$(id -u)" = 0 ] || fail "mounting needs root or a user namespace: see the head of $0"
rm -rf "$work"
variables=()
distribution
runtime
libc
bill_of_materials
set_times
aot_cache
archive
