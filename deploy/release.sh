#!/usr/bin/env bash
# The steps of a release outside of the build. .github/workflows/release.yml and deploy/release-test.sh run the same ones.
#
#   release.sh check TAG                        refuses a tag that is not "v" and the version, or a CHANGELOG without that version
#   release.sh version                          the version: pom.xml is its only source
#   release.sh notes VERSION                    that version's section of CHANGELOG.md
#   release.sh tool NAME                        the path of actionlint, cosign, crane, grype, helm, krew, operator-verify or syft
#   release.sh layout LAYOUT PLATFORM           builds the image by Docker into an OCI layout
#   release.sh push LAYOUT REPOSITORY           pushes the image of an OCI layout by digest; prints the digest
#   release.sh index REPOSITORY TAG DIGEST...   joins images of several platforms under a tag; prints the digest
#   release.sh chart-metadata IMAGE             Chart.yaml with what only a release knows
#   release.sh chart REPOSITORY DIGEST FOLDER   packages the chart for that image into FOLDER; prints the file
#   release.sh push-chart FILE REPOSITORY       pushes it; prints its digest
#   release.sh manifest REPOSITORY DIGEST       deploy/install.yaml for that image
#   release.sh crds                             the CRDs in one file
#   release.sh olm REPOSITORY DIGEST FOLDER     archives the bundle of deploy/olm for that image into FOLDER; prints the file
#   release.sh artifacthub ID                   artifacthub-repo.yml; ID: what Artifact Hub's control panel shows of the repository
#   release.sh push-artifacthub FILE REPOSITORY pushes it to where Artifact Hub looks for that of a chart
#   release.sh sbom REPOSITORY DIGEST           the bill of materials that the image carries
#   release.sh sign REFERENCE                   signs an image or chart
#   release.sh attest TYPE FILE REFERENCE       attests FILE about it; TYPE as in cosign attest
#   release.sh sums FOLDER                      writes SHA256SUMS of FOLDER's files, and signs it
#   release.sh cli OS-ARCHITECTURE FOLDER       archives target/connectwise-operator with a Java runtime, for this machine; its name says OS-ARCHITECTURE
#   release.sh krew FOLDER                      the manifest by which Krew installs the archives in FOLDER
#
# SIGN_WITH           options of cosign's signing commands; none: keyless, by the identity of the run
# GITHUB_REPOSITORY   OWNER/REPOSITORY, for links in what is released and labels of the image
# MAINTAINER          "NAME <ADDRESS>" for catalogues; none: the owner of the repository, without an address
# HELM                another helm than the one built here
# JAVA_HOME           the JDK 25 that gives the runtime; none: one that is found in a usual place
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
chart=$root/charts/connectwise-operator
cache=${XDG_CACHE_HOME:-$HOME/.cache}/connectwise-operator/tools
read -ra sign_with <<<"${SIGN_WITH:-}"

# bash 3.2 has to understand this file: macOS packages the command line with it.

# Go modules at fixed versions, which the checksum database of Go vouches for
module() { # NAME
  case $1 in
    crane) echo github.com/google/go-containerregistry/cmd/crane@v0.21.8 ;;
    cosign) echo github.com/sigstore/cosign/v2/cmd/cosign@v2.6.5 ;;
    grype) echo github.com/anchore/grype/cmd/grype@v0.121.3 ;;
    syft) echo github.com/anchore/syft/cmd/syft@v1.57.1 ;;
    actionlint) echo github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 ;;
    helm) echo helm.sh/helm/v3/cmd/helm@v3.21.4 ;;
    krew) echo sigs.k8s.io/krew/cmd/krew@v0.4.3 ;;
    operator-verify) echo github.com/operator-framework/api/cmd/operator-verify@v0.34.0 ;;
    *) fail "which tool is $1?" ;;
  esac
}

fail() {
  echo "release: $*" >&2
  exit 1
}

version() { awk -F '[<>]' '/<version>/ { print $3; exit }' "$root/pom.xml"; }

check() { # TAG
  [ "$1" = "v$(version)" ] || fail "the tag is $1, the version of pom.xml is $(version): tag it v$(version), or change pom.xml first"
  notes "$(version)" >/dev/null
}

