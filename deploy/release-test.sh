#!/usr/bin/env bash
# A release on this machine's loopback, by the steps of .github/workflows/release.yml (deploy/release.sh): registry, image, index, chart,
# signatures, bill of materials, provenance, files; then everything is verified by the commands of SECURITY.md. With the
# one-node cluster it is installed from that registry, until a sample is Ready.
#
#   deploy/release-test.sh LAYOUT
#
# LAYOUT  an OCI layout of the image, as "deploy/release.sh layout" or buildah makes it
# NODE    the program that starts the one-node cluster (deploy/one-node.sh); without it that part is left out
# HELM    see deploy/release.sh
#
# What differs from a release: it is signed with a key pair instead of the identity of a run; the image of the second platform is the
# first one under another label; and the statement of provenance, which the platform writes, is a stand-in.
# Needs jq, curl, and Go for the tools that are not cached yet (deploy/release.sh tool NAME).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
layout=$(realpath "${1:?usage: deploy/release-test.sh LAYOUT (see the head of this file)}")
work=$(mktemp -d)
. "$root/deploy/one-node.sh"
trap clean_up EXIT

release() { "$root/deploy/release.sh" "$@" 2>>"$work/release.log"; }

refused() { # WHAT REASON COMMAND...
  if "${@:3}" >"$work/refused.log" 2>&1; then fail "$1 is accepted"; fi
  grep -qE "$2" "$work/refused.log" || fail "$1 is refused for another reason: $(tail -2 "$work/refused.log")"
}

for tool in jq curl; do command -v $tool >/dev/null || fail "$tool is needed"; done
declare -A tools
for tool in crane cosign syft helm; do tools[$tool]=$("$root/deploy/release.sh" tool $tool); done
crane=${tools[crane]}
crane() { "$crane" "$@"; }
cosign() { "${tools[cosign]}" "$@"; }
helm() { "${tools[helm]}" "$@"; }
# nothing of the user's: logins, settings, trust
export DOCKER_CONFIG=$work/docker HELM_CONFIG_HOME=$work/helm HELM_CACHE_HOME=$work/helm HELM_DATA_HOME=$work/helm
export TUF_ROOT=$work/tuf COSIGN_PASSWORD='' SYFT_CHECK_FOR_APP_UPDATE=false
mkdir -p "$DOCKER_CONFIG" "$work/registry" "$work/files"
# links of what is released lead there
export GITHUB_REPOSITORY=owner/repository MAINTAINER="A Maintainer <maintainer@example.com>"
SECONDS=0

# not by the function: its process would be a shell's, and the registry would outlive it
"$crane" registry serve --address 127.0.0.1:0 --disk "$work/registry" >"$work/registry.log" 2>&1 &
pids+=($!)
until port=$(grep -oE 'serving on port [0-9]+' "$work/registry.log" | grep -oE '[0-9]+$'); do
  kill -0 "${pids[0]}" 2>/dev/null || fail "no registry: $(cat "$work/registry.log")"
done
version=$(release version)
repository=127.0.0.1:$port/owner/repository
step "an empty registry on port $port"

digest=$(release push "$layout" "$repository")
same "digest of the image" "$(jq -r '.manifests[0].digest' "$layout/index.json")" "$digest"
platform=$(crane config "$repository@$digest" | jq -r .architecture)
other=$([ "$platform" = arm64 ] && echo amd64 || echo arm64)
relabelled=$(crane mutate "$repository@$digest" --set-platform "linux/$other" --tag "$repository:relabelled" 2>>"$work/release.log")
index=$(release index "$repository" "$version" "$digest" "${relabelled##*@}")
same "platforms of the index" "$platform $other" "$(crane manifest "$repository:$version" | jq -r '[.manifests[].platform.architecture] | join(" ")')"
same "image of this platform" "$digest" "$(crane digest --platform "linux/$platform" "$repository:$version")"
step "image $digest, in index $index with $other"

