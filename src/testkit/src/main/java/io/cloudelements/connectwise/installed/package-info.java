/**
 * The operator as people install it: under the chart's service account and roles, and through the
 * life of a release.
 */
package io.cloudelements.connectwise.installed;
