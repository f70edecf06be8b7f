# Sourced by mvnw, demo and .ci/run: sets JAVA_HOME to an installed JDK 25; `java` on the path may be another version.
is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }
find_jdk25() {
  for home in "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* /usr/local/openjdk-25* /usr/java/*25* /opt/*jdk*25* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* "$HOME"/.local/share/mise/installs/java/*25* \
    "$HOME"/.asdf/installs/java/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk25 "$home"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "A JDK 25 is needed and none was found: install one (for example Temurin 25) in a usual place, or set JAVA_HOME to it." >&2
  return 1
}
