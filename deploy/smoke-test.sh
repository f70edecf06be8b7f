#!/usr/bin/env bash
# Installs the chart into a cluster as a user would and takes it through its life: samples, a killed pod, an eviction,
# upgrade, rollback, uninstall, reinstall. Nothing of it may touch an instance that exists.
#
#   deploy/smoke-test.sh BASE_URL
#
# BASE_URL     API base of the simulator (or of an account for tests, with its secrets in deploy/samples), as the
#              pods reach it, for example http://172.31.255.1:8089/elements/api-v2; the simulator on that address:
#              ./mvnw -q test-compile exec:exec@simulator -Dsimulator.host=172.31.255.1
# KUBECONFIG   the cluster, which has the image (or can pull it) and no installation yet. A CRD that is there already stays at
#              the end; resources of it are refused. Helm refuses a CRD that another installation left:
#              HELM_ARGS="--set crds.install=false", once crds/ of this version is applied
# HELM, KUBECTL  other binaries than those on the path
# HELM_ARGS    further arguments of helm install and upgrade, for example --set image.registry=registry.example.com
# NAMESPACE    of the operator (connectwise-smoke); the samples go into $NAMESPACE-samples. Both are deleted at the end.
# KEEP=1       leave everything in place when something fails
set -euo pipefail

base_url=${1:?usage: deploy/smoke-test.sh BASE_URL (see the head of this file)}
root=$(cd "$(dirname "$0")/.." && pwd)
helm=${HELM:-helm}
kubectl=${KUBECTL:-kubectl}
namespace=${NAMESPACE:-connectwise-smoke}
samples=$namespace-samples
release=connectwise-operator
crds=(connectwiseinstances.cloudelements.io cloudelementsaccounts.cloudelements.io)
read -ra more <<<"${HELM_ARGS:-}"
started=$SECONDS
crd_was_there=

step() { printf '%4ds  %s\n' $((SECONDS - started)) "$*"; }

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

k() { "$kubectl" "$@"; }

install() { # arguments of helm
  "$helm" upgrade "$release" "$root/charts/connectwise-operator" --install --namespace "$namespace" --create-namespace \
    --wait --timeout 3m \
    --set replicas=2 \
    --set "settings.clusterName=$cluster_name" \
    --set settings.resyncInterval=30s \
    --set-string "settings.cloudElementsBaseUrl=$base_url" \
    --set-json "settings.cloudElementsAllowedBaseUrls=[\"$base_url\"]" \
    "${more[@]}" "$@" >/dev/null
}

apply_sample() {
  sed "s/namespace: integrations/namespace: $samples/" "$root/deploy/samples/$1.yaml" | k apply -f - >/dev/null
}

wait_ready() {
  k wait cwi --all -n "$samples" --for=condition=Ready --timeout=3m >/dev/null || fail "not Ready"
}

# name and instance of every resource: what must never change
instances() { k get cwi -n "$samples" -o jsonpath='{range .items[*]}{.metadata.name}={.status.instanceId}{"\n"}{end}' | sort; }

# with the versions: equal means that nothing was written
versions() {
  k get cwi,secrets -n "$samples" \
    -o jsonpath='{range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion}{"\n"}{end}' | sort
}

same() { # what, before, after
  [ "$2" = "$3" ] || fail "$1 differ:
$(diff <(echo "$2") <(echo "$3"))"
}

operator_pods() {
  k get pods -n "$namespace" -l "app.kubernetes.io/instance=$release" --field-selector=status.phase=Running \
    -o jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'
}

# the holder's identity begins with, or is, the pod's name
leader() {
  local holder
  holder=$(k get lease connectwise-operator -n "$namespace" -o jsonpath='{.spec.holderIdentity}')
  operator_pods | while read -r pod; do
    case $holder in "$pod"*) echo "$pod" ;; esac
  done
}

# a new tag on one resource, carried out: a leader is at work
change_is_carried_out() { # tag
  k patch cwi acme-helpdesk -n "$samples" --type=merge -p "{\"spec\": {\"tags\": [\"$1\"]}}" >/dev/null
  local generation
  generation=$(k get cwi acme-helpdesk -n "$samples" -o jsonpath='{.metadata.generation}')
  k wait cwi acme-helpdesk -n "$samples" --for="jsonpath={.status.observedGeneration}=$generation" --timeout=2m >/dev/null ||
    fail "the change was not seen"
  k wait cwi acme-helpdesk -n "$samples" --for=condition=Synced --timeout=2m >/dev/null || fail "the change failed"
  wait_ready
}

