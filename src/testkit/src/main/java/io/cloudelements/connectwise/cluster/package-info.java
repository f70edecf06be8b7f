/**
 * A real Kubernetes control plane (etcd, kube-apiserver, kube-controller-manager, kubectl) as plain
 * processes of this machine, for tests and for the demo: no container engine, no kubelet.
 *
 * <p>Start at {@link io.cloudelements.connectwise.cluster.ControlPlane} or, in a test, at {@link
 * io.cloudelements.connectwise.cluster.RealCluster}.
 */
@NullMarked
package io.cloudelements.connectwise.cluster;

import org.jspecify.annotations.NullMarked;
