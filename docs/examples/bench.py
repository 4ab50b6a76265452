"""Times a matrix product per token and says so: a model in Python, measured by Ordo.

    ordo run --command 'python3 bench.py' --phases prefill,decode --lengths 16..128

Reads lines like `prefill 64`, answers each with nanoseconds, or with `unsupported`.
"""

import os
import random
import sys
import time

WIDTH = 8
random.seed(int(os.environ.get("ORDO_SEED", "0")))
# A library with threads of its own takes their number from here.
THREADS = int(os.environ.get("ORDO_THREADS", "1"))
WEIGHTS = [[random.gauss(0, WIDTH**-0.5) for _ in range(WIDTH)] for _ in range(WIDTH)]


def step(state, token):
    """Returns the state after one more token."""
    new = [sum(w * s for w, s in zip(row, state)) for row in WEIGHTS]
    new[token % WIDTH] += 1.0
    return new


def prefill(length):
    state = [0.0] * WIDTH
    for token in range(length):
        state = step(state, token)
    return state


def measure(phase, length):
    """Returns the nanoseconds of one operation; None for a phase that there is not."""
    if phase == "prefill":
        start = time.perf_counter_ns()
        prefill(length)
    elif phase == "decode":
        state = prefill(length)  # the context is not timed
        start = time.perf_counter_ns()
        step(state, 1)
    else:
        return None
    return time.perf_counter_ns() - start


for line in sys.stdin:
    phase, length = line.split()
    nanos = measure(phase, int(length))
    # Without flush the answer stays in Python's buffer, and Ordo waits for it in vain.
    print("unsupported" if nanos is None else nanos, flush=True)
