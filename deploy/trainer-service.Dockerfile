# syntax=docker/dockerfile:1
# Build in the checkout: docker build -f deploy/trainer-service.Dockerfile -t tencrop/trainer-service .
FROM eclipse-temurin:21-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked ./mvnw -B -q -ntp -DskipTests -pl trainer-service -am package

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --uid 10001 --home-dir /var/lib/tencrop --create-home tencrop \
 && apt-get update && apt-get install -y --no-install-recommends curl libstdc++6 libgomp1 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/tencrop
COPY --from=build /src/trainer-service/target/quarkus-app/ ./
USER 10001
RUN mkdir -p /var/lib/tencrop/cache /var/lib/tencrop/engine

# The engine's native libraries are unpacked once, here, instead of at each start.
RUN DJL_CACHE_DIR=/var/lib/tencrop/engine java -cp '/opt/tencrop/lib/main/*' io.tencrop.vision.engine.EngineFiles

ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8082 \
    MALLOC_ARENA_MAX=2 \
    DJL_CACHE_DIR=/var/lib/tencrop/engine \
    TENCROP_TRAINER_CACHE_DIR=/var/lib/tencrop/cache \
    OMP_WAIT_POLICY=PASSIVE \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=67108864 \
    THP_MEM_ALLOC_ENABLE=1 \
    JAVA_OPTS="-Xmx4g"
EXPOSE 8082
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD curl -fsS http://127.0.0.1:8082/q/health/ready || exit 1
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -jar quarkus-run.jar"]
