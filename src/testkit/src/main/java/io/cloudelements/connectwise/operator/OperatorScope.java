package io.cloudelements.connectwise.operator;

/** For how long an operator process of {@link RealOperator} runs, and what it serves. */
public enum OperatorScope {
  /** One process serves every namespace for all tests of the class. */
  CLASS,
  /** Each test has a process of its own, which serves the namespace of this test only. */
  TEST,
  /** None is started: the test does it, with {@link OperatedCluster#start}. */
  MANUAL
}