# Links are relative to the repository; beside a release they have to say which.
notes() { # VERSION
  local text links=
  text=$(awk -v heading="## [$1]" 'index($0, "## [") == 1 { found = index($0, heading) == 1; next } found' "$root/CHANGELOG.md" |
    sed -e '/./,$!d')
  [ -n "$text" ] || fail "CHANGELOG.md has nothing under ## [$1]: give the section Unreleased that heading, and its date"
  [ -z "${GITHUB_REPOSITORY:-}" ] || links=${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/blob/v$1/
  sed -E "s|\]\(([A-Za-z][A-Za-z0-9._/-]*[)#])|](${links}\1|g" <<<"$text"
}

tool() { # NAME
  local module file
  module=$(module "$1")
  if [ "$1" = helm ] && [ -n "${HELM:-}" ]; then
    command -v "$HELM" || fail "HELM is $HELM, which cannot be run"
    return
  fi
  file=$cache/$1-${module##*@}/$1
  if [ ! -x "$file" ]; then
    command -v go >/dev/null ||
      fail "$1 is needed: put it at $file, or install Go (https://go.dev/dl), which builds it: go install $module"
    echo "release: building $1 ${module##*@} with Go, once; cosign, grype, syft and helm take up to ten minutes" >&2
    mkdir -p "${file%/*}"
    GOBIN=${file%/*} GOFLAGS=-mod=mod CGO_ENABLED=0 go install -trimpath -ldflags "-s -w" "$module" >&2
  fi
  echo "$file"
}

crane() { "$(tool crane)" "$@"; }
cosign() { "$(tool cosign)" "$@"; }
helm() { "$(tool helm)" "$@"; }

# Into a layout, since the digest in it is the registry's; without attestations of BuildKit, which would make it an index.
layout() { # LAYOUT PLATFORM
  local builder=connectwise-operator arguments=(--build-arg "VERSION=$(version)")
  docker buildx inspect "$builder" >/dev/null 2>&1 ||
    docker buildx create --name "$builder" --driver docker-container --driver-opt \
      image=moby/buildkit:v0.25.0@sha256:faffcac91decfb3b981234bf2762d88ed6c90771b689a3d8a5049cd0e874759a >/dev/null
  if [ -n "${GITHUB_REPOSITORY:-}" ]; then
    arguments+=(--build-arg "SOURCE=${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY" --build-arg "REVISION=${GITHUB_SHA:-$(git -C "$root" rev-parse HEAD)}")
  fi
  docker buildx build "$root" --builder "$builder" --platform "$2" --provenance=false --sbom=false "${arguments[@]}" \
    --output "type=oci,tar=false,dest=$1"
}

push() { # LAYOUT REPOSITORY
  local digest
  digest=$(jq -er 'if (.manifests | length) == 1 then .manifests[0].digest else error("not one image") end' "$1/index.json") ||
    fail "$1 is no OCI layout of one image"
  crane push "$1" "$2@$digest" >/dev/null
  [ "$(crane digest "$2@$digest")" = "$digest" ] || fail "the registry has another digest than $digest"
  echo "$digest"
}

index() { # REPOSITORY TAG DIGEST...
  local repository=$1 tag=$2 images=()
  for digest in "${@:3}"; do images+=(--manifest "$repository@$digest"); done
  crane index append "${images[@]}" --tag "$repository:$tag" >/dev/null
  crane digest "$repository:$tag"
}

chart() { # REPOSITORY DIGEST FOLDER
  local work repository=${1#*/}
  work=$(mktemp -d)
  cp -r "$chart" "$work/"
  sed -i "/^image:/,/^[a-z]*:/ {
    s|^  registry: .*|  registry: \"${1%%/*}\"|
    s|^  repository: .*|  repository: $repository|
    s|^  digest: .*|  digest: \"$2\"|
  }" "$work/connectwise-operator/values.yaml"
  chart_metadata "$1@$2" >"$work/connectwise-operator/Chart.yaml"
  helm template x "$work/connectwise-operator" --kube-version 1.30.0 --set settings.clusterName=x | grep -F "image: $1@$2" >/dev/null ||
    fail "the chart does not name $1@$2"
  helm package "$work/connectwise-operator" --destination "$3" >/dev/null
  rm -r "$work"
  echo "$3/connectwise-operator-$(version).tgz"
}

# Its annotations come last. JSON is YAML. There is no key to name for the signature: it is keyless (SECURITY.md).
chart_metadata() { # IMAGE
  local changes source= links=
  if [ -n "${GITHUB_REPOSITORY:-}" ]; then
    source=$(source_url)
    links=$(link documentation "$source/blob/v$(version)/docs/README.md"
      link support "$source/issues"
      link "signature, bill of materials and provenance" "$source/blob/v$(version)/SECURITY.md#verify-a-release")
  fi
  links=$links awk '{ print } /^  artifacthub.io\/links:/ && ENVIRON["links"] { print ENVIRON["links"] }' "$chart/Chart.yaml"
  printf '  artifacthub.io/images: |\n    [{name: operator, image: "%s", platforms: [linux/amd64, linux/arm64]}]\n' "$1"
  changes=$({ (notes "$(version)" 2>/dev/null) || true; } | changes)
  [ "$changes" = "[]" ] || printf '  artifacthub.io/changes: |\n    %s\n' "$changes"
  [[ $changes != *'"kind":"security"'* ]] || echo '  artifacthub.io/containsSecurityUpdates: "true"'
  [[ $(version) != *-* ]] || echo '  artifacthub.io/prerelease: "true"'
  [ -z "$source" ] || printf 'home: %s\nsources: [%s]\nicon: %s\nmaintainers: %s\n' \
    "$source" "$source" "$source/raw/v$(version)/docs/icon.svg" "$(maintainers)"
}

link() { printf '    - name: %s\n      url: %s\n' "$1" "$2"; } # NAME URL

maintainers() {
  jq -cn --arg who "${MAINTAINER:-${GITHUB_REPOSITORY%%/*}}" --arg url "$(dirname "$(source_url)")" \
    '[$who | (capture("^(?<name>.*[^ ]) *<(?<email>[^<> ]+@[^<> ]+)>$") // {name: ., url: $url})]'
}

# The points of a section of CHANGELOG.md under the headings that Artifact Hub knows.
changes() {
  awk '/^#/ { kind = tolower($2) }
    !/^  [^ ]/ { if (point) print of "\t" point; point = "" }
    /^- / { of = kind; point = substr($0, 3) }
    /^  [^ ]/ && point { sub(/^ +/, ""); point = point " " $0 }
    END { if (point) print of "\t" point }' |
    sed -E 's|\[([^]]*)\]\([^)]*\)|\1|g' |
    jq -Rcn '[inputs | split("\t") | {kind: .[0], description: .[1]} |
      select(.kind | IN("added", "changed", "deprecated", "removed", "fixed", "security"))]'
}

