/**
 * Who changed what at the service: one log line and one count for each call that changes something.
 */
@NullMarked
package io.cloudelements.connectwise.audit;

import org.jspecify.annotations.NullMarked;
