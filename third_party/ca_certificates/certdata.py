"""Mozilla's certdata.txt to a C++ header with the PEM of every root that may identify a server.

    certdata.py certdata.txt mozilla_roots.h

The file is a list of objects, each a list of attributes. A certificate is one object, how far it is trusted another one with
the same issuer and serial number.
"""

import base64
import re
import sys

TRUSTED = "CKT_NSS_TRUSTED_DELEGATOR"


def read_objects(text):
    """Every object as {attribute: value}; octal blocks are bytes."""
    current = None
    lines = iter(text.splitlines())
    for line in lines:
        words = line.split(None, 2)
        if not words or line.startswith("#"):
            continue
        if words[0] == "CKA_CLASS":
            if current is not None:
                yield current
            current = {}
        if current is None or not words[0].startswith("CKA_"):
            continue
        if words[1] == "MULTILINE_OCTAL":
            octal = []
            for block in lines:
                if block == "END":
                    break
                octal.append(block)
            current[words[0]] = bytes(int(byte, 8) for byte in re.findall(r"\\([0-7]{3})", "".join(octal)))
        else:
            current[words[0]] = words[-1]
    if current is not None:
        yield current


def identity(item):
    return item["CKA_ISSUER"], item["CKA_SERIAL_NUMBER"]


def server_roots(objects):
    trusted = {
        identity(item)
        for item in objects
        if item["CKA_CLASS"] == "CKO_NSS_TRUST" and item.get("CKA_TRUST_SERVER_AUTH") == TRUSTED
    }
    return [
        item["CKA_VALUE"] for item in objects if item["CKA_CLASS"] == "CKO_CERTIFICATE" and identity(item) in trusted
    ]


def pem(der):
    text = base64.b64encode(der).decode("ascii")
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        roots = server_roots(list(read_objects(file.read())))
    if len(roots) < 50:
        raise SystemExit(f"only {len(roots)} root certificates in {source}: has its format changed?")
    with open(target, "w", encoding="ascii") as out:
        out.write("// Made by third_party/ca_certificates/certdata.py.\n")
        out.write("#ifndef GYRE_TLS_MOZILLA_ROOTS_H_\n#define GYRE_TLS_MOZILLA_ROOTS_H_\n\nnamespace gyre {\n\n")
        # One literal for each: compilers limit their size.
        out.write("inline constexpr char kMozillaRoots[] =\n")
        for der in roots:
            out.write('    R"(' + pem(der) + ')"\n')
        out.write(";\n\n}  // namespace gyre\n\n#endif  // GYRE_TLS_MOZILLA_ROOTS_H_\n")


main()