report() {
  local code=$?
  [ $code -eq 0 ] && return
  {
    echo "--- resources"
    k get cwi -n "$samples" -o wide
    echo "--- events"
    k get events -A --sort-by=.lastTimestamp | grep -E "$namespace|$samples" | tail -30
    echo "--- operator"
    k get pods -n "$namespace" -o wide
    k logs -n "$namespace" -l "app.kubernetes.io/instance=$release" --prefix --tail=60
  } >&2 || echo "the cluster does not answer" >&2
  if [ -n "${KEEP:-}" ]; then
    echo "left in place: namespaces $namespace and $samples" >&2
  else
    clean_up >&2 || echo "not everything could be removed: namespaces $namespace and $samples" >&2
  fi
}

clean_up() {
  # resources first and while the operator runs: it removes their instances
  k delete cwi --all -n "$samples" --ignore-not-found --timeout=2m
  "$helm" uninstall "$release" --namespace "$namespace" --ignore-not-found --wait --timeout 2m
  k delete namespace "$samples" "$namespace" --ignore-not-found --timeout=2m
  if [ -z "$crd_was_there" ] && [ -z "$(k get cwi,cea -A -o name)" ]; then
    k delete crd "${crds[@]}" --ignore-not-found
  fi
}

for tool in "$helm" "$kubectl"; do
  command -v "$tool" >/dev/null || fail "$tool is needed: install it, or name it by HELM or KUBECTL"
done
k get --raw=/readyz >/dev/null || fail "the cluster of KUBECONFIG does not answer"
if k get crd "${crds[0]}" >/dev/null 2>&1; then
  crd_was_there=1
  [ -z "$(k get cwi -A -o name)" ] || fail "the cluster has resources already: this test is for one without"
fi
if k get namespace "$namespace" >/dev/null 2>&1 || k get namespace "$samples" >/dev/null 2>&1; then
  fail "namespace $namespace or $samples exists: remove it, or set NAMESPACE"
fi
cluster_name=smoke-$(date +%s)-$$
trap report EXIT

install
step "installed: $(operator_pods | wc -l) pods, leader $(leader)"

k create namespace "$samples" >/dev/null
for sample in helpdesk crm crm-rest shared-account retain; do
  apply_sample "$sample"
done
wait_ready
created=$(instances)
step "ready: $(echo "$created" | tr '\n' ' ')"
[ -n "$(k get secret acme-helpdesk-token -n "$samples" -o jsonpath='{.data.token}')" ] || fail "no token"

apply_sample plan
k wait cwi acme-planned -n "$samples" --timeout=1m \
  --for="jsonpath={.status.conditions[?(@.type=='Synced')].reason}=Planned" >/dev/null || fail "no plan"
step "planned: $(k get cwi acme-planned -n "$samples" -o jsonpath='{.status.plan[0]}')"
k delete cwi acme-planned -n "$samples" --timeout=1m >/dev/null

killed=$(leader)
[ -n "$killed" ] || fail "no pod holds the Lease"
k delete pod "$killed" -n "$namespace" --grace-period=0 --force >/dev/null 2>&1
change_is_carried_out killed
same "instances after a kill" "$created" "$(instances)"
step "leader killed: $(leader) took over"

k rollout status deployment "$release" -n "$namespace" --timeout=2m >/dev/null
evicted=$(leader)
other=$(operator_pods | grep -v "^$evicted\$" | head -1)
evict() {
  k create --raw "/api/v1/namespaces/$namespace/pods/$1/eviction" -f - <<EOF
{"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "$1", "namespace": "$namespace"}}
EOF
}
evict "$evicted" >/dev/null
if evict "$other" >/dev/null 2>&1; then
  fail "both replicas were evicted at once: the disruption budget does not hold"
fi
change_is_carried_out drained
same "instances after an eviction" "$created" "$(instances)"
step "leader drained: the other was kept, $(leader) leads"

k rollout status deployment "$release" -n "$namespace" --timeout=2m >/dev/null
before=$(versions)
install --set podAnnotations.smoke=upgraded
same "versions after an upgrade" "$before" "$(versions)"
step "upgraded: nothing was written"

"$helm" rollback "$release" --namespace "$namespace" --wait --timeout 3m >/dev/null
same "versions after a rollback" "$before" "$(versions)"
step "rolled back: nothing was written"

"$helm" uninstall "$release" --namespace "$namespace" --wait --timeout 2m >/dev/null
k get crd "${crds[@]}" >/dev/null || fail "a definition went with the release"
same "versions after the uninstall" "$before" "$(versions)"
step "uninstalled: definitions, resources and Secrets stayed"

install
change_is_carried_out reinstalled
same "instances after a reinstall" "$created" "$(instances)"
step "reinstalled: the instances are the same"

k delete cwi --all -n "$samples" --timeout=2m >/dev/null || fail "resources are not deleted"
[ -z "$(k get secrets -n "$samples" -l app.kubernetes.io/managed-by=connectwise-operator -o name)" ] ||
  k wait secrets -n "$samples" -l app.kubernetes.io/managed-by=connectwise-operator --for=delete --timeout=1m >/dev/null ||
  fail "generated Secrets were left"
step "deleted: resources and generated Secrets are gone"

clean_up >/dev/null
step "passed"
