/** From one outcome to the next status of the resource: pure. */
@NullMarked
package io.cloudelements.connectwise.status;

import org.jspecify.annotations.NullMarked;
