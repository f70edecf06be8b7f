/**
 * What a listing of an account says about all of its resources at once: which of them need a full
 * check, and which instances have none.
 */
@org.jspecify.annotations.NullMarked
package io.cloudelements.connectwise.drift;
