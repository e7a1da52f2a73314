"""Fetches Debian packages and unpacks them without installing anything."""

import os
import subprocess
import tarfile


class PackageError(Exception):
    """A package cannot be had; the message says what to do."""


def _run(arguments, folder=None):
    try:
        return subprocess.run(arguments, cwd=folder, check=True, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except FileNotFoundError as error:
        raise PackageError(
            f"{arguments[0]} is not installed: this importer needs Debian's "
            "apt-get and dpkg-deb") from error


def download(packages, folder):
    """Downloads `packages` (.deb files) into `folder`; needs no root."""
    try:
        _run(["apt-get", "-q", "-o", "APT::Sandbox::User=", "download",
              *packages], folder)
    except subprocess.CalledProcessError as error:
        raise PackageError(
            f"cannot download {' '.join(packages)}: {error.stderr.strip()}\n"
            "If apt does not know the packages or finds them gone, its lists "
            "are missing or old: run \"apt-get update\" as root. Packages "
            "downloaded elsewhere can be given with --from.") from error


def unpack(folder, package, scratch, wanted):
    """Unpacks from the .deb of `package` found in `folder`, below `scratch`,
    the files for whose path ("usr/share/…") `wanted` is true.

    Returns (root, version): the folder that holds usr/, and Debian's upstream
    version, for example "7.4.7".
    """
    files = sorted(name for name in os.listdir(folder)
                   if name.startswith(package + "_") and name.endswith(".deb"))
    if not files:
        raise PackageError(f"{folder} holds no {package}_*.deb")
    path = os.path.join(folder, files[-1])
    root = os.path.join(scratch, "unpacked", package)
    try:
        version = _run(["dpkg-deb", "-f", path, "Version"]).stdout.strip()
        _extract(path, root, wanted)
    except subprocess.CalledProcessError as error:
        raise PackageError(f"{path}: {(error.stderr or '').strip()}; "
                           "download it again") from error
    except tarfile.TarError as error:
        raise PackageError(f"{path}: {error}; download it again") from error
    return root, version.split(":")[-1].rsplit("-", 1)[0]


def _extract(path, root, wanted):
    command = ["dpkg-deb", "--fsys-tarfile", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking:
        with tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive:
            for member in archive:
                name = os.path.normpath(member.name)
                if member.isfile() and wanted(name):
                    _write(os.path.join(root, name),
                           archive.extractfile(member))
        unpacking.stdout.read()  # the padding; else dpkg-deb is cut off
    if unpacking.returncode != 0:
        raise subprocess.CalledProcessError(unpacking.returncode, command)


def _write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        while block := content.read(1 << 20):
            file.write(block)
