package brink.schemas;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.utils.Utils;

/**
 * What listens at an address. Kafka's clients do not say: to them a refused connection, a listener
 * of another protocol and a slow broker are all one timeout.
 */
final class ListenerProbe {
  /** A machine that answers at all does so within this time, also around the world. */
  private static final int TIMEOUT_MS = Math.toIntExact(Duration.ofSeconds(3).toMillis());

  private static final int API_VERSIONS = 18;
  private static final int SASL_HANDSHAKE = 17;
  private static final int ILLEGAL_SASL_STATE = 34;
  private static final int CORRELATION = 0x6272696e;
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;

  private ListenerProbe() {}

  /** What was found. */
  enum Answer {
    /** The address cannot be understood; Kafka's client says better what is wrong with it. */
    NO_ADDRESS,
    UNKNOWN_HOST,
    /** Nothing takes a connection. */
    REFUSED,
    /** A connection is taken; nothing was asked. */
    LISTENS,
    /** A connection is taken, and no question answered in time. */
    SILENT,
    /** A connection is taken, and closed at the first question. */
    CLOSED,
    /** It speaks TLS. */
    TLS,
    /** It speaks Kafka's protocol without TLS. */
    KAFKA,
    /** Likewise, and asks for no credentials. */
    PLAINTEXT,
    /** Likewise, and asks for credentials. */
    SASL_PLAINTEXT
  }

  /** Finds out whether a connection is taken. */
  static Answer connect(String server) {
    return ask(server, _ -> Answer.LISTENS);
  }

  /**
   * Finds out what is spoken there.
   *
   * @param login whether to find out, too, if it asks for credentials; a broker that does logs it
   */
  static Answer of(String server, boolean login) {
    Answer kafka = ask(server, socket -> speakKafka(socket, login));
    return kafka == Answer.CLOSED ? ask(server, ListenerProbe::speakTls) : kafka;
  }

  private interface Conversation {
    Answer with(Socket socket) throws IOException;
  }

  private static Answer ask(String server, Conversation conversation) {
    String host = Utils.getHost(server);
    Integer port = Utils.getPort(server);
    if (host == null || port == null) {
      return Answer.NO_ADDRESS;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        Answer answer = ask(new InetSocketAddress(address, port), conversation);
        if (answer != Answer.REFUSED) {
          return answer;
        }
      }
      return Answer.REFUSED;
    } catch (UnknownHostException e) {
      return Answer.UNKNOWN_HOST;
    }
  }

  private static Answer ask(InetSocketAddress address, Conversation conversation) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      return converse(socket, conversation);
    } catch (IOException e) {
      return Answer.REFUSED;
    }
  }

  private static Answer converse(Socket socket, Conversation conversation) {
    try {
      return conversation.with(socket);
    } catch (SocketTimeoutException e) {
      return Answer.SILENT;
    } catch (IOException e) {
      return Answer.CLOSED;
    }
  }

  /** Asks for the versions of the protocol, which every listener tells, and then to log in. */
  private static Answer speakKafka(Socket socket, boolean login) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(request(API_VERSIONS, ""));
    int size = in.readInt();
    if (size >>> 24 == TLS_ALERT) {
      return Answer.TLS;
    }
    if (in.readInt() != CORRELATION) {
      return Answer.CLOSED; // It is not Kafka.
    }
    in.skipNBytes(size - Integer.BYTES);
    if (!login) {
      return Answer.KAFKA;
    }
    socket.getOutputStream().write(request(SASL_HANDSHAKE, "none"));
    try {
      in.readInt();
      in.readInt();
      return in.readShort() == ILLEGAL_SASL_STATE ? Answer.PLAINTEXT : Answer.SASL_PLAINTEXT;
    } catch (EOFException | SocketTimeoutException e) {
      return Answer.SASL_PLAINTEXT;
    }
  }

  /** A request of version 0 with one string in its body, if any. */
  private static byte[] request(int kind, String body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int withoutBody = 2 * Short.BYTES + Integer.BYTES + Short.BYTES;
    out.writeInt(withoutBody + (body.isEmpty() ? 0 : Short.BYTES + body.length()));
    out.writeShort(kind);
    out.writeShort(0);
    out.writeInt(CORRELATION);
    out.writeShort(-1); // no name of a client
    if (!body.isEmpty()) {
      out.writeUTF(body);
    }
    return bytes.toByteArray();
  }

  /** Begins a handshake; any answer in TLS will do. */
  private static Answer speakTls(Socket socket) throws IOException {
    socket.getOutputStream().write(clientHello());
    int first = socket.getInputStream().read();
    return first == TLS_HANDSHAKE || first == TLS_ALERT ? Answer.TLS : Answer.CLOSED;
  }

  private static byte[] clientHello() throws IOException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      var _ = engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.position()];
      hello.flip().get(bytes);
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
