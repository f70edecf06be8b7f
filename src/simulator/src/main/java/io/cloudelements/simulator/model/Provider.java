package io.cloudelements.simulator.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The simulated ConnectWise, which the platform asks on creation and re-authentication. */
final class Provider {

  /** What ConnectWise says to a login. */
  enum Verdict {
    ACCEPTED,
    WRONG_PASSWORD,
    STALE_WSDL_PATH
  }

  private record Login(String company, String username) {}

  private final Map<Login, ProviderAccount> accounts = new LinkedHashMap<>();
  private Set<String> wsdlPaths = Set.of();

  /** From the first account on, only known logins are accepted. */
  void accept(ProviderAccount account) {
    accounts.put(new Login(account.company(), account.username()), account);
  }

  void acceptEveryLogin() {
    accounts.clear();
  }

  /** Paths other than these are stale; none at all means that every path is served. */
  void serveWsdlPaths(Set<String> paths) {
    wsdlPaths = Set.copyOf(paths);
  }

  Verdict verify(ElementModel element, Map<String, String> configuration) {
    String path = element.value(ElementModel.Role.WSDL_PATH, configuration);
    if (!wsdlPaths.isEmpty() && !path.isEmpty() && !wsdlPaths.contains(path)) {
      return Verdict.STALE_WSDL_PATH;
    }
    return accounts.isEmpty() || knows(element, configuration)
        ? Verdict.ACCEPTED
        : Verdict.WRONG_PASSWORD;
  }

  private boolean knows(ElementModel element, Map<String, String> configuration) {
    ProviderAccount account =
        accounts.get(
            new Login(
                element.value(ElementModel.Role.COMPANY, configuration),
                element.value(ElementModel.Role.USERNAME, configuration)));
    return account != null
        && account.password().equals(element.value(ElementModel.Role.PASSWORD, configuration))
        && account
            .serverUrl()
            .map(url ->
                host(url).equals(host(element.value(ElementModel.Role.SERVER, configuration))))
            .orElse(true);
  }

  /** Both forms are in use, with and without scheme (contract §9). */
  private static String host(String url) {
    return url.replaceFirst("^https?://", "").replaceFirst("/$", "");
  }
}
