package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.cli.Finding;
import brink.trainer.kernels.cuda.CudaSurvey;
import brink.trainer.kernels.cuda.CudaSurvey.Line;
import brink.trainer.kernels.cuda.LibraryFolders;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuFindingsTest {
  @Test
  void of_survey_warnsOfWhatIsMissing() {
    CudaSurvey survey =
        new CudaSurvey(
            List.of(new Line(false, "driver of CUDA 13.0"), new Line(true, "no cuBLAS")));

    assertThat(GpuFindings.of(survey))
        .containsExactly(
            Finding.ok("gpu", "driver of CUDA 13.0"), Finding.warn("gpu", "no cuBLAS"));
  }

  @Test
  void of_remedyThatIsAnOptionOfTraining_namesTheCommand() {
    CudaSurvey survey = new CudaSurvey(List.of(new Line(false, "none; use --device cpu")));

    assertThat(GpuFindings.of(survey))
        .containsExactly(Finding.ok("gpu", "none; use 'brink train --device cpu'"));
  }

  @Test
  void of_machineWithoutGpu_isNoFault() {
    LibraryFolders none = new LibraryFolders(List.of(), false, List.of());

    assertThat(GpuFindings.of(CudaSurvey.of(none)))
        .allMatch(finding -> finding.severity() == Finding.Severity.OK);
  }
}
