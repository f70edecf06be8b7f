#!/usr/bin/env bash
# An upgrade from one version to another and back, on the one-node cluster with resources in place: by Helm from a registry, by
# kustomize, and by plain files. Each is removed at the end and installed again. All of it must write to no resource and no
# token Secret, and make no call to the service; a check that is asked for must find nothing to change.
#
#   deploy/upgrade-test.sh OLD OLD_LAYOUT NEW_LAYOUT
#
# OLD         a checkout of the older version: git worktree add ../old v0.1.0
# OLD_LAYOUT  an OCI layout of its image, as "deploy/release.sh layout" or buildah makes it
# NEW_LAYOUT  the same of this checkout
# NODE        the program that starts the one-node cluster (deploy/one-node.sh); without it there is no test
# HELM        see deploy/release.sh
# WAYS        only some of them: "helm kustomize files"
#
# Needs jq and curl.
set -euo pipefail

usage="usage: deploy/upgrade-test.sh OLD OLD_LAYOUT NEW_LAYOUT (see the head of this file)"
root=$(cd "$(dirname "$0")/.." && pwd)
declare -A checkout=([old]=$(realpath "${1:?$usage}") [new]=$root)
declare -A layout=([old]=$(realpath "${2:?$usage}") [new]=$(realpath "${3:?$usage}"))
declare -A digest version
work=$(mktemp -d)
. "$root/deploy/one-node.sh"
trap clean_up EXIT
[ -x "$node" ] || fail "there is no one-node cluster at $node"

repository=127.0.0.1:5000/owner/repository
chart=oci://$repository/charts/connectwise-operator
name=connectwise-operator
crd=connectwiseinstances.cloudelements.io
crane=$("$root/deploy/release.sh" tool crane)
helm_program=$("$root/deploy/release.sh" tool helm)
export HELM_CONFIG_HOME=$work/helm HELM_CACHE_HOME=$work/helm HELM_DATA_HOME=$work/helm
SECONDS=0

# where the registry is
helm() {
  in_node "$helm_program" "$@" --namespace $name --kubeconfig "$work/node/etc/admin.kubeconfig" >>"$work/helm.log" 2>&1 ||
    fail "helm $1: $(tail -3 "$work/helm.log")"
}
in_cluster() { kubectl "$@" >>"$work/kubectl.log" 2>&1 || fail "kubectl $*: $(tail -3 "$work/kubectl.log")"; }

# What is to be installed of a version, for each way. No check of a resource is due within a day.
prepare() { # SIDE
  local side=$1 from=${checkout[$1]} to=$work/$1 archive
  mkdir -p "$to/deploy" "$to/overlay"
  version[$side]=$("$from/deploy/release.sh" version)
  digest[$side]=$(in_node "$from/deploy/release.sh" push "${layout[$side]}" "$repository" 2>>"$work/release.log")
  archive=$("$from/deploy/release.sh" chart "$repository" "${digest[$side]}" "$to" 2>>"$work/release.log")
  in_node "$from/deploy/release.sh" push-chart "$archive" "$repository/charts" >>"$work/release.log" 2>&1
  cp -r "$from/crds" "$to/"
  cp "$from"/deploy/{install,kustomization,namespace}.yaml "$to/deploy/"
  cat >"$to/environment" <<YAML
            - name: CLUSTER_NAME
              value: upgrade-test
            - name: CLOUD_ELEMENTS_BASE_URL
              value: $base_url
            - name: CLOUD_ELEMENTS_ALLOWED_BASE_URLS
              value: $base_url
            - name: RESYNC_INTERVAL
              value: 24h
YAML
  "$from/deploy/release.sh" manifest "$repository" "${digest[$side]}" |
    awk -v file="$to/environment" '{ print } /^          env:$/ { while ((getline line <file) > 0) print line }' >"$to/install.yaml"
  cat >"$to/overlay/kustomization.yaml" <<YAML
resources: [../deploy]
images: [{name: $name, newName: $repository, digest: "${digest[$side]}"}]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: $name, namespace: $name}
      spec:
        template:
          spec:
            containers:
              - name: operator
                env:
$(sed 's/^/      /' "$to/environment")
YAML
}

helm_install() {
  helm install $name "$chart" --version "${version[$1]}" --plain-http --create-namespace --wait --timeout 3m \
    --set settings.clusterName=upgrade-test --set settings.resyncInterval=24h --set "settings.cloudElementsBaseUrl=$base_url" \
    --set-json "settings.cloudElementsAllowedBaseUrls=[\"$base_url\"]"
}
helm_upgrade() {
  helm upgrade $name "$chart" --version "${version[$1]}" --plain-http --reset-then-reuse-values --wait --timeout 3m
  helm_definition "$1"
}
helm_back() {
  helm rollback $name --wait --timeout 3m
  helm_definition "$1"
}
helm_remove() { helm uninstall $name --wait --timeout 2m; }
helm_definition() { # the chart brings its own
  same "version of the CRD" "${version[$1]}" "$(kubectl get crd $crd -o jsonpath='{.metadata.labels.app\.kubernetes\.io/version}')"
}

