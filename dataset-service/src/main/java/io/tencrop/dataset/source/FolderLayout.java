package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.ClassFrom;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.PermanentFailureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of image files say: {@code class/image.jpg}, or {@code
 * train|validation|val|test/class/image.jpg}. Folders that all files share are passed over, and
 * below its class an image may lie deeper. Or {@code class_1.jpg} in any folder.
 *
 * @param paths ascending; the position is the image's id
 * @param classes ascending, or in the order that was asked for
 * @param labels by id
 * @param parts by id: ordinals of {@link Part}
 */
record FolderLayout(List<String> paths, List<String> classes, int[] labels, int[] parts) {
  private static final Map<String, Part> PARTS =
      Map.of(
          "train", Part.TRAIN,
          "training", Part.TRAIN,
          "validation", Part.VALIDATION,
          "val", Part.VALIDATION,
          "valid", Part.VALIDATION,
          "test", Part.TEST,
          "testing", Part.TEST);

  /**
   * Reads it from the paths.
   *
   * @param where the source, for messages
   * @param named the classes in their order; absent: by name, ascending
   * @param classFrom absent: from folders
   * @throws PermanentFailureException when they are not laid out so
   */
  static FolderLayout of(
      String where,
      List<String> files,
      @Nullable List<String> named,
      @Nullable ClassFrom classFrom) {
    List<String> paths = files.stream().sorted().toList();
    if (paths.isEmpty()) {
      throw invalid(
          "%s has no images (.jpg, .jpeg, .png, .webp, .bmp, .gif) in class folders.", where);
    }
    if (classFrom == ClassFrom.FILE_NAME) {
      return ofFileNames(where, paths, named);
    }
    List<String[]> split = new ArrayList<>();
    for (String path : paths) {
      split.add(path.split("/"));
    }
    int start = commonFolders(split);
    boolean hasParts = split.stream().allMatch(path -> isPart(path, start));
    int classAt = hasParts ? start + 1 : start;
    List<String> names = new ArrayList<>();
    int[] parts = new int[paths.size()];
    for (String[] path : split) {
      if (path.length < classAt + 2) {
        throw invalid("In %s the image %s lies in no class folder.", where, String.join("/", path));
      }
      parts[names.size()] = hasParts ? part(path[start]).ordinal() : Part.NONE.ordinal();
      names.add(path[classAt]);
    }
    return of(where, paths, names, parts, named);
  }

  private static FolderLayout ofFileNames(
      String where, List<String> paths, @Nullable List<String> named) {
    List<String> names = new ArrayList<>();
    for (String path : paths) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      int end = file.lastIndexOf('_');
      if (end < 1) {
        throw invalid(
            "In %s the name of the image %s tells no class: expected class_number.jpg.",
            where, path);
      }
      names.add(file.substring(0, end));
    }
    return of(where, paths, names, new int[paths.size()], named);
  }

  private static FolderLayout of(
      String where,
      List<String> paths,
      List<String> names,
      int[] parts,
      @Nullable List<String> named) {
    List<String> classes = classes(where, names, named);
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(name -> index.put(name, index.size()));
    int[] labels = names.stream().mapToInt(name -> index.getOrDefault(name, -1)).toArray();
    return new FolderLayout(paths, classes, labels, parts);
  }

  /** With these ids alone, numbered anew. */
  FolderLayout only(int... ids) {
    return new FolderLayout(
        Arrays.stream(ids).mapToObj(paths::get).toList(),
        classes,
        Arrays.stream(ids).map(id -> labels[id]).toArray(),
        Arrays.stream(ids).map(id -> parts[id]).toArray());
  }

  /** How many leading folders all files share, leaving each at least its class. */
  private static int commonFolders(List<String[]> paths) {
    String[] first = paths.get(0);
    int common = 0;
    while (sharedAt(paths, first, common)) {
      common++;
    }
    return common;
  }

  private static boolean sharedAt(List<String[]> paths, String[] first, int depth) {
    return paths.stream()
        .allMatch(path -> path.length > depth + 2 && path[depth].equals(first[depth]));
  }

  private static boolean isPart(String[] path, int at) {
    return path.length > at + 2 && PARTS.containsKey(path[at].toLowerCase(Locale.ROOT));
  }

  private static Part part(String folder) {
    return PARTS.getOrDefault(folder.toLowerCase(Locale.ROOT), Part.NONE);
  }

  private static List<String> classes(
      String where, List<String> names, @Nullable List<String> named) {
    Set<String> found = new TreeSet<>(names);
    if (named == null) {
      return List.copyOf(found);
    }
    if (!found.equals(new HashSet<>(named))) {
      throw invalid(
          "The classes of %s are %s, but the data set was registered with %s.",
          where, found, named);
    }
    return named;
  }

  private static PermanentFailureException invalid(String message, Object... values) {
    return new PermanentFailureException(FailureCode.SOURCE_INVALID, message.formatted(values));
  }
}
