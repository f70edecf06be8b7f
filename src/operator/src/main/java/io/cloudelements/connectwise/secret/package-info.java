/** The credentials Secret as typed values, and the generated token Secret: pure. */
@NullMarked
package io.cloudelements.connectwise.secret;

import org.jspecify.annotations.NullMarked;
