/** Health, metrics and build information on the operations port. */
@NullMarked
package io.cloudelements.connectwise.ops;

import org.jspecify.annotations.NullMarked;