push_chart() { # FILE REPOSITORY
  local how=()
  case $2 in 127.0.0.1:*) how=(--plain-http) ;; esac
  helm push "$1" "oci://$2" "${how[@]}" >&2
  crane digest "$2/connectwise-operator:$(version)"
}

manifest() { # REPOSITORY DIGEST
  local image
  image="image: connectwise-operator:$(version)"
  [ "$(grep -c "$image\$" "$root/deploy/install.yaml")" = 1 ] || fail "deploy/install.yaml does not have one line: $image"
  sed "s|$image\$|image: $1@$2|" "$root/deploy/install.yaml"
}

crds() {
  local file
  for file in "$root"/crds/*.yaml; do
    echo ---
    cat "$file"
  done
}

# For catalogues, which take a bundle by a pull request with its files.
olm() { # REPOSITORY DIGEST FOLDER
  local work name file image source
  name=connectwise-operator-$(version)-olm
  work=$(mktemp -d)
  cp -r "$root/deploy/olm" "$work/$name"
  file=$work/$name/manifests/connectwise-operator.clusterserviceversion.yaml
  image="connectwise-operator:$(version)"
  [ "$(grep -c ": $image\$" "$file")" = 3 ] || fail "$file does not name $image three times"
  sed -i "s|: $image\$|: $1@$2|" "$file"
  if [ -n "${GITHUB_REPOSITORY:-}" ]; then
    source=$(source_url)
    sed -i "s|^    capabilities: .*|&\n    repository: $source\n    support: $source/issues|" "$file"
  fi
  # OLM takes a maintainer with an address only
  [ -z "${MAINTAINER:-}" ] || echo "  maintainers: $(maintainers)" >>"$file"
  mkdir -p "$3"
  tar -czf "$3/$name.tar.gz" -C "$work" "$name"
  rm -r "$work"
  echo "$3/$name.tar.gz"
}

artifacthub() { # ID
  [[ $1 =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || fail "$1 is not the id of a repository on Artifact Hub"
  echo "repositoryID: $1"
  # who may claim the repository; Artifact Hub compares addresses
  [ -z "${MAINTAINER:-}" ] || echo "owners: $(maintainers)"
}

# A manifest of that one file, with the types that Artifact Hub asks for.
push_artifacthub() { # FILE REPOSITORY
  local layout type=application/vnd.cncf.artifacthub manifest=application/vnd.oci.image.manifest.v1+json digest
  layout=$(mktemp -d)
  mkdir -p "$layout/blobs/sha256"
  echo '{"imageLayoutVersion": "1.0.0"}' >"$layout/oci-layout"
  jq -cn --argjson config "$(blob "$layout" "$type.config.v1+yaml" <<<'{}')" \
    --argjson layer "$(blob "$layout" "$type.repository-metadata.layer.v1.yaml" <"$1")" --arg type "$manifest" \
    '{schemaVersion: 2, mediaType: $type, config: $config, layers: [$layer]}' >"$layout/manifest"
  jq -cn --argjson manifest "$(blob "$layout" "$manifest" <"$layout/manifest")" '{schemaVersion: 2, manifests: [$manifest]}' >"$layout/index.json"
  digest=$(push "$layout" "$2")
  crane tag "$2@$digest" artifacthub.io >&2
  rm -r "$layout"
  echo "$digest"
}

# Standard input becomes a blob of the layout; prints its descriptor.
blob() { # LAYOUT TYPE
  local digest
  cat >"$1/blob"
  digest=$(sha256 "$1/blob")
  jq -cn --arg type "$2" --arg digest "sha256:$digest" --argjson size "$(wc -c <"$1/blob")" '{mediaType: $type, digest: $digest, size: $size}'
  mv "$1/blob" "$1/blobs/sha256/$digest"
}

sbom() { # REPOSITORY DIGEST
  crane export "$1@$2" - | tar -xO --wildcards '*/connectwise-operator/*.cdx.json' 2>/dev/null |
    jq -e 'select(.bomFormat == "CycloneDX")' || fail "$1@$2 has no bill of materials"
}

# One format for all of it: once an image has one bundle, and the platform's provenance is one, cosign looks for nothing else.
sign() { cosign sign --yes --new-bundle-format "${sign_with[@]}" "$1"; } # REFERENCE

attest() { cosign attest --yes --new-bundle-format "${sign_with[@]}" --type "$1" --predicate "$2" "$3"; } # TYPE FILE REFERENCE

sums() { # FOLDER
  cd "$1"
  find . -maxdepth 1 -type f ! -name 'SHA256SUMS*' -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
  cosign sign-blob --yes --new-bundle-format "${sign_with[@]}" --bundle SHA256SUMS.sigstore.json SHA256SUMS >/dev/null
}

# A runtime of the modules that the jars name, so that no Java has to be installed.
cli() { # OS-ARCHITECTURE FOLDER
  local work name home modules
  . "$root/.mvn/find-jdk.sh"
  find_jdk25 || exit 1
  name=connectwise-operator-$(version)-$1
  work=$(mktemp -d)
  home=$work/$name
  cp -r "$root/target/connectwise-operator" "$home"
  cp "$root/LICENSE" "$home/"
  modules=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps -q --print-module-deps \
    --class-path "$home/lib/*" "$home"/lib/*.jar)
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --compress zip-0 --output "$work/runtime"
  # Krew refuses an archive with links, and jlink makes them of equal licences
  cp -RL "$work/runtime" "$home/runtime"
  aot_cache "$home" "$work"
  mkdir -p "$2"
  # or macOS adds a file ._NAME for each with attributes
  COPYFILE_DISABLE=1 tar -czf "$2/$name.tar.gz" -C "$work" "$name"
  rm -r "$work"
}

# What the commands load is archived, so that they start in a fraction of a second. Each run lists its classes and one dump
# takes them all, since -XX:AOTCacheOutput would archive those of one command.
aot_cache() { # HOME WORK
  local run=0 command times
  times=$(sed -n 's|.*<project.build.outputTimestamp>\(....\)-\(..\)-\(..\)T\(..\):\(..\).*|\1\2\3\4\5|p' "$root/pom.xml")
  TZ=UTC touch -t "$times" "$1"/lib/*.jar
  for command in "explain AwaitingOutcome" explain "plan $root/deploy/samples" "completion bash" version --help; do
    run=$((run + 1))
    # shellcheck disable=SC2086 # words
    JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=$2/loaded.$run" "$1/bin/kubectl-cwi" $command >/dev/null
  done
  # the commands that read a cluster
  JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=$2/loaded.why" "$JAVA_HOME/bin/java" \
    -cp "$root/src/build-tools/target/classes:$root/src/simulator/target/classes:$1/lib/*" \
    io.cloudelements.connectwise.image.CommandRehearsal "$1/bin/kubectl-cwi" >/dev/null
  # without what differs from run to run: ids, resolved constant pools (@cp), classes that only a lost race loads
  cat "$2"/loaded.* | grep -v '^#' | grep -v '^@cp' | grep -v 'netty/bootstrap/AbstractBootstrap\$' | sed 's/ id: .*//' | LC_ALL=C sort -u >"$2/classes"
  JAVA_OPTS="-Xshare:dump -XX:SharedClassListFile=$2/classes -XX:SharedArchiveFile=$2/commands.aot" \
    "$1/bin/kubectl-cwi" version >/dev/null
  mv "$2/commands.aot" "$1/lib/"
  JAVA_OPTS=-XX:AOTMode=on "$1/bin/kubectl-cwi" version >/dev/null || fail "the AOT cache does not fit"
  echo "$times" >"$1/lib/times"
}

