"""npm packages as Bazel repositories, pinned by npm's integrity hash.

  npm_package   one package, without its dependencies
  npm_tree      all packages of a package-lock.json, as the node_modules folder that `npm ci --ignore-scripts` makes

A package's tarball is looked for, in this order:
  1. in the folders that GYRE_DISTFILES names (colon-separated; --repo_env=GYRE_DISTFILES=...), under the name that
     `npm pack` gives it: scope-name-1.2.3.tgz,
  2. in Bazel's repository cache, by its integrity,
  3. at the npm registry, through the machine's own npm as it is set up.
Whatever answers, the integrity of the pin is what the tarball must have. No script of a package is run.
"""

load(":distfiles.bzl", "keep_file", "take_file")

def _tarball(package):
    return "%s-%s.tgz" % (package.name.replace("@", "").replace("/", "-"), package.version)

_OFFLINE = "put its tarball into a folder and name it with --repo_env=GYRE_DISTFILES=FOLDER"

def _npm_failure(spec, output):
    """npm's many lines as one that says what to do."""
    if "E404" in output or "ETARGET" in output:
        return "npm has no package %s: correct its pin, or %s" % (spec, _OFFLINE)
    return "npm cannot fetch %s: check the network and npm's configuration, or %s\n%s" % (spec, _OFFLINE, output[-2000:])

def _add_to_npm_cache(ctx, specs):
    if not ctx.which("npm"):
        fail("npm is missing: run ./x setup")
    for i in range(0, len(specs), 50):
        some = specs[i:i + 50]
        ctx.report_progress("npm: fetching %s" % ", ".join(some))
        result = ctx.execute(["npm", "cache", "add", "--cache", str(ctx.path("_npm")), "--ignore-scripts"] + some, timeout = 1800)
        if result.return_code:
            output = result.stdout + result.stderr
            blamed = [s for s in some if s in output]
            fail(_npm_failure(", ".join(blamed or some), output))

def _fetch(ctx, packages):
    """Puts the tarball of each package (struct of name, version, integrity, tarball) where it says."""
    missing = [p for p in packages if not take_file(ctx, _tarball(p), p.tarball, integrity = p.integrity)]
    if not missing:
        return
    _add_to_npm_cache(ctx, ["%s@%s" % (p.name, p.version) for p in missing])

    # npm files a tarball under the hexadecimal form of its hash.
    script = "import base64, sys\nfor s in sys.argv[1:]: a, h = s.split('-', 1); h = base64.b64decode(h).hex(); print('_npm/_cacache/content-v2/%s/%s/%s/%s' % (a, h[:2], h[2:4], h[4:]))"
    result = ctx.execute(["python3", "-c", script] + [p.integrity for p in missing])
    if result.return_code:
        fail("a pin's integrity is not of the form sha512-BASE64\n" + result.stderr)
    for package, path in zip(missing, result.stdout.splitlines()):
        if not ctx.path(path).exists:
            fail("%s@%s does not have the integrity of its pin, %s: someone changed it; do not use it" % (package.name, package.version, package.integrity))
        keep_file(ctx, str(ctx.path(path)), package.tarball, integrity = package.integrity)
    ctx.delete("_npm")

def _unpack(ctx, pairs):
    """Unpacks each (tarball, folder); the name of a tarball's one top folder differs from package to package."""
    for i in range(0, len(pairs), 100):
        script = "".join(["mkdir -p '%s' && tar -xzf '%s' -C '%s' --strip-components=1 --no-same-owner\n" % (to, tar, to) for tar, to in pairs[i:i + 100]])
        result = ctx.execute(["bash", "-euc", script], timeout = 1800)
        if result.return_code:
            fail("cannot unpack npm packages\n" + result.stderr)
    ctx.execute(["chmod", "-R", "u+rwX,go+rX", "."])
    ctx.delete("_tarballs")

def _package_impl(ctx):
    package = struct(name = ctx.attr.package, version = ctx.attr.version, integrity = ctx.attr.integrity, tarball = "_tarballs/package.tgz")
    _fetch(ctx, [package])
    _unpack(ctx, [(package.tarball, ".")])
    ctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % ctx.name, executable = False)
    if ctx.attr.build_file:
        ctx.symlink(ctx.attr.build_file, "BUILD.bazel")
    else:
        ctx.file("BUILD.bazel", ctx.attr.build_file_content, executable = False)

npm_package = repository_rule(
    doc = "One npm package, unpacked at the repository's root.",
    implementation = _package_impl,
    environ = ["GYRE_DISTFILES"],
    attrs = {
        "package": attr.string(mandatory = True),
        "version": attr.string(mandatory = True),
        "integrity": attr.string(mandatory = True, doc = "sha512-... as npm writes it"),
        "build_file": attr.label(allow_single_file = True),
        "build_file_content": attr.string(default = "exports_files(glob([\"**\"]))\n"),
    },
)

def _runs_here(entry):
    """Whether a package of a lock file is for this kind of machine."""
    return (("os" not in entry or "linux" in entry["os"]) and
            ("cpu" not in entry or "x64" in entry["cpu"]) and
            ("libc" not in entry or "glibc" in entry["libc"]))

def _locked_packages(ctx):
    lock = json.decode(ctx.read(ctx.attr.lock))
    packages = []
    for folder, entry in sorted(lock["packages"].items()):
        if not folder or entry.get("link") or not _runs_here(entry):
            continue
        name = entry.get("name", folder.split("node_modules/")[-1])
        if "resolved" in entry:
            fail("%s names where %s comes from: write it with `npm install --package-lock-only --omit-lockfile-registry-resolved`" % (ctx.attr.lock, name))
        if "integrity" not in entry:
            fail("%s has no integrity for %s" % (ctx.attr.lock, name))
        packages.append(struct(
            name = name,
            version = entry["version"],
            integrity = entry["integrity"],
            tarball = "_tarballs/%d.tgz" % len(packages),
            folder = folder,
        ))
    return packages

def _tree_impl(ctx):
    packages = _locked_packages(ctx)
    _fetch(ctx, packages)
    _unpack(ctx, [(p.tarball, p.folder) for p in packages])
    ctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % ctx.name, executable = False)

    # The folder as a whole: thousands of labels would slow every build down.
    ctx.file("BUILD.bazel", "filegroup(\n    name = \"node_modules_folder\",\n    srcs = [\"node_modules\"],\n    visibility = [\"//visibility:public\"],\n)\n", executable = False)

npm_tree = repository_rule(
    doc = "The node_modules folder of a lock file, as @<name>//:node_modules_folder.",
    implementation = _tree_impl,
    environ = ["GYRE_DISTFILES"],
    attrs = {"lock": attr.label(mandatory = True, allow_single_file = True)},
)
