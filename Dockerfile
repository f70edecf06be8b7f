# The operator's image, and with --target simulator the simulator's: docker build ., podman build . or buildah build .
# docs/install.md says what is in them, and how they are built behind a mirror or without a network.

# a JDK 25 with binutils
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk-noble
# glibc, and nothing that can be run
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12:nonroot

FROM ${RUNTIME_IMAGE} AS runtime

# Jars are the same for every platform: they are built on the builder's own.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS jars
WORKDIR /source
COPY . .
# for example -llr -Dmaven.repo.local=/repository, with a volume there
ARG MAVEN_CLI_OPTS=
# a mirror to get Maven itself from
ARG MVNW_REPOURL=
ARG REVISION=
# project.build.outputTimestamp of pom.xml
ARG SOURCE_DATE_EPOCH=1795478400
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    ./mvnw -B -ntp -q ${MAVEN_CLI_OPTS} -Pimage -pl src/operator,src/simulator package \
      -Dmaven.test.skip=true -Dspotless.check.skip -Djacoco.skip \
      -Dbuild.commit=${REVISION} -Dproject.build.outputTimestamp=${SOURCE_DATE_EPOCH}
RUN set -eu; \
    for product in operator:connectwise-operator simulator:cloud-elements-simulator; do \
      module=src/${product%:*}; home=/product/${product#*:}; \
      mkdir -p "${home}/app"; \
      mv ${module}/target/lib "${home}/"; \
      mv ${module}/target/*.jar ${module}/target/sbom.json "${home}/app/"; \
      cp src/operator/src/main/dist/conf/jvm.options LICENSE "${home}/app/"; \
    done; \
    cp src/simulator/src/main/dist/conf/logback.xml /product/cloud-elements-simulator/app/

FROM ${BUILD_IMAGE} AS build
COPY --from=jars /product/ /opt/
# What jdeps finds in the jars has to be in one of these two: a new dependency is then a decision, not a surprise.
# The second are optional parts that are not used: XML configuration (Logback), SQL and Swing types (Jackson), code
# generation (Vert.x).
ARG MODULES=java.base,java.logging,java.management,java.naming,java.net.http,jdk.management,jdk.unsupported
ARG UNUSED_MODULES=java.compiler,java.desktop,java.sql,java.xml
RUN set -eu; \
    jdeps --multi-release 25 --ignore-missing-deps -q --print-module-deps --class-path '/opt/*/lib/*' /opt/*/app/*.jar /opt/*/lib/*.jar | \
      tr , '\n' >/tmp/wanted; \
    echo "${MODULES},${UNUSED_MODULES}" | tr , '\n' >/tmp/known; \
    if grep -vxFf /tmp/known /tmp/wanted; then echo "The jars refer to modules that the Dockerfile does not know." >&2; exit 1; fi; \
    jlink --add-modules "${MODULES}" --vm server --compress zip-9 --strip-java-debug-attributes --no-header-files \
      --no-man-pages --output /opt/jre; \
    # the class list is for another cache, jexec and keytool are for people with a shell
    rm -f /opt/jre/lib/classlist /opt/jre/lib/jexec /opt/jre/bin/keytool; \
    find /opt/jre -name '*.so' -exec strip --strip-unneeded {} +

COPY src/build-tools/src/main/java/io/cloudelements/connectwise/image /tools/io/cloudelements/connectwise/image
RUN --mount=type=bind,from=runtime,target=/runtime \
    set -eu; \
    for home in /opt/connectwise-operator /opt/cloud-elements-simulator; do \
      java -cp '/opt/connectwise-operator/lib/*' /tools/io/cloudelements/connectwise/image/ImageBom.java "${home}" /opt/jre /runtime; \
    done

# The operator's start is rehearsed, and the classes that it loads are archived. They come from a list, sorted, and are
# dumped by one thread without a compiler: what -XX:AOTCacheOutput records by itself depends on timing. The cache is
# valid for these names, sizes and times of jars, and not for others.
ARG SOURCE_DATE_EPOCH=1795478400
ARG MAIN=io.cloudelements.connectwise.OperatorMain
RUN set -eu; \
    export LC_ALL=C; \
    app=/opt/connectwise-operator/app; \
    # 45 % of the container's memory limit leaves room for metaspace, code, threads and direct buffers
    { echo -XX:MaxRAMPercentage=45; echo "-cp $(ls ${app}/*.jar /opt/connectwise-operator/lib/*.jar | paste -sd:)"; } >${app}/image.options; \
    chmod -R a+rX,go-w /opt/jre /opt/connectwise-operator /opt/cloud-elements-simulator; \
    find /opt/jre /opt/connectwise-operator /opt/cloud-elements-simulator -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +; \
    operator="/opt/jre/bin/java @${app}/jvm.options @${app}/image.options"; \
    java -Dlogback.configurationFile=/opt/cloud-elements-simulator/app/logback.xml \
      -cp '/opt/cloud-elements-simulator/app/*:/opt/cloud-elements-simulator/lib/*' \
      /tools/io/cloudelements/connectwise/image/Rehearsal.java ${operator} -Xshare:off -XX:DumpLoadedClassList=/tmp/loaded ${MAIN}; \
    # without what differs from run to run: resolved constant pools (@cp), ids, classes that only a lost race loads
    { grep -v '^[#@]' /tmp/loaded | cut -d' ' -f1 | grep -v 'netty/bootstrap/AbstractBootstrap\$'; grep '^@lambda' /tmp/loaded; } | sort -u >/tmp/classes; \
    ${operator} -Xint -Xshare:dump -XX:SharedClassListFile=/tmp/classes -XX:SharedArchiveFile=${app}/operator.aot; \
    chmod 644 ${app}/operator.aot; \
    touch -d "@${SOURCE_DATE_EPOCH}" ${app} ${app}/operator.aot; \
    # 2: with a cache that must be used, it has come as far as reading its settings
    code=0; RESYNC_INTERVAL=never ${operator} -XX:AOTCache=${app}/operator.aot -XX:AOTMode=on ${MAIN} || code=$?; \
    [ ${code} = 2 ]

FROM ${RUNTIME_IMAGE} AS simulator
ARG VERSION=0.1.0
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="cloud-elements-simulator" \
      org.opencontainers.image.description="Simulator of Cloud Elements, for trials and tests" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/cloud-elements-simulator /opt/cloud-elements-simulator
# Any user can run it: nothing is written, everything is readable.
USER 65532:0
WORKDIR /
EXPOSE 8085
ENTRYPOINT ["/opt/jre/bin/java", "@/opt/cloud-elements-simulator/app/jvm.options", \
  "-Dlogback.configurationFile=/opt/cloud-elements-simulator/app/logback.xml", \
  "-cp", "/opt/cloud-elements-simulator/app/*:/opt/cloud-elements-simulator/lib/*", \
  "io.cloudelements.simulator.SimulatorMain", "--host", "0.0.0.0"]

FROM ${RUNTIME_IMAGE} AS operator
ARG VERSION=0.1.0
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="connectwise-operator" \
      org.opencontainers.image.description="Provisions ConnectWise element instances on Cloud Elements" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
# from what changes least often to what changes with every version
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/connectwise-operator/lib /opt/connectwise-operator/lib
COPY --from=build /opt/connectwise-operator/app /opt/connectwise-operator/app
# Any user can run it: nothing is written, everything is readable.
USER 65532:0
WORKDIR /
EXPOSE 8080
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/opt/connectwise-operator/app/operator.aot", \
  "@/opt/connectwise-operator/app/jvm.options", "@/opt/connectwise-operator/app/image.options", \
  "io.cloudelements.connectwise.OperatorMain"]
