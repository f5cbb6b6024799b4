import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;

/**
 * Runs google-java-format, and says what it is that failed: a file that the formatter cannot read
 * or would write otherwise looks like an error of the build.
 */
void main(String... arguments) throws Exception {
  PrintWriter out = new PrintWriter(System.out, true);
  PrintWriter err = new PrintWriter(System.err, true);
  int code = new Main(out, err, System.in).format(arguments);
  if (code != 0) {
    err.println(
        "The files above are not in the project's format, or cannot be read as Java. './mvnw -q -N"
            + " -Pformat validate' puts every file into it.");
  }
  System.exit(code);
}
