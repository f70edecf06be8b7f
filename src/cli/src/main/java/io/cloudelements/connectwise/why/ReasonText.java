package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.instance.Reason;

/**
 * What a person should know of a reason; the condition's message says it of the resource at hand.
 *
 * @param meaning what is the case
 * @param next what the operator does by itself
 * @param remedy what is left for a person
 * @param link the link of the chain that it breaks
 * @param command what mends it, or shows what has to be mended; words in capitals stand for what
 *     the resource at hand has ({@link CommandWords})
 */
public record ReasonText(
    String meaning, String next, String remedy, LinkName link, String command) {
  /** Read with this class, which the running operator never loads. */
  static final ReasonFile OF_RESOURCES = ReasonFile.read("reasons.properties");

  static final ReasonFile OF_ACCOUNTS = ReasonFile.read("account-reasons.properties");

  /**
   * The texts of one reason of a resource.
   *
   * @throws IllegalStateException when they are not all there: the jar is incomplete
   */
  public static ReasonText of(Reason reason) {
    return OF_RESOURCES.text(reason, OF_RESOURCES.link(reason));
  }

  /**
   * The texts of one reason of an account object.
   *
   * @throws IllegalStateException when they are not all there: the jar is incomplete
   */
  public static ReasonText of(AccountReason reason) {
    return OF_ACCOUNTS.text(reason, LinkName.ACCOUNT);
  }
}
