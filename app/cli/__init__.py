"""The command line: ``python -m app COMMAND``.

Exit status: 0 done, 2 the caller's mistake, 3 an engine or the machine failed, 130 cancelled.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import config
from app import __version__, errors
from app.lecture import SplitMode
from app.lecture.model import Preprocess

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

OK, CALLERS_MISTAKE, FAILED, CANCELLED = 0, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.  Returns the exit status."""
    _open_standard_files()
    asked = _parser().parse_args(arguments)
    try:
        status: int = asked.run(config.load(), asked)
    except (errors.InputError, errors.NotFound, errors.JobConflict, errors.ConfigError) as error:
        return _told(error, CALLERS_MISTAKE)
    except errors.LectureError as error:
        return _told(error, FAILED)
    except KeyboardInterrupt:
        return CANCELLED
    return status


def _told(error: errors.LectureError, status: int) -> int:
    """Say an error in one line."""
    from app.cli import logs

    logs.tell(f"{error.code}: {' '.join(str(error).split())}")
    return status


def _open_standard_files() -> None:
    """Let nothing else get the numbers of standard input, output and errors.

    Whoever started this process may have closed them; a database or a socket that got such a
    number would be written to by whatever prints.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=_first_line())
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_service_commands(commands)
    _add_render(commands)
    _add_demo(commands)
    _add_reports(commands)
    _add_clean(commands)
    _add_adopt(commands)
    _add_keys(commands)
    return parser


def _first_line() -> str:
    return "Lecture videos from a face, a voice and a text."


def _add_service_commands(commands: _Commands) -> None:
    from app.cli import service

    up = commands.add_parser("up", help="run the whole service: web and worker")
    serve = commands.add_parser("serve", help="run the web process alone")
    for command, run in ((up, service.up), (serve, service.serve)):
        command.add_argument("--host", help="address to listen on")
        command.add_argument("--port", type=int, help="TCP port")
        command.set_defaults(run=run)
    worker = commands.add_parser("worker", help="run a worker alone")
    worker.add_argument(
        "--queues",
        type=service.slots,
        metavar="NAME:SLOTS,...",
        help="steps to do at a time, for example face:1,cpu:2; jobs.slots when left out",
    )
    worker.add_argument(
        "--niceness",
        type=int,
        choices=range(20),
        default=0,
        metavar="0-19",
        help="leave the cores to others: up has its worker at 5, so that callers are answered soon",
    )
    worker.set_defaults(run=service.worker)


def _add_render(commands: _Commands) -> None:
    from app.cli import render

    command = commands.add_parser("render", help="render one lecture here, without a service")
    command.add_argument("--face", type=Path, required=True, help="picture with one face")
    command.add_argument("--voice", type=Path, required=True, help="sound file of the voice")
    command.add_argument("--text", type=Path, required=True, help="plain text, best in UTF-8")
    command.add_argument("--out", type=Path, required=True, help="directory for the results")
    command.add_argument("--id", type=int, required=True, help="part of every file name")
    command.add_argument("--language", help="ISO 639-1 code; told from the text when left out")
    command.add_argument("--speech", metavar="NAME", help="speech engine")
    command.add_argument("--face-engine", metavar="NAME", help="face engine")
    command.add_argument("--preprocess", choices=get_args(Preprocess), help="what to show")
    command.add_argument("--size", type=int, choices=(256, 512, 1080), help="side in pixels")
    command.add_argument("--still", action="store_true", default=None, help="keep the head calm")
    command.add_argument("--split", choices=get_args(SplitMode), help="how to cut the text")
    command.add_argument("--lexicon", type=Path, help="YAML file of words to be spelt otherwise")
    command.add_argument("--restart", action="store_true", help="even if it is done already")
    command.set_defaults(run=render.render)


def _add_demo(commands: _Commands) -> None:
    from app.cli import demo

    command = commands.add_parser("demo", help="start the service, have it make a lecture, stop it")
    command.add_argument("--face", type=Path, default=demo.FACE)
    command.add_argument("--voice", type=Path, default=demo.VOICE)
    command.add_argument("--text", type=Path, default=demo.TEXT)
    command.add_argument("--out", type=Path, default=demo.OUT)
    command.set_defaults(run=demo.demo)


def _add_reports(commands: _Commands) -> None:
    from app.cli import doctor, report

    engines = commands.add_parser("engines", help="list the engines and what they lack")
    engines.add_argument("--json", action="store_true")
    engines.set_defaults(run=report.engines)
    examine = commands.add_parser("doctor", help="check this installation, say what to do")
    examine.add_argument(
        "--engine", action="append", default=[], metavar="NAME", help="instead of those configured"
    )
    examine.set_defaults(run=doctor.doctor)
    setup = commands.add_parser("setup", help="fetch engines' weights or mend their packages")
    setup.add_argument(
        "--engine", metavar="NAME", help="this one; all that have weights when left out"
    )
    setup.set_defaults(run=report.setup)


def _add_clean(commands: _Commands) -> None:
    from app.cli import clean

    command = commands.add_parser("clean", help="remove what has not been used for long")
    command.add_argument(
        "--older-than", type=clean.age, required=True, metavar="AGE", help="for example 30d or 12h"
    )
    command.add_argument("--dry-run", action="store_true", help="only tell what would be removed")
    command.set_defaults(run=clean.clean)


def _add_adopt(commands: _Commands) -> None:
    from app.cli import adopt

    command = commands.add_parser(
        "adopt", help="let the job store belong to the present data folder, when its own is lost"
    )
    command.set_defaults(run=adopt.adopt)


def _add_keys(commands: _Commands) -> None:
    from app.access.keys import DEFAULT_TENANT, Scope
    from app.cli import clean, keys

    of_keys = commands.add_parser("keys", help="make, list and revoke keys of the API")
    actions = of_keys.add_subparsers(required=True, metavar="ACTION")
    create = actions.add_parser("create", help="make a key, and print it this once")
    create.add_argument("--tenant", default=DEFAULT_TENANT, help="whose key it is")
    create.add_argument("--name", required=True, help="what it is for")
    create.add_argument(
        "--scope",
        nargs="+",
        choices=[scope.value for scope in Scope],
        default=[Scope.RENDER.value],
        help="what it allows, each what stands before it as well; render when left out",
    )
    create.add_argument("--expires", type=clean.age, metavar="AGE", help="for example after 90d")
    create.set_defaults(run=keys.create)
    show = actions.add_parser("list", help="list the keys, also those that count no longer")
    show.add_argument("--tenant", help="of this one only")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=keys.show)
    revoke = actions.add_parser("revoke", help="have a key count no longer")
    revoke.add_argument("key_id", metavar="KEY_ID", help="as `keys list` tells it")
    revoke.set_defaults(run=keys.revoke)
