"""A separate root directory in which in-server agents run, for e2e/agents."""
import contextlib
import ctypes
import glob
import os
import shutil
import signal
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["python3-os-collect-config", "python3-os-apply-config", "python3-os-refresh-config", "python3-requests"]
# What cloud-init needs for its schema and its module write_files.
CLOUD_INIT = ["python3-configobj", "python3-jinja2", "python3-jsonpatch", "python3-jsonschema", "python3-netifaces",
              "python3-oauthlib", "python3-serial", "python3-yaml"]
ENVIRONMENT = {"HOME": "/root", "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
CONFIGURATION = "/etc/os-collect-config.conf"
TEMPLATES = "/usr/libexec/os-apply-config/templates"
STEPS = "/usr/libexec/os-refresh-config/configure.d"
HOOKS = "/usr/libexec/heat-config/hooks"
# Files that agents of this machine may have left. They are removed from the separate root directory.
LEFT = [CONFIGURATION, "/etc/cloud/cloud.cfg.d", "/opt/stack", "/run/heat-config", "/run/os-collect-config",
        "/usr/libexec/heat-config", "/usr/libexec/os-apply-config", "/usr/libexec/os-refresh-config",
        "/var/cache/heat-cfntools", "/var/lib/cloud",
        "/var/lib/heat-cfntools", "/var/lib/heat-config", "/var/lib/os-collect-config"]
# Shows one value of the merged metadata, so that a run of os-apply-config can be seen.
MARKER = "/etc/marker"

APPLY = "#!/bin/sh\nexec os-apply-config\n"
COLLECT = """[DEFAULT]
{{^os-collect-config.command}}
command = os-refresh-config
{{/os-collect-config.command}}
{{#os-collect-config}}
{{#command}}
command = {{command}}
{{/command}}
{{#polling_interval}}
polling_interval = {{polling_interval}}
{{/polling_interval}}
{{#collectors}}
collectors = {{.}}
{{/collectors}}
{{#request}}
[request]
metadata_url = {{metadata_url}}
{{/request}}
{{/os-collect-config}}
"""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")


def leave_mounts():
    """Moves this process to a mount namespace (CLONE_NEWNS of unshare(2)). Its mounts end with the process."""
    if ctypes.CDLL(None, use_errno=True).unshare(0x20000):
        raise SystemExit(f"Mounts of its own need root: {os.strerror(ctypes.get_errno())}")
    run("mount", "--make-rprivate", "/")


class AgentHost:
    """
    A copy of the file system of this machine, with its changes in memory. os-collect-config, os-apply-config and
    os-refresh-config run in it. Deployments are run by a checkout of heat-agents, or by the stand-in heat_config.py.
    """

    def __init__(self, stack, heat_agents=None):
        directory = tempfile.mkdtemp()
        # Not recursively, because files of this machine are mounted below.
        stack.callback(os.rmdir, directory)
        run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", directory)
        stack.callback(run, "umount", "--recursive", "--lazy", directory)
        upper, work, self.root = (os.path.join(directory, name) for name in ("upper", "work", "root"))
        for each in (upper, work, self.root):
            os.mkdir(each)
        run("mount", "-t", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", "overlay", self.root)
        run("mount", "-t", "proc", "proc", self.path("/proc"))
        run("mount", "--bind", "/dev", self.path("/dev"))
        run("mount", "-o", "remount,bind,ro", self.path("/dev"))
        run("mount", "-t", "tmpfs", "tmpfs", self.path("/dev/shm"))
        for path in LEFT:
            self.remove(path)
        self.log = os.path.join(directory, "agent.log")
        self.daemon = None
        stack.callback(self.stop)
        self.install_agents(heat_agents)

    def install_agents(self, heat_agents):
        self.hooks = ["script"]
        self.write(f"{TEMPLATES}{MARKER}", "{{marker}}")
        self.write(f"{TEMPLATES}{CONFIGURATION}", COLLECT)
        self.write(f"{TEMPLATES}/var/run/heat-config/heat-config", "{{deployments}}")
        if not heat_agents:
            self.write(f"{STEPS}/20-os-apply-config", APPLY, 0o755)
            self.copy(os.path.join(HERE, "heat_config.py"), f"{STEPS}/55-heat-config")
            return
        element = os.path.join(heat_agents, "heat-config")
        shutil.copytree(f"{element}/os-apply-config", self.path(TEMPLATES), dirs_exist_ok=True)
        for step in glob.glob(f"{element}/os-refresh-config/configure.d/*"):
            self.copy(step, f"{STEPS}/{os.path.basename(step)}")
        self.copy(f"{element}/bin/heat-config-notify", "/usr/local/bin/heat-config-notify")
        if shutil.which("ansible-playbook", path=ENVIRONMENT["PATH"]):
            self.hooks.append("ansible")
        for hook in self.hooks:
            self.copy(f"{heat_agents}/heat-config-{hook}/install.d/hook-{hook}.py", f"{HOOKS}/{hook}")

    def install_cloud_init(self):
        """Unpacks cloud-init in this root directory only. Installed, it would configure this machine at its next start."""
        if not os.path.exists(self.path("/usr/bin/cloud-init")):
            with tempfile.TemporaryDirectory() as directory:
                subprocess.run(["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", "cloud-init"], cwd=directory,
                               check=True)
                package, = glob.glob(f"{directory}/*.deb")
                archive = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, capture_output=True).stdout
                subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", self.root], input=archive, check=True)
        # There is no cloud. The stage of cloud-init that creates the directory would also configure the network.
        self.write("/etc/cloud/cloud.cfg.d/99-none.cfg", "datasource_list: [None]\n")
        os.makedirs(self.path("/var/lib/cloud/data"))

    def cloud_init(self, user_data, *modules):
        """Validates user data, and runs modules of cloud-init with it. Returns the exit code and the output of each command."""
        self.write("/root/user-data", user_data, 0o600)
        command = ["cloud-init", "--file", "/root/user-data", "single", "--frequency", "always", "--name"]
        outcomes = [self.run("cloud-init", "schema", "--config-file", "/root/user-data")]
        outcomes += [self.run(*command, module) for module in modules]
        for script in glob.glob(self.path("/var/lib/cloud/instances/*/scripts/runcmd")):
            # Its last command fails without systemd.
            self.run("sh", script.removeprefix(self.root))
        return outcomes

    def path(self, path):
        """Returns the path of a file as this process sees it."""
        return self.root + path

    def exists(self, path):
        return os.path.lexists(self.path(path))

    def read(self, path):
        """Returns the text of a file, empty if it is missing."""
        try:
            with open(self.path(path), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def mode(self, path):
        return os.stat(self.path(path)).st_mode & 0o777

    def write(self, path, text, mode=0o644):
        """Writes a file atomically, because the agents may read it at any time."""
        target = self.path(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        new = os.path.join(os.path.dirname(target), ".new")
        with open(new, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(new, mode)
        os.rename(new, target)

    def copy(self, source, path):
        with open(source, encoding="utf-8") as file:
            self.write(path, file.read(), 0o755)

    def remove(self, path):
        target = self.path(path)
        if os.path.isdir(target) and not os.path.islink(target):
            shutil.rmtree(target)
        else:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)

    def run(self, *command):
        """Runs a command in the root directory. Returns its exit code and its output."""
        done = subprocess.run(["chroot", self.root, *command], env=ENVIRONMENT, text=True, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def apply_config(self, *arguments):
        """Returns what os-apply-config prints."""
        done = subprocess.run(["chroot", self.root, "os-apply-config", *arguments], env=ENVIRONMENT, text=True, timeout=60,
                              capture_output=True, check=True)
        return done.stdout.strip()

    def start(self):
        """Runs os-collect-config in the background, until stop()."""
        with open(self.log, "ab") as log:
            self.daemon = subprocess.Popen(["chroot", self.root, "/usr/bin/os-collect-config"], env=ENVIRONMENT, stdout=log,
                                           stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)

    def alive(self):
        return self.daemon.poll() is None

    def logged(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def refreshes(self):
        """Returns how often os-refresh-config has begun."""
        return self.logged().count("Starting phase configure")

    def idle(self):
        return self.logged().count("Completed phase configure") == self.refreshes()

    def stop(self):
        """Kills os-collect-config, with the hooks and scripts that it runs."""
        if self.daemon:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.daemon.pid, signal.SIGKILL)
            self.daemon.wait(10)
