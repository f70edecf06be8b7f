/** The account objects: who may use one and for what, and what is said of it. Pure. */
@NullMarked
package io.cloudelements.connectwise.account;

import org.jspecify.annotations.NullMarked;
