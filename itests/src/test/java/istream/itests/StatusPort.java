// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Asks a running instance for its status as {@code bin/istream status --json} does, without a
 * process for each question, so that it can be asked often.
 *
 * @param instance that is asked
 */
record StatusPort(Instance instance) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final int OUT = 1;
  private static final int ERR = 2;
  private static final int EXIT = 3;

  /**
   * The status now.
   *
   * @throws IOException if the instance does not answer
   */
  JsonNode status() throws IOException {
    UnixDomainSocketAddress socket =
        UnixDomainSocketAddress.of(instance.data().resolve("istream.sock"));
    try (SocketChannel channel = SocketChannel.open(socket)) {
      ByteBuffer question = ByteBuffer.wrap(question());
      while (question.hasRemaining()) {
        channel.write(question);
      }
      return JSON.readTree(answer(new DataInputStream(Channels.newInputStream(channel))));
    }
  }

  private static byte[] question() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    List<String> words = List.of("status", "--json");
    out.writeInt(VERSION);
    out.writeBoolean(false);
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
    return bytes.toByteArray();
  }

  private static byte[] answer(DataInputStream in) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    while (true) {
      int kind = in.readByte();
      switch (kind) {
        case OUT -> said.write(in.readNBytes(in.readInt()));
        case ERR -> in.skipNBytes(in.readInt());
        case EXIT -> {
          int exit = in.readInt();
          if (exit != 0) {
            throw new IOException("status ends with " + exit);
          }
          return said.toByteArray();
        }
        default -> throw new IOException("a frame of the unknown kind " + kind);
      }
    }
  }
}
