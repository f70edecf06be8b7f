/** The operator's settings, read from the environment. */
@NullMarked
package io.cloudelements.connectwise.config;

import org.jspecify.annotations.NullMarked;
