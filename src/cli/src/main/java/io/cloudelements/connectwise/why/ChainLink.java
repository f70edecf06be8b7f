package io.cloudelements.connectwise.why;

/** One link of the chain. */
public record ChainLink(ChainPart part, LinkState state) {}
