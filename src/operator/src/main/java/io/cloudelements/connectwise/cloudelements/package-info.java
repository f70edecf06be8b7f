/** The port to Cloud Elements' {@code /instances} and its HTTP adapter. */
@NullMarked
package io.cloudelements.connectwise.cloudelements;

import org.jspecify.annotations.NullMarked;
