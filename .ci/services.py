"""`make services`: PostgreSQL, Redis and a search server on loopback, for development and tests; data in var/services.

    python3 .ci/services.py start | stop | env  [postgres] [redis] [opensearch] [elasticsearch]

Without names: PostgreSQL, Redis and OpenSearch are started, all that runs is stopped. Only what this starts is
stopped, by its pid. A server's programs are looked for where Debian puts them, too.
"""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import search_server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, "var", "services")
POSTGRES_PORT = os.environ.get("ANCRAGE_POSTGRES_PORT", "54329")
REDIS_PORT = os.environ.get("ANCRAGE_REDIS_PORT", "63799")
# HTTP, and what the nodes of a cluster would talk by.
SEARCH_PORTS = {
    "opensearch": (os.environ.get("ANCRAGE_OPENSEARCH_PORT", "59200"), "59300"),
    "elasticsearch": (os.environ.get("ANCRAGE_ELASTICSEARCH_PORT", "59201"), "59301"),
}
URLS = {
    "postgres": ("DATABASE_URL", "postgres://ancrage@127.0.0.1:%s/ancrage" % POSTGRES_PORT),
    "redis": ("REDIS_URL", "redis://127.0.0.1:%s/0" % REDIS_PORT),
    "opensearch": ("OPENSEARCH_URL", "http://127.0.0.1:%s" % SEARCH_PORTS["opensearch"][0]),
    "elasticsearch": ("ELASTICSEARCH_URL", "http://127.0.0.1:%s" % SEARCH_PORTS["elasticsearch"][0]),
}
USUAL = ("postgres", "redis", "opensearch")


def note(message):
    """To standard error: standard output is for `eval`."""
    print(message, file=sys.stderr, flush=True)


def program(name):
    found = glob.glob("/usr/lib/postgresql/*/bin/" + name)
    found.sort(key=lambda path: int(path.split("/")[4].split(".")[0]))
    return found[-1] if found else shutil.which(name)


