package io.cloudelements.connectwise.why;

/** One link of the chain. */
public record ChainLink(LinkName name, LinkState state) {}