archive=$(release chart "$repository" "$index" "$work/files")
chart_digest=$(release push-chart "$archive" "$repository/charts" 2>>"$work/helm.log")
helm pull "oci://$repository/charts/connectwise-operator" --version "$version" --plain-http --destination "$work" >/dev/null 2>>"$work/helm.log"
cmp "$archive" "$work/$(basename "$archive")" || fail "the chart that is pulled is another"
helm show values "$work/$(basename "$archive")" | grep -qF "$index" || fail "the chart does not name the index"
helm show chart "$archive" >"$work/Chart.yaml" 2>>"$work/helm.log"
for part in "image: \"$repository@$index\"" "icon: https://github.com/owner/repository/raw/v$version/docs/icon.svg" "email: maintainer@example.com"; do
  grep -qF "$part" "$work/Chart.yaml" || fail "Chart.yaml has no $part"
done
step "chart $chart_digest, pulled again"

release artifacthub 00000000-0000-4000-8000-000000000000 >"$work/artifacthub-repo.yml"
release push-artifacthub "$work/artifacthub-repo.yml" "$repository/charts/connectwise-operator" >"$work/artifacthub.digest"
layer=$(crane manifest "$repository/charts/connectwise-operator:artifacthub.io" |
  jq -r '.layers[] | select(.mediaType == "application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml") | .digest')
crane blob "$repository/charts/connectwise-operator@$layer" | cmp - "$work/artifacthub-repo.yml" || fail "Artifact Hub finds another file"
bundle=$(release olm "$repository" "$index" "$work/files")
same "places of the image in the bundle" 3 \
  "$(tar -xzOf "$bundle" --wildcards '*/manifests/*.clusterserviceversion.yaml' | grep -cF "$repository@$index")"
step "what Artifact Hub reads of the chart's repository, and the bundle for OLM"

