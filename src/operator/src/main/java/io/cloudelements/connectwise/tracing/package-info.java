/** Traces of reconciles by OpenTelemetry, of which no class is loaded while they are off. */
@NullMarked
package io.cloudelements.connectwise.tracing;

import org.jspecify.annotations.NullMarked;
