package io.cloudelements.connectwise.instance;

/** Namespace and name of a resource. */
public record ResourceId(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
