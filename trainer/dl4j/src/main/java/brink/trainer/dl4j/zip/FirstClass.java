package brink.trainer.dl4j.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Arrays;

/**
 * The class of a serialized object, of which nothing is made: what a few hundred bytes of nested
 * sets ask for takes longer than the universe lasts, and a class of the path may do anything in its
 * readObject. So no class is resolved, and a filter rejects whatever else would come.
 */
final class FirstClass extends ObjectInputStream {
  private FirstClass(InputStream in) throws IOException {
    super(in);
    setObjectInputFilter(_ -> ObjectInputFilter.Status.REJECTED);
  }

  /**
   * Its name.
   *
   * @throws IOException if no object of a class comes first
   */
  static String of(InputStream in) throws IOException {
    try (FirstClass stream = new FirstClass(in)) {
      var _ = stream.readObject();
      throw new InvalidClassException("no object of a class");
    } catch (Named e) {
      return e.name;
    } catch (ClassNotFoundException e) {
      throw new InvalidClassException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) throws IOException {
    throw new Named(description.getName());
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
    throw new Named(Arrays.toString(interfaces));
  }

  private static final class Named extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;

    Named(String name) {
      this.name = name;
    }
  }
}
