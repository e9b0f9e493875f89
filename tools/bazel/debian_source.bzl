"""Debian packages as Bazel repositories, pinned by version and sha256.

  debian_source   a source package
  debian_binary   a binary package: only for what cannot be built here from source

A file of a package is looked for, in this order:
  1. in the folders that GYRE_DISTFILES names (colon-separated; --repo_env=GYRE_DISTFILES=...): for machines without
     a network and for suites that have moved on,
  2. in Bazel's repository cache, by its sha256,
  3. at the machine's own Debian mirror, through a private apt configuration (nothing in /etc/apt or /var/lib/apt
     is read for it but the mirror's address, and nothing there is changed).
Whatever answers, the sha256 of the pin is what the file must have.
"""

load(":distfiles.bzl", "keep_file", "take_file", _run = "run_or_fail")

def _apt_impl(ctx):
    targets = _run(
        ctx,
        "apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages'",
        "apt-get does not answer: this build runs on Debian 12",
    ).splitlines()
    release = _run(ctx, ". /etc/os-release; echo $VERSION_CODENAME", "no /etc/os-release")
    mirrors = [t.split(" ")[0] for t in targets if t.split(" ")[1:] == [release, "main"]]
    if not mirrors:
        fail("apt knows no mirror of %s main: run apt-get update, then build again" % release)
    root = str(ctx.path("."))
    ctx.file("sources.list", "%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n" % (ctx.attr.kind, mirrors[0], ctx.attr.suite), executable = False)
    _run(ctx, "mkdir -p state/lists/partial cache/archives/partial && : > state/status", "cannot write here")
    ctx.file("apt.conf", "\n".join([
        'Dir::State "%s/state";' % root,
        'Dir::State::status "%s/state/status";' % root,
        'Dir::Cache "%s/cache";' % root,
        'Dir::Etc::sourcelist "%s/sources.list";' % root,
        'Dir::Etc::sourceparts "/dev/null";',
        'Dir::Etc::preferencesparts "/dev/null";',
        'APT::Sandbox::User "root";',
        'Acquire::Languages "none";',
        'Acquire::Retries "3";',
    ]) + "\n", executable = False)
    _run(
        ctx,
        # Without the error mode apt-get update exits 0 when its downloads fail.
        "apt-get -q -o APT::Update::Error-Mode=any update",
        "cannot reach the Debian mirror for the packages of %s: check the network, or put the files into a folder and name it with --repo_env=GYRE_DISTFILES=FOLDER" % ctx.attr.suite,
        {"APT_CONFIG": root + "/apt.conf", "LC_ALL": "C"},
    )
    ctx.file("BUILD.bazel", "exports_files([\"apt.conf\"])\n", executable = False)

debian_apt = repository_rule(
    doc = "A private apt configuration for the packages of one suite; fetched only when a file must come from the mirror.",
    implementation = _apt_impl,
    attrs = {
        "suite": attr.string(mandatory = True),
        "kind": attr.string(values = ["deb", "deb-src"], default = "deb-src"),
    },
)

_OFFLINE = "put its files into a folder and name it with --repo_env=GYRE_DISTFILES=FOLDER"

def _apt_failure(suite, package, output):
    """apt's many lines as one that says what to do."""
    if "404" in output or "Unable to find" in output or "was not found" in output:
        return "the suite %s has no package %s any more: run ./x deps for a newer pin, or %s" % (suite, package, _OFFLINE)
    return "cannot download %s of %s: check the network, or %s\n%s" % (package, suite, _OFFLINE, output[-2000:])

def _fetch_files(ctx, folder, apt, command):
    """Puts every file of ctx.attr.sha256 into `folder`, checked; `command` of apt-get downloads those nobody has."""
    missing = [name for name, sha256 in ctx.attr.sha256.items() if not take_file(ctx, name, folder + "/" + name, sha256 = sha256)]
    if not missing:
        return

    # Asked for by name, not as an attribute: attributes are fetched even when the cache answers.
    apt = str(ctx.path(Label("@%s_%s//:apt.conf" % (apt, ctx.attr.suite))))
    package = "%s=%s" % (ctx.attr.package, ctx.attr.version)
    ctx.report_progress("downloading the Debian package " + package)
    result = ctx.execute(["bash", "-euc", "mkdir -p _apt && cd _apt && apt-get -q %s %s" % (command, package)], environment = {"APT_CONFIG": apt, "LC_ALL": "C"}, timeout = 1800)
    if result.return_code:
        fail(_apt_failure(ctx.attr.suite, package, result.stdout + result.stderr))
    for name in missing:
        # apt writes the colon of an epoch as %3a.
        path = _run(
            ctx,
            "for f in _apt/*; do case ${f//%3a/:} in _apt/'" + name + "') echo $f; exit;; esac; done; exit 1",
            "the mirror's %s has no file %s" % (package, name),
        )
        got = _run(ctx, "sha256sum < '%s' | cut -d' ' -f1" % path, "cannot read " + path)
        if got != ctx.attr.sha256[name]:
            fail("%s of %s has sha256 %s, its pin says %s: someone changed it; do not use it" % (name, package, got, ctx.attr.sha256[name]))
        keep_file(ctx, str(ctx.path(path)), folder + "/" + name, sha256 = got)
    ctx.delete("_apt")

