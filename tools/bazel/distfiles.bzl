"""What the rules that fetch packages share: local folders of files, commands with clear errors."""

def find_distfile(ctx, name):
    """The file `name` in one of the folders of GYRE_DISTFILES (colon-separated), or None."""
    for folder in ctx.os.environ.get("GYRE_DISTFILES", "").split(":"):
        if folder and ctx.path(folder).get_child(name).exists:
            return str(ctx.path(folder).get_child(name))
    return None

def take_file(ctx, name, output, **pin):
    """Puts the file `name` to `output` from a local folder or from Bazel's repository cache.

    Args:
      ctx: the repository context.
      name: the file's name in the folders of GYRE_DISTFILES.
      output: where it goes.
      **pin: sha256 or integrity, which the file must have.

    Returns:
      Whether it was there.
    """
    local = find_distfile(ctx, name)
    hash = pin.values()[0]

    # Without a local file the URL is one that cannot exist: only the repository cache can answer.
    url = "file://" + (local or "/nonexistent/" + name)
    result = ctx.download(url = [url], output = output, canonical_id = hash, allow_fail = True, **pin)
    if local and not result.success:
        fail("%s does not have the hash of its pin, %s: replace or remove the file" % (local, hash))
    return result.success

def keep_file(ctx, path, output, **pin):
    """Puts a downloaded file to `output` and into Bazel's repository cache; its hash has been checked."""
    ctx.download(url = ["file://" + path], output = output, canonical_id = pin.values()[0], **pin)

def run_or_fail(ctx, script, what, environment = {}, timeout = 1800):
    """Runs a bash script; `what` says in one line what is wrong and what to do when it fails."""
    result = ctx.execute(["bash", "-euo", "pipefail", "-c", script], environment = environment, timeout = timeout)
    if result.return_code:
        fail("%s (exit %d)\n%s" % (what, result.return_code, (result.stdout + result.stderr)[-3000:]))
    return result.stdout.strip()
