"""Small operations of one process."""

import json
import subprocess

import effort


def micro(runtimes, rounds=2):
    """Nanoseconds an operation: URL, Buffer, JSON"""
    results = {name: {} for name in runtimes.names}
    for _ in range(effort.rounds(rounds)):
        for name in runtimes.names:
            done = subprocess.run(runtimes.command(name, "micro.cjs"), capture_output=True, text=True, check=True).stdout
            for operation, nanoseconds in json.loads(done).items():
                results[name].setdefault(operation, []).append(nanoseconds)
    return results


SCENARIOS = {"micro": micro}
