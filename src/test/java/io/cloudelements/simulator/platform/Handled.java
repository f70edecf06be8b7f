package io.cloudelements.simulator.platform;

import java.util.List;

/** An answer, and the changes that the call made. */
public record Handled(Response response, List<Change> changes) {}
