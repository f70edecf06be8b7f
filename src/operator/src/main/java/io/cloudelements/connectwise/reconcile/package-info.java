/** One pass, from a snapshot to the writes, through two ports. */
@NullMarked
package io.cloudelements.connectwise.reconcile;

import org.jspecify.annotations.NullMarked;
