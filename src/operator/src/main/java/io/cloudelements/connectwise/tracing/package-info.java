/** Traces of passes by OpenTelemetry, of which nothing is loaded while they are off. */
@NullMarked
package io.cloudelements.connectwise.tracing;

import org.jspecify.annotations.NullMarked;
