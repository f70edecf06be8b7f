/** One reconcile, from an input to the writes, through two ports. */
@NullMarked
package io.cloudelements.connectwise.reconcile;

import org.jspecify.annotations.NullMarked;
