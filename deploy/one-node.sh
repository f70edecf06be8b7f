# shellcheck shell=bash
# What release-test.sh and upgrade-test.sh share: the one-node cluster, with a registry on its loopback and the simulator on
# its own address. Both source this file; $root, $work (an empty folder) and $crane are theirs.
#
# NODE is a program of the maintainers, which is not in this repository: a Kubernetes of one node that runs pods, on Linux, in network,
# mount and process namespaces of its own. Another program will do when it has these commands:
#
#   up DIR               starts the node, and ends with 0 once its API server answers
#   sh DIR COMMAND...    runs COMMAND in the node's namespaces, with this machine's files and programs, and kubectl
#   down DIR             ends the node; what is in DIR stays
#
# "up" writes DIR/pid, which is there as long as the node runs, DIR/kubeconfig (for this machine, on 127.0.0.1) and
# DIR/etc/admin.kubeconfig (for commands in the node). In the node, 172.31.255.1 is its address, which pods reach, and images are
# pulled by HTTP from a registry on the node's own 127.0.0.1.
# shellcheck disable=SC2034,SC2154 # what one gives the other

node=${NODE:-$root/../shared/node/node}
simulator=http://172.31.255.1:8089/simulator
base_url=http://172.31.255.1:8089/elements/api-v2
pids=()

step() { printf '%4ds  %s\n' "$SECONDS" "$*"; }

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

same() { # WHAT EXPECTED ACTUAL
  [ "$2" = "$3" ] || fail "$1: expected $2, found $3"
}

in_node() { "$node" sh "$work/node" "$@"; }
kubectl() { in_node kubectl --kubeconfig "$work/node/etc/admin.kubeconfig" "$@"; }

# Sets KUBECONFIG for what runs outside, such as helm.
node_up() {
  "$node" up "$work/node" >"$work/node.log" 2>&1 || fail "no node: $(tail -3 "$work/node.log")"
  export KUBECONFIG=$work/node/kubeconfig
}

node_registry() { # PORT
  in_node "$crane" registry serve --address "127.0.0.1:$1" >"$work/node-registry.log" 2>&1 &
  pids+=($!)
  in_node curl -s -o /dev/null --retry 20 --retry-delay 1 --retry-all-errors "http://127.0.0.1:$1/v2/" ||
    fail "no registry in the node"
}

node_simulator() {
  in_node "$root/mvnw" -f "$root/pom.xml" -q -o -ntp -pl src/simulator compile exec:exec@simulator \
    -Dsimulator.host=172.31.255.1 >"$work/simulator.log" 2>&1 &
  pids+=($!)
  in_node curl -s -o /dev/null --retry 300 --retry-delay 1 --retry-all-errors "$base_url" ||
    fail "no simulator: $(tail -3 "$work/simulator.log")"
}

# At the end, however it came: ends what runs, and keeps the logs of a failure.
clean_up() {
  local code=$?
  [ ! -e "$work/node/pid" ] || "$node" down "$work/node" || echo "the node of $work/node is still up" >&2
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  if [ $code -eq 0 ]; then
    rm -rf "$work"
  else
    [ ! -e "$work/release.log" ] || tail -3 "$work/release.log" >&2
    echo "logs are in $work" >&2
  fi
}
