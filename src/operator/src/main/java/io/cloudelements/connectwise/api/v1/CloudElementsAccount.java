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
 * An account of Cloud Elements that resources of several namespaces may use, without its secrets
 * being in any of those namespaces.
 *
 * <p>Fields are as in {@link ConnectWiseInstance}: what the JSON holds, and null when absent.
 */
@Group("cloudelements.io")
@Version("v1")
@Kind("CloudElementsAccount")
@Singular("cloudelementsaccount")
@Plural("cloudelementsaccounts")
@ShortNames("cea")
@Categories("cloudelements")
public class CloudElementsAccount
    extends CustomResource<CloudElementsAccountSpec, CloudElementsAccountStatus>
    implements Namespaced {}
