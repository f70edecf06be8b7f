/**
 * What a listing of an account says about all of its resources at once: which of them to look at,
 * and which instances have none.
 */
@org.jspecify.annotations.NullMarked
package io.cloudelements.connectwise.drift;
