package io.cloudelements.connectwise.sources;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A source file as the compiler parses it.
 *
 * @param path from the repository's top
 * @param types names of its top-level types
 * @param nested names of the types within them
 * @param lines of the whole file
 * @param methods with a body, constructors too
 * @param signatures of each type, the components of a record or the parameters of a constructor
 */
record SourceFile(
    Path path,
    List<String> types,
    List<Nested> nested,
    long lines,
    List<Measure> methods,
    List<Measure> signatures) {

  /**
   * A named type within another one.
   *
   * @param isPrivate seen in its file alone
   * @param isAlternative of a sealed type of the same file, with which it is read: {@code
   *     Action.Read}
   */
  record Nested(String name, boolean isPrivate, boolean isAlternative) {}

  /** How many lines a method has, or how many parameters the constructor of a type. */
  record Measure(String name, long count) {}

  /** Every Java file of the repository, of all modules. */
  static List<SourceFile> all() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.walk(Path.of("src"));
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().matches(".*/java/.*[.]java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<SourceFile> all = new ArrayList<>();
      task.parse().forEach(unit -> all.add(new Reader(unit, positions).read()));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether users run it: the operator and the command line, without their tests. */
  boolean isShipped() {
    return path.toString().matches("src/(operator|cli)/src/main/java/.*");
  }

  boolean isInTestFolder() {
    return path.toString().matches("src/[^/]+/src/test/java/.*");
  }

  /** Whether one of its types can be started. */
  boolean isProgram() {
    return methods.stream().anyMatch(method -> method.name().equals("main"));
  }

  /** Whether it is main code, of any module. */
  boolean isMain() {
    return path.toString().matches("src/[^/]+/src/main/java/.*");
  }

  private static final class Reader extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<ClassTree> nested = new ArrayList<>();
    private final Set<String> sealed = new HashSet<>();
    private final List<Measure> methods = new ArrayList<>();
    private final List<Measure> signatures = new ArrayList<>();

    Reader(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    SourceFile read() {
      scan(unit, null);
      List<String> types =
          unit.getTypeDecls().stream()
              .filter(ClassTree.class::isInstance)
              .map(type -> ((ClassTree) type).getSimpleName().toString())
              .toList();
      return new SourceFile(
          Path.of(unit.getSourceFile().getName()),
          types,
          nested.stream().map(this::nested).toList(),
          unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit)),
          methods,
          signatures);
    }

    private Nested nested(ClassTree type) {
      return new Nested(
          type.getSimpleName().toString(),
          type.getModifiers().getFlags().contains(Modifier.PRIVATE),
          type.getImplementsClause().stream().anyMatch(parent -> sealed.contains(name(parent))));
    }

    /** Without what it is qualified with, and without its type arguments. */
    private static String name(Tree type) {
      return type.toString().replaceFirst("<.*", "").replaceFirst(".*[.]", "");
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() != null) {
        methods.add(new Measure(method.getName().toString(), lines(method)));
      }
      return super.visitMethod(method, nothing);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!type.getSimpleName().isEmpty() && !unit.getTypeDecls().contains(type)) {
        nested.add(type);
      }
      if (type.getModifiers().getFlags().contains(Modifier.SEALED)) {
        sealed.add(type.getSimpleName().toString());
      }
      long parameters =
          type.getMembers().stream()
              .filter(
                  member -> member instanceof MethodTree method && method.getReturnType() == null)
              .mapToLong(constructor -> ((MethodTree) constructor).getParameters().size())
              .max()
              .orElse(0);
      long components =
          type.getMembers().stream()
              .filter(member ->
                  member instanceof VariableTree field
                      && !field.getModifiers().getFlags().contains(Modifier.STATIC))
              .count();
      signatures.add(
          new Measure(
              type.getSimpleName().toString(),
              type.getKind() == Tree.Kind.RECORD ? Math.max(parameters, components) : parameters));
      return super.visitClass(type, nothing);
    }

    private long lines(Tree tree) {
      var lines = unit.getLineMap();
      return lines.getLineNumber(positions.getEndPosition(unit, tree))
          - lines.getLineNumber(positions.getStartPosition(unit, tree))
          + 1;
    }
  }
}
