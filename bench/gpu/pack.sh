#!/usr/bin/env bash
# Packs what bench/gpu/run.sh needs on a machine that has a GPU and the CUDA libraries but no Java: a trimmed runtime, the
# engine, its contract tests and their libraries. Writes bench/target/gpu and, packed, gpu.tar.xz.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly out=$PWD/bench/target/gpu
readonly console=org.junit.platform:junit-platform-console-standalone
: "${JAVA_HOME:?set JAVA_HOME to a JDK 25}"

# What neither the engine nor its tests need there.
readonly without=kafka-clients,progressbar,jline,opencv,javacv,leveldb,zstd-jni,lz4-java,snappy-java,rocksdbjni,byte-buddy,junit-jupiter,junit-jupiter-api,junit-jupiter-engine,junit-jupiter-params
readonly without_groups=org.nd4j,org.deeplearning4j,org.datavec,org.apache.kafka,org.apache.commons,com.fasterxml.jackson.core,com.google.guava,org.junit.platform,org.junit.jupiter

rm -rf "$out"
mkdir -p "$out/lib"
# in one go: Brink's own modules can be copied only where they have just been packaged
./mvnw -q -Dexec.skip -DskipTests -pl trainer -am package dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$out/lib" \
  -DexcludeGroupIds="$without_groups" -DexcludeArtifactIds="$without"
./mvnw -q -N dependency:copy -Dartifact="$console:$(sed -n 's#.*<junit.version>\(.*\)</junit.version>.*#\1#p' pom.xml)" \
  -DoutputDirectory="$out/lib"

pack() {
  "$JAVA_HOME/bin/jar" --create --file "$out/lib/brink-$1.jar" -C "$2" .
}
pack trainer trainer/target/classes
pack trainer-tests trainer/target/test-classes
"$JAVA_HOME/bin/javac" -nowarn -proc:none -d "$out/bench" -cp "$out/lib/*" bench/src/main/java/brink/bench/gpu/Gpu*.java
pack bench "$out/bench"
rm -r "$out/bench"

"$JAVA_HOME/bin/jlink" --add-modules java.base,java.logging,java.management,java.naming,java.xml,jdk.management,jdk.unsupported \
  --strip-debug --no-header-files --no-man-pages --compress=zip-0 --output "$out/java"
cp bench/gpu/run.sh bench/gpu/peer.py "$out"
# without an xz there, 'python3 -m tarfile -e gpu.tar.xz' unpacks it
tar --create --xz --file "$out.tar.xz" --directory "$(dirname "$out")" gpu
du --human-readable --summarize "$out" "$out.tar.xz"
