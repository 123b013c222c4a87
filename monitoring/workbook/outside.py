"""Has a workbook examined in a process of its own, and says in words when that process was stopped."""

import json
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from decimal import Context
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
KILLED = (-signal.SIGXCPU, -signal.SIGKILL)
EXCEL_DIGITS = Context(prec=15)


@dataclass(frozen=True)
class Limits:
    """What the child may use: bytes of memory, seconds of the processor and of the clock, bytes of its answer."""

    memory: int = 512 * 1024 * 1024
    seconds: int = 5
    patience: int = 10
    answer: int = 24 * 1024 * 1024


def examine_outside(content, limits=None):
    """What stands in the workbook, as child.examine tells it, with every figure a Decimal."""
    limits = limits or Limits()
    command = [sys.executable, "-I", str(CHILD), str(limits.memory), str(limits.seconds), str(limits.answer)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(
            command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, env={}, start_new_session=True
        )
        code = _wait(child, limits.patience)
        if code:
            return {"refused": {"what": "time" if code in KILLED else "memory"}}
        answer.seek(0)
        return understood(answer.read().decode("utf-8", "surrogatepass"))


def _wait(child, patience):
    """How the child ended; one that takes too long is killed. A wait with a time limit would look but every 50 ms."""
    timer = threading.Timer(patience, child.kill)
    timer.start()
    try:
        return child.wait()
    finally:
        timer.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()


def understood(answer):
    """The child's JSON. A spreadsheet is sure of fifteen digits, so those are what a figure keeps."""
    try:
        return json.loads(answer, parse_float=figure, parse_constant=lambda _name: {"error": "#NUM!"})
    except ValueError:
        return {"refused": {"what": "memory"}}


def figure(digits):
    """1234.5 for the 1234.5000000000002 that a spreadsheet keeps for it, and 12 for 12.0."""
    number = EXCEL_DIGITS.create_decimal(digits)
    whole = number.to_integral_value()
    return whole + 0 if number == whole else number.normalize()
