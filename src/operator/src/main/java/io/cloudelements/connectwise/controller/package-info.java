/**
 * The shell around a reconcile: Java Operator SDK, event sources, cluster writes, leader election.
 */
@NullMarked
package io.cloudelements.connectwise.controller;

import org.jspecify.annotations.NullMarked;
