/** The commands beside {@code run}: what a person or a pipeline asks of this program. */
@NullMarked
package io.cloudelements.connectwise.cli;

import org.jspecify.annotations.NullMarked;