krew() { # FOLDER
  local version source platform archive
  version=$(version)
  source=$(source_url)
  cat <<EOF
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: cwi
spec:
  version: v$version
  homepage: $source
  shortDescription: Check, explain and adopt ConnectWise instances
  description: |
    Works with ConnectWiseInstance resources of the ConnectWise operator for Cloud Elements:
    plan checks manifests offline as the API server and the operator do, and shows the request that would be sent;
    explain says what a condition's reason means and what to do;
    export writes manifests that adopt instances which people made;
    orphans reports instances without a resource.
  platforms:
EOF
  for platform in linux-amd64 linux-arm64 darwin-amd64 darwin-arm64; do
    archive=connectwise-operator-$version-$platform.tar.gz
    [ -f "$1/$archive" ] || fail "$1 has no $archive"
    cat <<EOF
    - selector:
        matchLabels:
          os: ${platform%-*}
          arch: ${platform#*-}
      uri: $source/releases/download/v$version/$archive
      sha256: $(sha256 "$1/$archive")
      bin: ${archive%.tar.gz}/bin/kubectl-cwi
EOF
  done
}

source_url() {
  [ -n "${GITHUB_REPOSITORY:-}" ] || fail "GITHUB_REPOSITORY is not set: whose release is it?"
  echo "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY"
}

# macOS has the second
sha256() { { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1; } # FILE

case ${1:-} in
  check | version | notes | tool | layout | push | index | chart | manifest | crds | olm | artifacthub | sbom | sign | attest | sums | cli | krew) "$@" ;;
  chart-metadata | push-artifacthub | push-chart) "${1/-/_}" "${@:2}" ;;
  *) sed -n '/^#   release/s/^# *//p' "$0" >&2; exit 2 ;;
esac
