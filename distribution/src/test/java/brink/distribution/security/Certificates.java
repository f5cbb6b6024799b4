package brink.distribution.security;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Key stores of a test, made by the JDK's keytool: each holds a key whose certificate is signed by
 * itself.
 *
 * @param folder where they lie
 */
record Certificates(Path folder) {
  static final String PASSWORD = "of-a-test";

  /** The broker's, for the address 127.0.0.1 and no name. */
  static Certificates make(Path folder) throws IOException {
    Files.createDirectories(folder);
    Certificates certificates = new Certificates(folder);
    certificates.key("broker", "-ext", "SAN=ip:127.0.0.1");
    certificates.key("client");
    certificates.key("stranger");
    return certificates;
  }

  /** The store of someone's key. */
  Path keys(String whose) {
    return folder.resolve(whose + ".p12");
  }

  /** A store that trusts someone. */
  Path trusting(String whom) {
    return folder.resolve("trusts-" + whom + ".p12");
  }

  private void key(String whose, String... more) throws IOException {
    List<String> generate =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + whose, "-validity", "30"));
    generate.addAll(List.of(more));
    keytool(keys(whose), whose, generate);
    Path certificate = folder.resolve(whose + ".pem");
    keytool(keys(whose), whose, List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    keytool(
        trusting(whose),
        whose,
        List.of("-importcert", "-noprompt", "-file", certificate.toString()));
  }

  private static void keytool(Path store, String alias, List<String> what) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(
        List.of(
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            alias,
            "-storetype",
            "PKCS12"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
