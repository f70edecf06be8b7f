/**
 * The container image: what trains its AOT cache while it is built, and the tests of the result.
 */
package io.cloudelements.connectwise.image;
