package io.cloudelements.simulator.model;

import java.util.List;

/** An answer, and the changes that the call made. */
public record Handled(ApiResponse response, List<Change> changes) {}
