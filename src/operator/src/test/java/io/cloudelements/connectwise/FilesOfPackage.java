package io.cloudelements.connectwise;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Slices that are files: classes of one package, each with the classes inside of it. */
record FilesOfPackage(String name) implements SliceAssignment {

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return type.getPackageName().equals(name)
        ? SliceIdentifier.of(outermost(type).getSimpleName())
        : SliceIdentifier.ignore();
  }

  @Override
  public String getDescription() {
    return "files of " + name;
  }

  static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(FilesOfPackage::outermost).orElse(type);
  }
}
