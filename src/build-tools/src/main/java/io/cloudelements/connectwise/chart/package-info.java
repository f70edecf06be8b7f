/** The Helm chart: what is generated of it, what is rendered from it, and its tests. */
package io.cloudelements.connectwise.chart;