def fetch_debian_files(ctx, folder):
    """Puts every file of a source package (ctx.attr.sha256) into `folder`, checked."""
    tar_only = "" if _named(ctx, ".dsc") else " --tar-only"
    _fetch_files(ctx, folder, "debian_apt", "source --download-only --only-source" + tar_only)

def _named(ctx, part):
    return [f for f in ctx.attr.sha256 if part in f]

def _unpack_tarballs(ctx):
    members = " ".join(["'*/%s'" % m for m in ctx.attr.members])
    orig = _named(ctx, ".orig.tar")[0]

    # Of an archive of 941 MB two cores unpack what is wanted in half the time of one.
    threads = "-I 'xz -T0'" if orig.endswith(".xz") else ""
    unpack = "mkdir _src && tar %s -xf _files/%s -C _src --strip-components=1 --wildcards --no-wildcards-match-slash %s" % (threads, orig, members)
    for debian in _named(ctx, ".debian.tar"):
        unpack += " && tar -xf _files/%s -C _src" % debian
    return unpack + "".join([" && patch -s -p1 -d _src < '_src/debian/patches/%s'" % p for p in ctx.attr.debian_patches])

def _source_impl(ctx):
    fetch_debian_files(ctx, "_files")
    dsc = _named(ctx, ".dsc")
    if dsc and not ctx.attr.members:
        unpack = "dpkg-source --no-check -q -x _files/%s _src" % dsc[0]
    else:
        unpack = _unpack_tarballs(ctx)
    ctx.report_progress("unpacking " + ctx.attr.package)
    _run(
        ctx,
        unpack + " && shopt -s dotglob && mv _src/* . && rm -rf _src _files debian && " +
        "find . -type f \\( -name BUILD -o -name BUILD.bazel -o -name WORKSPACE -o -name MODULE.bazel \\) -delete",
        "cannot unpack " + ctx.attr.package,
        {"LC_ALL": "C"},
    )
    for patch in ctx.attr.patches:
        ctx.patch(patch, strip = 1)
    if ctx.attr.setup:
        ctx.report_progress("configuring " + ctx.attr.package)
        _run(ctx, "python3 '%s'" % ctx.path(ctx.attr.setup), "cannot configure %s: is everything of ./x setup installed?" % ctx.attr.package)
    ctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % ctx.name, executable = False)
    ctx.symlink(ctx.attr.build_file, "BUILD.bazel")

debian_source = repository_rule(
    implementation = _source_impl,
    environ = ["GYRE_DISTFILES"],
    attrs = {
        "package": attr.string(mandatory = True),
        "version": attr.string(mandatory = True),
        "suite": attr.string(mandatory = True),
        "sha256": attr.string_dict(mandatory = True, doc = "file name to sha256; without a .dsc only the .orig tarball is taken, as upstream made it"),
        "build_file": attr.label(mandatory = True, allow_single_file = True),
        "patches": attr.label_list(allow_files = True, doc = "ours, third_party/<dep>/patches"),
        "setup": attr.label(allow_single_file = True, doc = "a Python program that makes the package's generated files, run in its root"),
        "members": attr.string_list(doc = "unpack only these folders or files of the .orig tarball, without the package's own patches"),
        "debian_patches": attr.string_list(doc = "with members: which of debian/patches to apply, in order"),
    },
)

def _binary_impl(ctx):
    _fetch_files(ctx, "_files", "debian_apt_binary", "download")
    _run(ctx, "for f in _files/*.deb; do dpkg-deb -x $f .; done; rm -rf _files", "cannot unpack " + ctx.attr.package, {"LC_ALL": "C"})
    ctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % ctx.name, executable = False)
    ctx.symlink(ctx.attr.build_file, "BUILD.bazel")

debian_binary = repository_rule(
    implementation = _binary_impl,
    environ = ["GYRE_DISTFILES"],
    attrs = {
        "package": attr.string(mandatory = True),
        "version": attr.string(mandatory = True),
        "suite": attr.string(mandatory = True),
        "sha256": attr.string_dict(mandatory = True, doc = "file name to sha256"),
        "build_file": attr.label(mandatory = True, allow_single_file = True),
    },
)
