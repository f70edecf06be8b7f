/** What GitOps tools make of a resource's status. */
package io.cloudelements.connectwise.gitops;
