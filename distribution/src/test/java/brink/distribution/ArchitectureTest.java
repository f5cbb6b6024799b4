package brink.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(packages = "brink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] SCIENCE = {
    "brink.monitor.run..",
    "brink.monitor.state..",
    "brink.monitor.regime..",
    "brink.monitor.flow..",
    "brink.monitor.geometry..",
    "brink.monitor.report..",
    "brink.monitor.contract..",
    "brink.monitor.outcome..",
    "brink.monitor.settings..",
    "brink.monitor.text.."
  };

  /** In the programs of others, which may have no log at all. */
  private static final String SPEAKS_WHERE_NOBODY_LOGS = "brink.trainer.listener.Notices";

  @ArchTest
  static final ArchRule trainer_meets_the_monitor_in_kafka_only =
      noClasses()
          .that()
          .resideInAPackage("brink.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("brink.monitor..", "brink.distribution..");

  @ArchTest
  static final ArchRule monitor_meets_the_trainer_in_kafka_only =
      noClasses()
          .that()
          .resideInAPackage("brink.monitor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("brink.trainer..", "brink.distribution..");

  @ArchTest
  static final ArchRule schemas_stand_on_nothing_of_brink =
      noClasses()
          .that()
          .resideInAPackage("brink.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "brink.cli..",
              "brink.trainer..",
              "brink.monitor..",
              "brink.distribution..",
              "picocli..");

  @ArchTest
  static final ArchRule shared_options_know_neither_trainer_nor_monitor =
      noClasses()
          .that()
          .resideInAPackage("brink.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("brink.trainer..", "brink.monitor..", "brink.distribution..");

  @ArchTest
  static final ArchRule science_knows_no_kafka_no_clock_no_io =
      noClasses()
          .that()
          .resideInAnyPackage(SCIENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "io.micrometer..",
              "org.slf4j..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.util.concurrent..",
              "java.util.random..",
              "com.sun.net..",
              "brink.monitor.topology..",
              "brink.monitor.metrics..",
              "brink.monitor.web..",
              "brink.monitor.replay..",
              "brink.monitor.catalogue..",
              "brink.monitor.cli..",
              "brink.schemas..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.time.Clock.class,
              java.io.File.class,
              java.io.FileInputStream.class,
              java.io.FileOutputStream.class,
              java.util.Random.class,
              Thread.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule numerics_know_no_kafka =
      noClasses()
          .that()
          .resideInAnyPackage(
              "brink.trainer.kernels..",
              "brink.trainer.network..",
              "brink.trainer.landscape..",
              "brink.trainer.curvature..",
              "brink.trainer.descent..",
              "brink.trainer.flow..",
              "brink.trainer.data..",
              "brink.trainer.model..",
              "brink.trainer.checkpoint..",
              "brink.trainer.state..",
              "brink.trainer.random..",
              "brink.trainer.files..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.deeplearning4j..",
              "org.nd4j..",
              "picocli..",
              "brink.v1..",
              "brink.schemas..",
              "brink.cli..",
              "brink.trainer.publish..",
              "brink.trainer.request..",
              "brink.trainer.problem..",
              "brink.trainer.run..",
              "brink.trainer.cli..",
              "brink.trainer.dl4j..",
              "brink.trainer.listener..");

  @ArchTest
  static final ArchRule dl4j_plugs_in_and_nobody_knows_it =
      noClasses()
          .that()
          .resideOutsideOfPackages("brink.trainer.dl4j..", "brink.trainer.listener..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "brink.trainer.dl4j..",
              "brink.trainer.listener..",
              "org.deeplearning4j..",
              "org.nd4j..",
              "org.datavec..");

  @ArchTest
  static final ArchRule dl4j_takes_of_the_listener_its_view_of_networks_alone =
      noClasses()
          .that()
          .resideInAPackage("brink.trainer.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "brink.trainer.listener", "brink.schemas..", "brink.v1..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule that_view_knows_neither_kafka_nor_messages =
      noClasses()
          .that()
          .resideInAPackage("brink.trainer.listener.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "brink.trainer.listener", "brink.schemas..", "brink.v1..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule listener_stands_on_schemas_alone =
      noClasses()
          .that()
          .resideInAPackage("brink.trainer.listener..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are Brink's, but of neither schemas nor the listener",
                  (JavaClass type) ->
                      type.getPackageName().startsWith("brink.")
                          && !type.getPackageName()
                              .matches("brink\\.(v1|schemas|trainer\\.listener)(\\..*)?")));

  @ArchTest
  static final ArchRule layers_are_written_over_the_kernels_interface =
      noClasses()
          .that()
          .resideInAnyPackage(
              "brink.trainer.network..",
              "brink.trainer.landscape..",
              "brink.trainer.curvature..",
              "brink.trainer.flow..",
              "brink.trainer.descent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("brink.trainer.kernels.cpu..", "brink.trainer.kernels.cuda..");

  @ArchTest
  static final ArchRule runs_know_no_command_line =
      noClasses()
          .that()
          .resideInAnyPackage(
              "brink.trainer.request..",
              "brink.trainer.problem..",
              "brink.trainer.run..",
              "brink.trainer.sweep..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "brink.cli..", "brink.trainer.cli..");

  @ArchTest
  static final ArchRule trainer_packages_are_free_of_cycles =
      slices().matching("brink.trainer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule monitor_packages_are_free_of_cycles =
      slices().matching("brink.monitor.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule every_package_is_described_and_null_marked =
      classes()
          .that()
          .resideOutsideOfPackages("brink.v1..", "brink.checkpoint.v1..")
          .should(
              new ArchCondition<JavaClass>("live in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  JavaPackage home = type.getPackage();
                  boolean marked = home.isAnnotatedWith("org.jspecify.annotations.NullMarked");
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, home.getName() + " has no @NullMarked package-info.java"));
                }
              });

  @ArchTest
  static final ArchRule nobody_prints_but_the_command_line =
      noClasses()
          .that(
              DescribedPredicate.not(
                  JavaClass.Predicates.resideInAnyPackage("..cli..", "brink.distribution..")))
          .and()
          .doNotHaveFullyQualifiedName(SPEAKS_WHERE_NOBODY_LOGS)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
