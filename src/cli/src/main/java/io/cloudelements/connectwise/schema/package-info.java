/** What the API server would say of a manifest, without one: the CRD's schema and CEL rules. */
@NullMarked
package io.cloudelements.connectwise.schema;

import org.jspecify.annotations.NullMarked;
