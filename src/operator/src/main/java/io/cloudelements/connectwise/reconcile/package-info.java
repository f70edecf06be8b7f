/**
 * One reconcile, from an input to the writes, through its ports: {@link
 * io.cloudelements.connectwise.instance.InstancesApi}, {@link ClusterWrites} and {@link
 * io.cloudelements.connectwise.instance.CallPermits}; for an account object {@link
 * AccountObjectWrites}.
 */
@NullMarked
package io.cloudelements.connectwise.reconcile;

import org.jspecify.annotations.NullMarked;
