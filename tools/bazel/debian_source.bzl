"""Debian source packages as Bazel repositories, pinned by version and sha256.

A file of a package is looked for, in this order:
  1. in the folders that GYRE_DISTFILES names (colon-separated; --repo_env=GYRE_DISTFILES=...): for machines without
     a network and for suites that have moved on,
  2. in Bazel's repository cache, by its sha256,
  3. at the machine's own Debian mirror, through a private apt configuration (nothing in /etc/apt or /var/lib/apt
     is read for it but the mirror's address, and nothing there is changed).
Whatever answers, the sha256 of the pin is what the file must have.
"""

def _run(ctx, script, what, environment = {}, timeout = 1800):
    result = ctx.execute(["bash", "-euo", "pipefail", "-c", script], environment = environment, timeout = timeout)
    if result.return_code:
        fail("%s (exit %d)\n%s" % (what, result.return_code, (result.stdout + result.stderr)[-3000:]))
    return result.stdout.strip()

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
    ctx.file("sources.list", "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n" % (mirrors[0], ctx.attr.suite), executable = False)
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
        "cannot reach the Debian mirror for the source packages of %s: check the network, or put the files into a folder and name it with --repo_env=GYRE_DISTFILES=FOLDER" % ctx.attr.suite,
        {"APT_CONFIG": root + "/apt.conf", "LC_ALL": "C"},
    )
    ctx.file("BUILD.bazel", "exports_files([\"apt.conf\"])\n", executable = False)

debian_apt = repository_rule(
    doc = "A private apt configuration for the source packages of one suite; fetched only when a file must come from the mirror.",
    implementation = _apt_impl,
    attrs = {"suite": attr.string(mandatory = True)},
)

def _distfile(ctx, name):
    for folder in ctx.os.environ.get("GYRE_DISTFILES", "").split(":"):
        if folder and ctx.path(folder).get_child(name).exists:
            return str(ctx.path(folder).get_child(name))
    return None

def fetch_debian_files(ctx, folder):
    """Puts every file of ctx.attr.sha256 into `folder`, checked."""
    missing = []
    for name, sha256 in ctx.attr.sha256.items():
        local = _distfile(ctx, name)

        # Without a local file the URL is one that cannot exist: only the repository cache can answer.
        url = "file://" + (local or "/nonexistent/" + name)
        result = ctx.download(url = [url], output = folder + "/" + name, sha256 = sha256, canonical_id = sha256, allow_fail = True)
        if not result.success:
            if local:
                fail("%s does not have the sha256 of its pin, %s: replace or remove the file" % (local, sha256))
            missing.append(name)
    if not missing:
        return

    # Asked for by name, not as an attribute: attributes are fetched even when the cache answers.
    apt = str(ctx.path(Label("@debian_apt_%s//:apt.conf" % ctx.attr.suite)))
    package = "%s=%s" % (ctx.attr.package, ctx.attr.version)
    ctx.report_progress("downloading the Debian source package " + package)
    _run(
        ctx,
        "mkdir -p _apt && cd _apt && apt-get -q source --download-only --only-source " + package,
        "the suite %s has no source package %s any more: run ./x deps for newer pins, or put the files into a folder and name it with --repo_env=GYRE_DISTFILES=FOLDER" % (ctx.attr.suite, package),
        {"APT_CONFIG": apt, "LC_ALL": "C"},
    )
    for name in missing:
        path = str(ctx.path("_apt/" + name))
        got = _run(ctx, "sha256sum < '%s' | cut -d' ' -f1" % path, "the mirror's %s has no file %s" % (package, name))
        if got != ctx.attr.sha256[name]:
            fail("%s of %s has sha256 %s, its pin says %s: someone changed it; do not use it" % (name, package, got, ctx.attr.sha256[name]))
        ctx.download(url = ["file://" + path], output = folder + "/" + name, sha256 = got, canonical_id = got)
    ctx.delete("_apt")

def _source_impl(ctx):
    fetch_debian_files(ctx, "_files")
    unpack = "dpkg-source --no-check -q -x _files/%s _src" % [f for f in ctx.attr.sha256 if f.endswith(".dsc")][0]
    if ctx.attr.members:
        orig = [f for f in ctx.attr.sha256 if ".orig.tar" in f][0]
        members = " ".join(["'*/%s'" % m for m in ctx.attr.members])
        unpack = "mkdir _src && tar -xf _files/%s -C _src --strip-components=1 --wildcards %s" % (orig, members)
        debian = [f for f in ctx.attr.sha256 if ".debian.tar" in f]
        if debian:
            unpack += " && tar -xf _files/%s -C _src" % debian[0]
        unpack += "".join([" && patch -s -p1 -d _src < '_src/debian/patches/%s'" % p for p in ctx.attr.debian_patches])
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
    ctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % ctx.name, executable = False)
    ctx.symlink(ctx.attr.build_file, "BUILD.bazel")

debian_source = repository_rule(
    implementation = _source_impl,
    environ = ["GYRE_DISTFILES"],
    attrs = {
        "package": attr.string(mandatory = True),
        "version": attr.string(mandatory = True),
        "suite": attr.string(mandatory = True),
        "sha256": attr.string_dict(mandatory = True, doc = "file name to sha256, the .dsc first"),
        "build_file": attr.label(mandatory = True, allow_single_file = True),
        "patches": attr.label_list(allow_files = True, doc = "ours, third_party/<dep>/patches"),
        "members": attr.string_list(doc = "unpack only these folders or files of the .orig tarball, without the package's own patches"),
        "debian_patches": attr.string_list(doc = "with members: which of debian/patches to apply, in order"),
    },
)
