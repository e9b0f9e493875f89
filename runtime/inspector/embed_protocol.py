"""Makes the C++ file that holds the inspector's protocol: JSON in, source out. Run by the build."""

import json
import sys


def main(source, target):
    with open(source) as file:
        text = json.dumps(json.load(file), separators=(",", ":"))
    lines = "\n".join(json.dumps(text[i : i + 100]) for i in range(0, len(text), 100))
    with open(target, "w") as file:
        file.write(
            '#include "runtime/inspector/protocol_json.h"\n\nnamespace gyre {\n\n'
            "std::string_view ProtocolJson() {\n  return\n" + lines + ";\n}\n\n}  // namespace gyre\n"
        )


main(*sys.argv[1:])
