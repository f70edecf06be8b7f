/** The operator: composition and shutdown order. */
@NullMarked
package io.cloudelements.connectwise;

import org.jspecify.annotations.NullMarked;
