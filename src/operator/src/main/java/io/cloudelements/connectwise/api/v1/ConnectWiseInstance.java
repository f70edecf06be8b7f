package io.cloudelements.connectwise.api.v1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One ConnectWise element instance on Cloud Elements, as a user wants it and as it was last seen.
 *
 * <p>Spec and status hold what the JSON holds: choices are plain strings and optional fields are
 * null when absent, so that an object written under another version of the CRD can always be read
 * and then be refused with a condition.
 */
@Group("cloudelements.io")
@Version("v1")
@Kind("ConnectWiseInstance")
@Singular("connectwiseinstance")
@Plural("connectwiseinstances")
@ShortNames("cwi")
@Categories("cloudelements")
public class ConnectWiseInstance
    extends CustomResource<ConnectWiseInstanceSpec, ConnectWiseInstanceStatus>
    implements Namespaced {}
