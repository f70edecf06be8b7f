package io.cloudelements.connectwise.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the command line may know of the operator. */
@AnalyzeClasses(
    packages = CommandLineArchitectureTest.ROOT,
    importOptions = DoNotIncludeTests.class)
class CommandLineArchitectureTest {
  static final String ROOT = "io.cloudelements.connectwise";

  private static final String CLI = ROOT + ".cli";
  private static final String SCHEMA = ROOT + ".schema";
  private static final String WHY = ROOT + ".why";
  private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};
  private static final String JACKSON = "com.fasterxml.jackson..";

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule schema_depends_on_the_definition =
      classes()
          .that()
          .resideInAPackage(SCHEMA)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JDK).or(resideInAnyPackage(SCHEMA, JACKSON, "dev.cel..")));

  /** It judges facts that others have read. */
  @ArchTest
  static final ArchRule why_is_pure =
      classes()
          .that()
          .resideInAPackage(WHY)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JDK)
                  .or(
                      resideInAnyPackage(
                          WHY,
                          ROOT + ".account",
                          ROOT + ".api.v1",
                          ROOT + ".instance",
                          ROOT + ".reconcile",
                          ROOT + ".secret",
                          ROOT + ".status",
                          "io.fabric8.kubernetes.api.model.."))
                  // the number that a metric shows: both ends are one type
                  .or(
                      resideInAPackage(ROOT + ".ratelimit")
                          .and(
                              describe(
                                  "BreakerState",
                                  type -> type.getName().endsWith(".BreakerState")))));

  // what the commands do is the operator's own logic; Main and its services connect to the
  // service, and classes named after it to the cluster
  @ArchTest
  static final ArchRule commands_do_not_depend_on_the_transport =
      classes()
          .that()
          .resideInAPackage(CLI)
          .and()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .doNotHaveSimpleName("StandaloneServices")
          .and()
          .haveSimpleNameNotStartingWith("Kubernetes")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JDK)
                  .or(
                      resideInAnyPackage(
                          CLI,
                          SCHEMA,
                          WHY,
                          ROOT + ".account",
                          ROOT + ".instance",
                          ROOT + ".api.v1",
                          ROOT + ".config",
                          ROOT + ".account",
                          ROOT + ".secret",
                          ROOT + ".status",
                          ROOT + ".reconcile",
                          "io.fabric8.kubernetes.api.model..",
                          JACKSON,
                          "picocli.."))
                  // a whole account, a request, and a page that the operator serves: both ends are
                  // one type
                  .or(
                      resideInAPackage(ROOT + ".cloudelements")
                          .and(
                              describe(
                                  "an account, and a request as it would be sent",
                                  type ->
                                      type.getName()
                                          .matches(
                                              ".*\\.(AccountListing|RequestPreview)(\\$.*)?"))))
                  .or(
                      resideInAPackage(ROOT + ".ops")
                          .and(
                              describe(
                                  "QueuePage",
                                  type -> type.getName().matches(".*\\.QueuePage(\\$.*)?"))))
                  .or(
                      resideInAPackage(ROOT + ".drift")
                          .and(
                              describe(
                                  "OrphanPage",
                                  type -> type.getName().matches(".*\\.OrphanPage(\\$.*)?")))));
}
