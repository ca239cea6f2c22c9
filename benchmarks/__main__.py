"""``python -m benchmarks [NAME ...]``: run the named benchmarks, or all."""

from __future__ import annotations

import argparse
import json

from benchmarks import machine, render

BENCHMARKS = {"render": render.measure}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=list(BENCHMARKS), metavar="NAME")
    for name in parser.parse_args().names or BENCHMARKS:
        for figures in BENCHMARKS[name]():
            print(json.dumps({"benchmark": name, **figures, **machine.facts()}), flush=True)


if __name__ == "__main__":
    main()
