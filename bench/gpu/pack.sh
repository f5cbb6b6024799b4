#!/usr/bin/env bash
# Packs what bench/gpu/run.sh needs on a machine that has a GPU and the CUDA libraries but no Java: a trimmed runtime, the
# program with its broker and monitor, the engine's contract tests and the measurements. Writes bench/target/gpu and,
# packed, gpu.tar.xz. Needs python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly out=$PWD/bench/target/gpu
readonly console=org.junit.platform:junit-platform-console-standalone
: "${JAVA_HOME:?set JAVA_HOME to a JDK 25}"

# What is not needed there: Deeplearning4j with its natives, the peer of the processor's benchmarks, and what the console
# of JUnit brings along itself.
readonly without=leveldb,byte-buddy,junit-jupiter,junit-jupiter-api,junit-jupiter-engine,junit-jupiter-params,jmh-core,pytorch,scala-reflect
readonly without_groups=org.nd4j,org.deeplearning4j,org.datavec,org.junit.platform,org.junit.jupiter

rm -rf "$out"
mkdir -p "$out/lib"
# in one go: Brink's own modules can be copied only where they have just been packaged
copy() {
  ./mvnw -q -DskipTests -pl "$1" -am package dependency:copy-dependencies -DincludeScope="$2" \
    -DoutputDirectory="$out/lib" -DexcludeGroupIds="$without_groups" -DexcludeArtifactIds="$without"
}
copy trainer/engine test
copy bench/peers runtime
./mvnw -q -N dependency:copy -Dartifact="$console:$(sed -n 's#.*<junit.version>\(.*\)</junit.version>.*#\1#p' pom.xml)" \
  -DoutputDirectory="$out/lib"

pack() {
  "$JAVA_HOME/bin/jar" --create --file "$out/lib/brink-$1.jar" -C "$2" .
}
pack trainer-tests trainer/engine/target/test-classes
pack bench-detection bench/detection/target/classes
pack bench bench/peers/target/classes

# Natives of other platforms go; what is left is packed once, by xz.
python3 - "$out"/lib/*.jar <<'P'
import re, shutil, sys, zipfile
# of OpenBLAS, whose LAPACK nobody calls, one of three bindings will do
native = re.compile(r"\.(dll|dylib|jnilib|so)$")
idle = re.compile(r"musl|libjniopenblas(_full)?\.so")
here = re.compile(r"linux[/-]?(x86_64|amd64|64)[^a-z]", re.IGNORECASE)
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as jar, zipfile.ZipFile(path + ".part", "w", zipfile.ZIP_STORED) as kept:
        for entry in jar.infolist():
            if not native.search(entry.filename) or (here.search(entry.filename) and not idle.search(entry.filename)):
                kept.writestr(entry.filename, jar.read(entry))
    shutil.move(path + ".part", path)
P

"$JAVA_HOME/bin/jlink" --add-modules java.base,java.desktop,java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
  --strip-debug --no-header-files --no-man-pages --compress=zip-0 --output "$out/java"
cp bench/gpu/run.sh bench/gpu/peer.py "$out"
# without an xz there, 'python3 -m tarfile -e gpu.tar.xz' unpacks it
XZ_OPT=-T0 tar --create --xz --file "$out.tar.xz" --directory "$(dirname "$out")" gpu
du --human-readable --summarize "$out" "$out.tar.xz"
