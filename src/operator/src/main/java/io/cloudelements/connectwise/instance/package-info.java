/**
 * The pure core: what is wanted, what was seen, and the planner that decides what to do next. Knows
 * only the JDK.
 */
@NullMarked
package io.cloudelements.connectwise.instance;

import org.jspecify.annotations.NullMarked;
