"""Proves docs/plan-coverage.md: each named test passes, and fails when its rule is forced to allow or its action
to do nothing. Run by `./run check`; the PostgreSQL of ./run must be up."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from . import plan_coverage

SIDE_BY_SIDE = 2


def pytest_run(nodes, *, lane, sabotage=""):
    """Run tests in a process of their own; give back the exit code and what was printed."""
    env = {**os.environ, "PCC_TEST_DB": f"test_pcc_proof_{lane}"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--reuse-db", "-p", "no:randomly", *nodes]
    if sabotage:
        env["PCC_SABOTAGE"] = sabotage
        command[3:3] = ["-p", "tests.sabotage"]
    done = subprocess.run(command, env=env, cwd=plan_coverage.ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def proofs():
    """Every (rule, function, tests) to prove, each function once with all tests that speak for it."""
    by_function = {}
    for row in plan_coverage.rows():
        for dotted in row.functions:
            rules, tests = by_function.setdefault(dotted, ([], []))
            rules.append(row.rule)
            tests.extend(test for test in row.tests if test not in tests)
    return [(" ".join(rules), dotted, tests) for dotted, (rules, tests) in by_function.items()]


def prove(lane, share):
    """Sabotage each function of the share in turn; give back the sentences about those nobody missed."""
    unmissed = []
    for rules, dotted, tests in share:
        code, printed = pytest_run(tests, lane=lane, sabotage=dotted)
        if code == 1:
            print(f"{rules}: {dotted} is proven", flush=True)
        elif code == 0:
            unmissed.append(f"{rules}: with {dotted} broken, {', '.join(tests)} still pass")
        else:
            unmissed.append(f"{rules}: {dotted} could not be tried (exit {code}):\n{printed[-1500:]}")
    return unmissed


def main():
    everything = proofs()
    nodes = sorted({test for _rules, _dotted, tests in everything for test in tests})
    for lane in range(SIDE_BY_SIDE):
        code, printed = pytest_run(nodes if lane == 0 else nodes[:1], lane=lane)
        if code:
            print(f"The tests named in docs/plan-coverage.md do not pass:\n{printed[-4000:]}")
            return 1
    shares = [everything[lane::SIDE_BY_SIDE] for lane in range(SIDE_BY_SIDE)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as lanes:
        unmissed = [line for lines in lanes.map(prove, range(SIDE_BY_SIDE), shares) for line in lines]
    print("\n".join(unmissed) or f"{len(everything)} functions proven")
    return bool(unmissed)


if __name__ == "__main__":
    sys.exit(main())
