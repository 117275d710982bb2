// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import istream.simulator.Main;
import java.io.FilterInputStream;
import java.io.IOException;

/** The simulator as a program that ends with its standard input, and so with the test. */
public final class LeashedCameras {
  private LeashedCameras() {}

  /** Takes the simulator's arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    System.setIn(
        new FilterInputStream(System.in) {
          @Override
          public int read(byte[] bytes, int from, int most) throws IOException {
            int count = super.read(bytes, from, most);
            if (count < 0) {
              Runtime.getRuntime().halt(0);
            }
            return count;
          }
        });
    Main.main(arguments);
  }
}
