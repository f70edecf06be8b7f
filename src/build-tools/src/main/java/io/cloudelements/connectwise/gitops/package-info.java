/** Files for Argo CD and Flux, and what the two make of a resource's status. */
package io.cloudelements.connectwise.gitops;
