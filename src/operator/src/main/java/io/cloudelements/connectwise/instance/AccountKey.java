package io.cloudelements.connectwise.instance;

/**
 * Names an account without its secrets.
 *
 * @param fingerprint of the account
 * @param host all accounts of a host share its connections
 */
public record AccountKey(String fingerprint, String host) {}
