package io.cloudelements.connectwise;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which package may use which. Every package has a {@code package-info}, so no rule is empty. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "io.cloudelements.connectwise";

  private static final String API = ROOT + ".api.v1";
  private static final String AUDIT = ROOT + ".audit";
  private static final String CONFIG = ROOT + ".config";
  private static final String DRIFT = ROOT + ".drift";
  private static final String INSTANCE = ROOT + ".instance";
  private static final String CONTROLLER = ROOT + ".controller";
  private static final String OPS = ROOT + ".ops";
  private static final String ACCOUNT = ROOT + ".account";
  private static final String CLOUD_ELEMENTS = ROOT + ".cloudelements";
  private static final String RATE_LIMIT = ROOT + ".ratelimit";
  private static final String RECONCILE = ROOT + ".reconcile";
  private static final String SECRET = ROOT + ".secret";
  private static final String STATUS = ROOT + ".status";
  private static final String TRACING = ROOT + ".tracing";

  private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};
  private static final String FABRIC8_MODEL = "io.fabric8.kubernetes.api.model..";
  private static final String FABRIC8_CLIENT = "io.fabric8.kubernetes.client..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String JOSDK = "io.javaoperatorsdk..";
  private static final String LOGBACK = "ch.qos.logback..";
  private static final String MICROMETER = "io.micrometer..";
  private static final String OPENTELEMETRY = "io.opentelemetry..";
  private static final String PROMETHEUS = "io.prometheus.metrics..";
  private static final String SLF4J = "org.slf4j..";
  private static final String VERTX = "io.vertx..";

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  // the assembly: a part that needs what puts it together cannot be read or tested alone
  @ArchTest
  static final ArchRule classes_of_the_root_have_no_cycles =
      slices().assignedFrom(new FilesOfPackage(ROOT)).should().beFreeOfCycles();

  @ArchTest static final ArchRule core_depends_only_on_the_jdk = only(INSTANCE, knows());

  @ArchTest
  static final ArchRule resource_depends_only_on_its_serialization =
      only(
          API,
          knows(
                  FABRIC8_MODEL,
                  JACKSON,
                  "io.fabric8.kubernetes.model.annotation..",
                  "io.fabric8.generator.annotation..",
                  "io.fabric8.crd.generator.annotation..")
              // a resource has to be one; it is all that lies in the client's package
              .or(JavaClass.Predicates.equivalentTo(CustomResource.class)));

  // a condition is a type of Kubernetes' model, which the resource's status is made of
  @ArchTest
  static final ArchRule status_depends_on_core_and_resource =
      only(STATUS, knows(INSTANCE, API, FABRIC8_MODEL));

  @ArchTest
  static final ArchRule secret_depends_on_core_resource_and_model =
      only(SECRET, knows(INSTANCE, API, FABRIC8_MODEL));

  // Vert.x hands Netty's failures on, and what they mean for a request is the adapter's to know
  @ArchTest
  static final ArchRule adapter_depends_on_core_and_http =
      only(CLOUD_ELEMENTS, knows(INSTANCE, VERTX, "io.netty..", JACKSON, SLF4J, MICROMETER));

  @ArchTest static final ArchRule queue_depends_on_the_core = only(RATE_LIMIT, knows(INSTANCE));

  @ArchTest
  static final ArchRule reconcile_does_not_depend_on_a_framework =
      only(RECONCILE, knows(INSTANCE, API, STATUS, SECRET, ACCOUNT, FABRIC8_MODEL));

  @ArchTest
  static final ArchRule account_depends_on_core_resource_and_secrets =
      only(ACCOUNT, knows(INSTANCE, API, SECRET, FABRIC8_MODEL));

  @ArchTest
  static final ArchRule only_terms_and_facts_read_an_account =
      noClasses()
          .that(
              describe(
                  "are none of these",
                  type ->
                      !Set.of("AccountTerms", "AccountFacts", "AccountStatusComposer")
                          .contains(FilesOfPackage.outermost(type).getSimpleName())))
          .should()
          .callMethod(CloudElementsAccount.class, "getSpec")
          .because("nulls become values there");

  @ArchTest
  static final ArchRule drift_depends_on_resources_and_json =
      only(DRIFT, knows(INSTANCE, API, STATUS, RECONCILE, FABRIC8_MODEL, JACKSON));

  @ArchTest static final ArchRule config_depends_on_the_core = only(CONFIG, knows(INSTANCE));

  @ArchTest
  static final ArchRule ops_depends_on_settings_and_tools =
      only(
          OPS,
          knows(
              INSTANCE,
              CONFIG,
              AUDIT,
              RATE_LIMIT,
              VERTX,
              MICROMETER,
              PROMETHEUS,
              SLF4J,
              LOGBACK,
              JACKSON));

  @ArchTest
  static final ArchRule audit_depends_on_the_ports =
      only(
          AUDIT, knows(INSTANCE, API, CLOUD_ELEMENTS, RECONCILE, FABRIC8_MODEL, SLF4J, MICROMETER));

  @ArchTest
  static final ArchRule tracing_depends_on_the_ports =
      only(
          TRACING,
          knows(
              CONFIG,
              INSTANCE,
              API,
              CLOUD_ELEMENTS,
              RECONCILE,
              FABRIC8_MODEL,
              OPENTELEMETRY,
              PROMETHEUS,
              SLF4J));

  @ArchTest
  static final ArchRule only_tracing_uses_opentelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRACING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OPENTELEMETRY);

  @ArchTest
  static final ArchRule only_shells_use_meters =
      noClasses()
          .that()
          .resideInAnyPackage(INSTANCE, STATUS, SECRET, ACCOUNT, RECONCILE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MICROMETER, PROMETHEUS);

  @ArchTest
  static final ArchRule only_adapters_use_http =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLOUD_ELEMENTS, OPS, ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VERTX);

  @ArchTest
  static final ArchRule only_the_controller_uses_kubernetes =
      noClasses()
          .that()
          .resideOutsideOfPackages(CONTROLLER, ROOT)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(JOSDK, FABRIC8_CLIENT)
                  .and(
                      DescribedPredicate.not(
                          JavaClass.Predicates.equivalentTo(CustomResource.class)))
                  .as("are JOSDK's or the Fabric8 client's"));

  @ArchTest
  static final ArchRule pure_packages_do_not_read_the_environment =
      noClasses()
          .that()
          .resideInAnyPackage(INSTANCE, STATUS, SECRET, ACCOUNT, RATE_LIMIT, RECONCILE, DRIFT)
          .should()
          .accessTargetWhere(readsTheEnvironment())
          .because("time, randomness and environment come in through arguments");

  @ArchTest
  static final ArchRule only_spec_defaults_read_the_spec =
      onlyReads("getSpec", "SpecDefaults", "SpecChecks")
          .because("nulls become values and defaults there");

  @ArchTest
  static final ArchRule only_the_status_reader_reads_the_status =
      onlyReads("getStatus", "StatusReader").because("nulls become values there");

  @ArchTest
  static final ArchRule pure_packages_do_not_log =
      noClasses()
          .that()
          .resideInAnyPackage(INSTANCE, STATUS, SECRET, ACCOUNT, RATE_LIMIT, RECONCILE, DRIFT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SLF4J, LOGBACK, "java.util.logging..");

  @ArchTest
  static final ArchRule static_fields_are_constants =
      fields().that().areStatic().should().beFinal().because("state belongs to an object");

  @ArchTest
  static final ArchRule constants_are_immutable =
      noFields().that().areStatic().should().haveRawType(changing());

  @ArchTest
  static final ArchRule class_names_have_no_vague_suffix =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
          .because("such a name is given to what has no subject");

  private static ArchRule onlyReads(String part, String... names) {
    Set<String> readers = Set.of(names);
    return noClasses()
        .that(
            describe(
                "are none of " + readers,
                type -> !readers.contains(FilesOfPackage.outermost(type).getSimpleName())))
        .should()
        .callMethod(ConnectWiseInstance.class, part);
  }

  private static ArchRule only(String from, DescribedPredicate<JavaClass> known) {
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(known.or(resideInAPackage(from)));
  }

  /** The JDK and these packages. */
  private static DescribedPredicate<JavaClass> knows(String... packages) {
    return resideInAnyPackage(Stream.of(JDK, packages).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Calls and method references alike. */
  private static DescribedPredicate<JavaAccess<?>> readsTheEnvironment() {
    Pattern environment =
        Pattern.compile(
            "java\\.time\\.(.+\\.)?\\w+\\.now|java\\.time\\.(Clock|InstantSource)\\.(system|tick).*"
                + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty|getProperties)"
                + "|java\\.lang\\.(Boolean\\.getBoolean|Integer\\.getInteger|Long\\.getLong)"
                + "|java\\.lang\\.Math\\.random|java\\.lang\\.Thread\\.sleep"
                + "|java\\.util\\.UUID\\.randomUUID"
                + "|java\\.util\\.(Date|Random|SplittableRandom)\\.<init>"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
                + "|java\\.util\\.Collections\\.shuffle|java\\.security\\.SecureRandom\\..*");
    return describe(
        "reads clock, environment or chance",
        access -> {
          AccessTarget target = access.getTarget();
          String name = target.getOwner().getFullName() + "." + target.getName();
          return environment.matcher(name).matches();
        });
  }

  /** Mutable types; whether a {@code Map} is mutable, reviewers check. */
  private static DescribedPredicate<JavaClass> changing() {
    return resideInAnyPackage("java.util.concurrent.atomic..", "java.util.concurrent.locks..")
        .or(JavaClass.Predicates.assignableTo(ConcurrentMap.class))
        .or(JavaClass.Predicates.assignableTo(ThreadLocal.class))
        .or(JavaClass.Predicates.assignableTo(Appendable.class))
        .or(
            JavaClass.Predicates.assignableTo(Collection.class)
                .or(JavaClass.Predicates.assignableTo(Map.class))
                .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES)))
        .as("a type that is made to change");
  }
}
