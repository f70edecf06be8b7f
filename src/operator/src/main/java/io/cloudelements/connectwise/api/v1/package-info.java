/** The custom resource {@code ConnectWiseInstance} as immutable records. */
@NullMarked
package io.cloudelements.connectwise.api.v1;

import org.jspecify.annotations.NullMarked;
