/**
 * Why a resource is not ready: one chain of links from its account to what uses its token, and one
 * cause. Pure: the facts come in, and nothing of the cluster is read here.
 */
@NullMarked
package io.cloudelements.connectwise.why;

import org.jspecify.annotations.NullMarked;
