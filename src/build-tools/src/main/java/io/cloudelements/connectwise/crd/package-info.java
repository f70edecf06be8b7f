/** Makes {@code crds/} from the records of {@code api.v1}, and shows it to a real API server. */
package io.cloudelements.connectwise.crd;
