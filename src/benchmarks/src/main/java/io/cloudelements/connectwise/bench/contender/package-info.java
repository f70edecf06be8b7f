/** What the operator is compared with; each a program of its own. */
package io.cloudelements.connectwise.bench.contender;
