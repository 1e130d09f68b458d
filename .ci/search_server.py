"""Real search servers for development and tests, on loopback, on a machine with Java and Maven but without Docker.

OpenSearch is the runner of codelibs with its language analysers. Elasticsearch is the server itself, started in one
process, with a plug-in of ours over Lucene's analysers in place of its module "analysis-common", which is not
published. A small launcher of ours starts each. Jars are taken once and kept in var/services/jars; data is in
var/services/<name>.

    python3 .ci/search_server.py opensearch | elasticsearch     which version would be started here
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HEAP = os.environ.get("ANCRAGE_SEARCH_HEAP", "512m")

# The first that can be started is: version (of the runner, for OpenSearch), the first and the last Java it runs on.
VERSIONS = {
    "opensearch": [("2.19.1.0", 17, 23), ("3.8.0.0", 21, 25)],
    "elasticsearch": [("9.5.3", 21, 25), ("8.19.21", 17, 24)],
}

LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


def javas():
    """Major version → home of every JDK here, also where none is on the path."""
    homes = [os.environ.get("JAVA_HOME", ""), *glob.glob("/usr/lib/jvm/*")]
    if shutil.which("javac"):
        homes.append(os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("javac")))))
    found = {}
    for home in homes:
        try:
            with open(os.path.join(home, "release")) as file:
                version = re.search(r'JAVA_VERSION="(\d+)', file.read())
        except OSError:
            continue
        if version and os.path.exists(os.path.join(home, "bin", "javac")):
            found.setdefault(int(version.group(1)), home)
    return found


def java_between(first, last):
    """The oldest fitting JDK: a server is best tried on what it was made for."""
    fitting = {major: home for major, home in javas().items() if first <= major <= last}
    return fitting[min(fitting)] if fitting else None


def choice(name):
    """(version, JDK) of the first of its list that can be started here; ANCRAGE_OPENSEARCH=3, ANCRAGE_ELASTICSEARCH=8 ask
    for that major."""
    asked = os.environ.get("ANCRAGE_" + name.upper(), "")
    versions = [each for each in VERSIONS[name] if each[0].startswith(asked)]
    for version, first, last in versions:
        home = java_between(first, last)
        if home:
            return version, home
    if not versions:
        raise SystemExit("No %s %s is known to start here." % (name, asked))
    wanted = " or ".join("%d to %d" % (first, last) for _version, first, last in versions)
    advice = "On Debian or Ubuntu: apt-get install default-jdk-headless maven"
    raise SystemExit("No JDK of Java %s is here, which %s %s needs. %s" % (wanted, name, asked, advice))


def command(name, folder, http, transport):
    version, home = choice(name)
    arguments = [folder, str(http), str(transport)]
    jars = jars_of(name, version, home)
    # No version reads what a newer one wrote.
    arguments[0] = os.path.join(arguments[0], version)
    write(os.path.join(arguments[0], "config", "log4j2.properties"), LOGGING)
    path = os.pathsep.join([os.path.join(jars, "classes"), os.path.join(jars, "lib", "*")])
    return [*java(home), "-cp", path, "ancrage.search.Launch", *arguments]


def java(home):
    # One thread that clears up is enough, and leaves the second core to the tests.
    return [os.path.join(home, "bin", "java"), "-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+UseSerialGC"]


def jars_of(name, version, home):
    """The folder with the jars (and our own classes) of a server; taken and compiled where they are not yet."""
    source = os.path.join(HERE, "search-server", name)
    target = os.path.join(os.path.dirname(HERE), "var", "services", "jars", "%s-%s" % (name, version))
    mark = fingerprint(source, home)
    if read(os.path.join(target, "made-from")) == mark:
        return target
    if not shutil.which("mvn"):
        raise SystemExit("Maven is not installed. On Debian or Ubuntu: apt-get install maven")
    print(
        "Taking the jars of %s %s (once, needs the network) ..." % (name, version),
        file=sys.stderr,
        flush=True,
    )
    shutil.rmtree(target, ignore_errors=True)
    lib, classes = os.path.join(target, "lib"), os.path.join(target, "classes")
    maven = ["mvn", "-q", "-B", "-f", os.path.join(source, "pom.xml"), "dependency:copy-dependencies"]
    maven += ["-DoutputDirectory=" + lib, "-D%s.version=%s" % (name, version)]
    run(maven, env={**os.environ, "JAVA_HOME": home})
    sources = glob.glob(os.path.join(source, "src", "**", "*.java"), recursive=True)
    compiler = [os.path.join(home, "bin", "javac"), "-nowarn", "-d", classes, "-cp", os.path.join(lib, "*")]
    run([*compiler, *sources])
    write(os.path.join(target, "made-from"), mark)
    return target


def run(command, **options):
    """Standard output belongs to the lines that a shell evaluates."""
    if subprocess.run(command, stdout=sys.stderr, **options).returncode:
        raise SystemExit("%s failed (see above)." % command[0])


def fingerprint(source, home):
    digest = hashlib.sha256(home.encode())
    for path in sorted(glob.glob(os.path.join(source, "**", "*.*"), recursive=True)):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in VERSIONS:
        sys.exit(__doc__)
    print(choice(sys.argv[1])[0])
