package io.cloudelements.connectwise.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** What a kind's definition says beyond what annotations on its records can. */
interface KindDefinition {
  /** What the definition is derived from. */
  Class<? extends CustomResource<?, ?>> records();

  /** Puts the checks of the API server on the schema that the records give. */
  void constrain(Schema root);

  /** What {@code kubectl get} shows, in this order. */
  List<CustomResourceColumnDefinition> columns();

  /** JSON paths that {@code kubectl get --field-selector} knows. */
  List<String> selectableFields();
}
