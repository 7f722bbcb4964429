# syntax=docker/dockerfile:1
# Build in the checkout: docker build -f deploy/dataset-service.Dockerfile -t tencrop/dataset-service .
FROM eclipse-temurin:21-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked ./mvnw -B -q -ntp -DskipTests -pl dataset-service -am package

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --uid 10001 --home-dir /var/lib/tencrop --create-home tencrop \
 && apt-get update && apt-get install -y --no-install-recommends curl libturbojpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/tencrop
COPY --from=build /src/dataset-service/target/quarkus-app/ ./
USER 10001
RUN mkdir -p /var/lib/tencrop/work

ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8081 \
    MALLOC_ARENA_MAX=2 \
    TENCROP_DATASET_WORK_DIR=/var/lib/tencrop/work \
    JAVA_OPTS="-Xmx384m"
EXPOSE 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD curl -fsS http://127.0.0.1:8081/q/health/ready || exit 1
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED -jar quarkus-run.jar"]
