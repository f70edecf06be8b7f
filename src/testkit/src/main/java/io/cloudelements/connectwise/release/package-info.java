/** Programs that a release needs, for tests. */
package io.cloudelements.connectwise.release;
