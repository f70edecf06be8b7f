/** What an operator of the operator sees: metrics, traces, alerts, dashboard. */
package io.cloudelements.connectwise.observability;
