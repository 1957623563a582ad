"""The peer's side as a long-lived process: `python serve.py NAME` warms up, then measures once for each line on stdin."""
import importlib
import json
import os
import sys
import time


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve(name, threads, data):
    case = importlib.import_module(name).prepare(threads, data)
    case.run()
    say({"ready": True, "version": case.version, "units": getattr(case, "units", 1)})
    for line in sys.stdin:
        if line.strip() != "run":
            break
        started = time.perf_counter()
        result = case.run()
        seconds = time.perf_counter() - started
        say({"seconds": seconds, "check": case.check(result)})
        del result


serve(sys.argv[1], int(os.environ["BENCH_THREADS"]), os.environ["BENCH_DATA"])
