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
    "brink.monitor.report.."
  };

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
              "brink.trainer.data..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "brink.v1..", "brink.trainer.publish..", "brink.trainer.cli..");

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
  static final ArchRule trainer_packages_are_free_of_cycles =
      slices().matching("brink.trainer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule monitor_packages_are_free_of_cycles =
      slices().matching("brink.monitor.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule every_package_is_described_and_null_marked =
      classes()
          .that()
          .resideOutsideOfPackage("brink.v1..")
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
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
