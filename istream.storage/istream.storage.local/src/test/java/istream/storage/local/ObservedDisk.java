// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A real directory behind a window: every operation on it can be counted, held up or failed. One
 * way in only: through {@link #path}.
 */
final class ObservedDisk extends FileSystemProvider {
  /** Is told before each operation; may block, or throw in its place. */
  interface Watch {
    /** One of: open, list, stat, create, delete, move, write, force, truncate. */
    void before(String operation, Path file) throws IOException;
  }

  private volatile Watch watch = (operation, file) -> {};

  /** From now on. */
  void watch(Watch next) {
    watch = next;
  }

  /** The way in. */
  Path path(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            ObservedDisk.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return new ObservedFileSystem(this, real.getFileSystem());
              }
              Object[] plain = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < plain.length; i++) {
                plain[i] = plain[i] instanceof Path other ? real(other) : plain[i];
              }
              try {
                Object result = method.invoke(real, plain);
                return result instanceof Path other ? path(other) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass()) ? Path.of(path.toString()) : path;
  }

  void before(String operation, Path file) throws IOException {
    watch.before(operation, file);
  }

  private Path passed(String operation, Path path) throws IOException {
    Path real = real(path);
    before(operation, real);
    return real;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path real = passed("open", path);
    return new ObservedChannel(this, real, FileChannel.open(real, options, attributes));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Path real = passed("list", path);
    DirectoryStream<Path> entries =
        real.getFileSystem().provider().newDirectoryStream(real, filter);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> names = entries.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return names.hasNext();
          }

          @Override
          public Path next() {
            return path(names.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        entries.close();
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(passed("create", path), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(passed("delete", path));
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    Files.move(passed("move", from), real(to), options);
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException("footage is never copied");
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    Path real = passed("stat", path);
    real.getFileSystem().provider().checkAccess(real, modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(passed("stat", path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return Files.readAttributes(passed("stat", path), names, options);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(real(path), name, value, options);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(passed("stat", path));
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return Files.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(real(path));
  }

  @Override
  public String getScheme() {
    return "observed";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("there is one way in");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("there is one way in");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("there is one way in");
  }
}
