package io.cloudelements.connectwise.instance;

import java.util.Optional;

/**
 * The organization that an account belongs to (contract §11). Its id stays when a user's secret is
 * replaced; its secret, which the service tells too, is not kept.
 *
 * @param id short and without anything that could not be shown
 * @param name for people, without secrets and bounded
 */
public record Organization(String id, Optional<String> name) {}