cd "$work"
cosign generate-key-pair >/dev/null 2>&1
cosign generate-key-pair --output-key-prefix stranger >/dev/null 2>&1
export SIGN_WITH="--key $work/cosign.key --tlog-upload=false"
# without any authority, so that cosign does not ask the public one
cosign trusted-root create --out root.json
trust=(--new-bundle-format --insecure-ignore-tlog --trusted-root root.json)
commands=$(awk '/^```sh release$/ { found = 1; next } /^```$/ { found = 0 } found' "$root/SECURITY.md")
[ "$(grep -c . <<<"$commands")" -ge 7 ] || fail "SECURITY.md has no commands to verify a release"
as_written() { # KEY COMMANDS: in a shell of their own, which ends with the first that fails
  (cd files && PATH=${tools[cosign]%/*}:$PATH image=$image chart=$chart \
    bash -euc "signer=(--key ../$1 --insecure-ignore-tlog --trusted-root ../root.json)"$'\n'"$2")
}
image=$repository:$version chart=$repository/charts/connectwise-operator:$version
refused "an image without a signature" "no valid bundles" cosign verify --key cosign.pub "${trust[@]}" "$image"
release sign "$repository@$index" >>cosign.log 2>&1
release sign "$repository/charts/connectwise-operator@$chart_digest" >>cosign.log 2>&1
# before anything is attested: cosign takes an attestation by the same signer for a signature too
as_written cosign.pub "$(grep '^cosign verify ' <<<"$commands")" >verify.log 2>&1 || fail "not signed: $(tail -5 verify.log)"
sbom=files/connectwise-operator-$version-linux-$platform.cdx.json
release sbom "$repository" "$digest" >"$sbom"
release attest cyclonedx "$sbom" "$repository@$index" >>cosign.log 2>&1
cat >provenance.json <<EOF
{"buildDefinition": {"buildType": "https://actions.github.io/buildtypes/workflow/v1", "externalParameters": {}},
 "runDetails": {"builder": {"id": "release-test.sh"}}}
EOF
for subject in "$repository@$index" "$repository/charts/connectwise-operator@$chart_digest"; do
  release attest slsaprovenance1 provenance.json "$subject" >>cosign.log 2>&1
done
release manifest "$repository" "$index" >files/install.yaml
release crds >files/crds.yaml
cp "$root/deploy/namespace.yaml" "$root/deploy/protect-crd.yaml" files
release notes "$(awk -F '[][]' '/^## \[/ { print $2; exit }' "$root/CHANGELOG.md")" >notes.md
release sums files >>cosign.log 2>&1
step "signed and attested: image, chart, bill of materials, provenance, $(wc -l <files/SHA256SUMS) files"

as_written cosign.pub "$commands" >verify.log 2>&1 || fail "SECURITY.md: $(tail -5 verify.log)"
step "verified by the commands of SECURITY.md"

strangers=0
while read -r command; do
  [[ $command == cosign* ]] || continue
  refused "by a stranger's key: $command" "could not verify|invalid signature" as_written stranger.pub "$command"
  strangers=$((strangers + 1))
done <<<"$commands"
same "commands that refuse a stranger" 6 $strangers
cp -r files changed
echo "# changed" >>changed/install.yaml
refused "a changed file" "install.yaml: FAILED" sh -c 'cd changed && sha256sum --check --ignore-missing SHA256SUMS'
step "refused: a stranger's key, a changed file, an image without a signature"

# Both ways, by name and version: what the bill of materials lists is in the jars, and no jar is in the image that it does not list (but the
# operator's own and the JDK's). Syft looks into the jars; it does not read the bill of materials by itself.
SYFT_REGISTRY_INSECURE_USE_HTTP=true "${tools[syft]}" scan "registry:$repository@$digest" --quiet --output syft-json=found.json
jq -r '.components[]? | select(.purl // "" | startswith("pkg:maven/")) | "\(.name) \(.version)"' "$sbom" | sort -u >listed.txt
jq -r '.artifacts[] | select(.type == "java-archive") | "\(.name) \(.version)"' found.json | sort -u >found.txt
jq -r '.artifacts[] | select(.type == "java-archive" and (.metadata.virtualPath // "" | test(":|/jrt-fs.jar$|/connectwise-operator-[^/]*.jar$") | not))
  | "\(.name) \(.version)"' found.json | sort -u >jars.txt
[ -s listed.txt ] || fail "the bill of materials lists no library"
[ -s jars.txt ] || fail "syft finds no jar in the image"
for difference in "not found by syft:$(comm -23 listed.txt found.txt)" "not in the bill of materials:$(comm -13 listed.txt jars.txt)"; do
  [ -z "${difference#*:}" ] || fail "$difference"
done
step "syft finds the $(wc -l <listed.txt) libraries of the bill of materials, and no other jar"

if [ ! -x "$node" ]; then
  step "passed; not installed, as there is no one-node cluster at $node"
  exit 0
fi

node_up
# The node's loopback is its own: a second registry there, with the same index.
crane pull --format=oci "$repository:$version" "$work/index" 2>/dev/null
node_registry "$port"
in_node "$crane" push "$work/index" "$repository:$version" >>node-registry.log 2>&1
same "digest in the node's registry" "$index" "$(in_node "$crane" digest "$repository:$version")"
node_simulator
step "a node with an empty image store, the registry and the simulator"

helm install connectwise-operator "oci://$repository/charts/connectwise-operator" --version "$version" --plain-http \
  --namespace connectwise-operator --create-namespace --wait --timeout 3m --set settings.clusterName=release-test \
  --set "settings.cloudElementsBaseUrl=$base_url" --set-json "settings.cloudElementsAllowedBaseUrls=[\"$base_url\"]" >helm-install.log 2>&1 ||
  fail "helm install: $(tail -3 helm-install.log; kubectl get pods -A)"
same "digest that the node runs" "$repository@$index" \
  "$(kubectl -n connectwise-operator get pods -o jsonpath='{.items[0].status.containerStatuses[0].imageID}')"
step "installed from the registry, Available"

kubectl apply -f "$root/deploy/samples/namespace.yaml" -f "$root/deploy/samples/helpdesk.yaml" >/dev/null
kubectl -n integrations wait cwi/acme-helpdesk --for=condition=Ready --timeout=2m >/dev/null || fail "the sample is not Ready"
step "passed: the sample is Ready"