kustomize_install() {
  in_cluster apply --server-side -f "$work/$1/crds" -f "$work/$1/deploy/namespace.yaml"
  in_cluster apply --server-side -k "$work/$1/overlay"
}
kustomize_upgrade() { kustomize_install "$1"; }
kustomize_back() { kustomize_install "$1"; }
kustomize_remove() { in_cluster delete -k "$work/$1/overlay"; }

files_install() {
  in_cluster apply --server-side -f "$work/$1/crds" -f "$work/$1/deploy/namespace.yaml"
  in_cluster apply --server-side -f "$work/$1/install.yaml"
}
files_upgrade() { files_install "$1"; }
files_back() { files_install "$1"; }
files_remove() { in_cluster delete -f "$work/$1/install.yaml"; }

# That the only pod is of this version, leads, and has reconciled every resource. What it does besides comes before that.
served() { # SIDE
  local deadline=$((SECONDS + 180))
  until reconciled "$1"; do
    [ $SECONDS -lt $deadline ] || fail "not served by ${version[$1]}: $(kubectl get pods -A)"
    sleep 0.5
  done
}
reconciled() { # SIDE
  local pods resources
  pods=$(kubectl -n $name get pods -o jsonpath='{range .items[*]}{.status.containerStatuses[0].imageID} {.status.podIP}{"\n"}{end}')
  resources=$(kubectl get cwi -A -o name | wc -l)
  [[ $pods == "$repository@${digest[$1]} "+([0-9.]) ]] || return 1
  in_node curl -sf "http://${pods#* }:8080/metrics" |
    awk -v resources="$resources" '/^operator_sdk_reconciliations_success_total/ { sum += $NF } END { exit !(sum >= resources) }'
}

# Every resource and Secret with its version, and the calls that the service has seen.
traces() {
  kubectl get cwi,secrets -n integrations -o jsonpath='{range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\n"}{end}'
  in_node curl -sf "$simulator/journal/counts"
}
unchanged() { # WHAT
  alike "$1 is noticed" "$before" "$(traces)"
  step "$1: nothing written, nothing called"
}
alike() { # WHAT-OTHERWISE BEFORE AFTER
  [ "$2" = "$3" ] || fail "$1:
$(diff <(echo "$2") <(echo "$3"))"
}
# A full check of every resource, which is asked for, finds nothing that this version would have otherwise.
checked() { # SIDE
  local states request=$way-$1
  states=$(states)
  in_cluster annotate cwi --all -n integrations --overwrite cloudelements.io/reconcile-requested-at="$request"
  in_cluster wait cwi --all -n integrations --for=jsonpath='{.status.lastHandledReconcileAt}'="$request" --timeout=1m
  alike "$way: a check by ${version[$1]} finds a difference" "$states" "$(states)"
  before=$(traces)
  step "$way: ${version[$1]} checks every resource, and finds nothing to change"
}
# Each resource's status, each Secret's version, and the calls that change something.
states() {
  kubectl get cwi -n integrations -o json | jq -c '.items[] | [.metadata.name, (.status | del(.lastHandledReconcileAt))]'
  kubectl get secrets -n integrations -o jsonpath='{range .items[*]}{.metadata.name} {.metadata.resourceVersion}{"\n"}{end}'
  in_node curl -sf "$simulator/journal/counts" | jq -c 'with_entries(select(.key | test("^(POST|PUT|PATCH|DELETE)_")))'
}
instances() { kubectl get cwi -n integrations -o jsonpath='{range .items[*]}{.metadata.name}={.status.instanceId} {end}'; }
ready() { in_cluster wait cwi --all -n integrations --for=condition=Ready --timeout=2m; }

node_up
node_registry 5000
node_simulator
prepare old
prepare new
step "a node with ${version[old]} (${digest[old]}) and ${version[new]} (${digest[new]})"

for way in ${WAYS:-helm kustomize files}; do
  "${way}_install" old
  for sample in namespace helpdesk crm crm-rest shared-account; do in_cluster apply -f "$root/deploy/samples/$sample.yaml"; done
  ready
  served old
  created=$(instances)
  before=$(traces)
  step "$way: ${version[old]} is installed, and Ready: $created"
  "${way}_upgrade" new
  served new
  unchanged "$way: upgrade to ${version[new]}"
  checked new
  "${way}_back" old
  served old
  unchanged "$way: back to ${version[old]}"
  checked old
  "${way}_remove" old
  in_cluster -n $name wait pods --all --for=delete --timeout=1m
  unchanged "$way: removal"
  "${way}_install" new
  served new
  unchanged "$way: installation of ${version[new]} on what was left"

  in_cluster patch cwi acme-helpdesk -n integrations --type=merge -p '{"spec": {"tags": ["changed"]}}'
  in_cluster wait cwi acme-helpdesk -n integrations --for=jsonpath='{.status.observedGeneration}'=2 --timeout=1m
  ready
  same "instances" "$created" "$(instances)"
  [ "$before" != "$(traces)" ] || fail "a change leaves no trace, so that nothing was shown above"
  in_cluster delete cwi --all -n integrations --timeout=1m
  "${way}_remove" new
  in_cluster delete -f "$work/new/crds"
  in_cluster delete namespace integrations $name --timeout=2m
  step "$way: a change is carried out, and everything removed"
done
step "passed"