def unprivileged():
    """PostgreSQL refuses to run as root: then it runs as the `postgres` user, who owns its data."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL refuses to run as root, and there is no other user here to run it.")


def run_as(user, command, **options):
    if user:
        options.update(user=user.pw_uid, group=user.pw_gid, extra_groups=[])
        options["env"] = {**os.environ, "HOME": "/tmp", "USER": user.pw_name}
    return subprocess.run(command, cwd="/", **options)


def pid_of(name):
    """The pid of what an earlier `start` began, if it still runs and is still that program."""
    try:
        with open(os.path.join(FOLDER, name + ".pid")) as file:
            pid = int(file.readline())
        os.kill(pid, 0)
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return pid if name.encode() in file.read() else None
    except PermissionError:
        return None
    except (OSError, ValueError):
        return None


def wait_until(works, what, seconds=30, log=""):
    for _ in range(seconds * 5):
        if works():
            return
        time.sleep(0.2)
    raise SystemExit("%s within %d s.%s" % (what, seconds, last_lines(log)))


def last_lines(name, number=25):
    """What a server said last, for whoever reads that it did not start: on another machine nobody sees its log."""
    path = os.path.join(FOLDER, name + ".log")
    try:
        with open(path, errors="replace") as file:
            return " The end of %s:\n%s" % (path, "".join(file.readlines()[-number:]))
    except OSError:
        return ""


def postgres_home(user):
    """PostgreSQL's user must be able to reach its data; a checkout under /root is closed to it."""
    folder = os.path.join(FOLDER, "postgres")
    if user:
        reachable = run_as(user, ["test", "-x", ROOT]).returncode == 0
        if not reachable:
            folder = "/var/tmp/ancrage-postgres-%s" % POSTGRES_PORT
    os.makedirs(folder, exist_ok=True)
    if user:
        for path in (folder, *([FOLDER, os.path.join(ROOT, "var")] if folder.startswith(ROOT) else [])):
            os.chmod(path, 0o755)
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def start_postgres():
    if pid_of("postgres"):
        note("PostgreSQL runs already.")
        return
    initdb, postgres = program("initdb"), program("postgres")
    if not (initdb and postgres):
        raise SystemExit("PostgreSQL is not installed. On Debian or Ubuntu: apt-get install postgresql")
    user = unprivileged()
    home = postgres_home(user)
    data = os.path.join(home, "data")
    if not os.path.exists(os.path.join(data, "PG_VERSION")):
        note("Making a PostgreSQL cluster in %s ..." % data)
        make = [initdb, "-D", data, "-U", "ancrage", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        run_as(user, make, check=True, stdout=subprocess.DEVNULL)
    # Nothing here needs to survive a power cut: tests run faster without waiting for the disk.
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    options += ["-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-p", POSTGRES_PORT]
    extra = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    pid = begin("postgres", [postgres, "-D", data, *options], **extra)
    ask = [program("psql"), "-h", "127.0.0.1", "-p", POSTGRES_PORT, "-U", "ancrage", "-d", "postgres"]

    def answer(sql):
        return subprocess.run([*ask, "-qtAc", sql], capture_output=True, text=True, cwd="/")

    wait_until(lambda: answer("SELECT 1").returncode == 0, "PostgreSQL did not start", log="postgres")
    if not answer("SELECT 1 FROM pg_database WHERE datname = 'ancrage'").stdout.strip():
        answer("CREATE DATABASE ancrage").check_returncode()
    note("PostgreSQL runs on port %s (pid %d)." % (POSTGRES_PORT, pid))


def start_redis():
    if pid_of("redis-server"):
        note("Redis runs already.")
        return
    server = shutil.which("redis-server")
    if not server:
        raise SystemExit("Redis is not installed. On Debian or Ubuntu: apt-get install redis-server")
    home = os.path.join(FOLDER, "redis")
    os.makedirs(home, exist_ok=True)
    options = ["--port", REDIS_PORT, "--bind", "127.0.0.1", "--dir", home, "--save", "", "--appendonly", "no"]
    pid = begin("redis-server", [server, *options])
    client = shutil.which("redis-cli")
    ping = [client, "-h", "127.0.0.1", "-p", REDIS_PORT, "ping"]
    wait_until(
        lambda: b"PONG" in subprocess.run(ping, capture_output=True).stdout,
        "Redis did not start",
        log="redis-server",
    )
    note("Redis runs on port %s (pid %d)." % (REDIS_PORT, pid))


def start_search(name):
    if pid_of(name):
        note("%s runs already." % name)
        return
    home = os.path.join(FOLDER, name)
    http, transport = SEARCH_PORTS[name]
    pid = begin(name, search_server.command(name, home, http, transport))

    def answers():
        if os.waitpid(pid, os.WNOHANG)[0]:
            raise SystemExit("%s ended before it answered.%s" % (name, last_lines(name)))
        try:
            wait = "/_cluster/health?wait_for_status=yellow&timeout=1s"
            return urllib.request.urlopen(URLS[name][1] + wait, timeout=3).status == 200
        except OSError:
            return False

    wait_until(answers, name + " did not start", seconds=240, log=name)
    note("%s runs on port %s (pid %d)." % (name, http, pid))


def begin(name, command, **options):
    """Start a server that outlives this program; its pid and what it says stay in var/services."""
    with open(os.path.join(FOLDER, name + ".log"), "ab") as log:
        process = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **options,
        )
    with open(os.path.join(FOLDER, name + ".pid"), "w") as file:
        file.write("%d\n" % process.pid)
    return process.pid


def stop(name, how):
    pid = pid_of(name)
    if pid is None:
        note("%s: nothing to stop." % name)
        return
    os.kill(pid, how)
    wait_until(lambda: pid_of(name) is None, "%s did not end" % name)
    os.remove(os.path.join(FOLDER, name + ".pid"))
    note("%s (pid %d) stopped." % (name, pid))


STARTS = {
    "postgres": start_postgres,
    "redis": start_redis,
    "opensearch": lambda: start_search("opensearch"),
    "elasticsearch": lambda: start_search("elasticsearch"),
}
# The program each is known by, and how it is asked to end; PostgreSQL's "fast": open sessions are ended.
STOPS = {
    "postgres": ("postgres", signal.SIGINT),
    "redis": ("redis-server", signal.SIGTERM),
    "opensearch": ("opensearch", signal.SIGTERM),
    "elasticsearch": ("elasticsearch", signal.SIGTERM),
}


def main(action, names):
    if action == "start":
        os.makedirs(FOLDER, exist_ok=True)
        for name in names or USUAL:
            STARTS[name]()
        note('To use them in this shell: eval "$(make -s services)", or copy these lines:')
    if action in ("start", "env"):
        for name in names or USUAL:
            print("export %s=%s" % URLS[name])
    if action == "stop":
        for name in names or STOPS:
            program_name, how = STOPS[name]
            if names or pid_of(program_name):
                stop(program_name, how)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("start", "stop", "env") or set(sys.argv[2:]) - set(URLS):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
