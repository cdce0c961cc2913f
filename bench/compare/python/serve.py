# SPDX-License-Identifier: MIT
"""A library of Python as a contestant: obeys peer_python.cpp.  It reads a line from stdin and answers with a line on stdout.

    version                     the library's version, or "no ..." if the library cannot run
    prepare OP DIRECTION N ROOM "ok", "not offered", or "fails: ..."; ROOM is the number of floats of dy in the shared memory
    load                        reads x (for backward of a row operation: its result) and dy from the shared memory
    run                         computes once, and copies the result into the shared memory
    time K, time_warm K         computes K times (time_warm: after one uncounted time); answers seconds of CPU time

A library is a module beside this one, with a class Engine:

    version                              text; the constructor raises ImportError if something is missing
    task(op, backward, n, x, dy, out)    a Task that computes from x and dy into out, arrays of NumPy; or None

In 16 bits, where the last argument is f16 or bf16, the constructor takes this type.  The arrays of a task are then of uint16, and
there are narrow(floats, array) and widen(array, floats) to fill and to read them.
"""

import importlib
import mmap
import os
import sys
import time

from task import ROW, Task  # noqa: F401 (the modules beside this one take them from task)

KEPT = 1 << 16  # tasks of up to this many elements are kept, because the same task comes again with other inputs
APART = 272     # floats, 1088 bytes: see inputs.cpp


def sixteen(numpy, *counts):
    """The same for numbers of 16 bits."""
    return [array.view(numpy.uint16)[:count]
            for array, count in zip(buffers(numpy, *((count + 1) // 2 for count in counts)), counts)]


def buffers(numpy, *counts):
    """Arrays that lie like those of inputs.cpp: the first begins at a page, and no two share an offset within a page."""
    strides = [(count + 1023) // 1024 * 1024 + APART for count in counts]
    memory = mmap.mmap(-1, 4 * sum(strides), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    floats = numpy.frombuffer(memory, numpy.float32)
    floats[:] = 0  # every page is mapped before the first timing
    return [floats[sum(strides[:k]):][:count] for k, count in enumerate(counts)]


class Bench:
    """A task of the engine, and the arrays on which it works."""

    def __init__(self, numpy, engine, op, backward, n, narrow):
        self.n, self.count = n, 2 * n if op == "swiglu" else n
        self.engine, self.narrow = engine, narrow
        self.x, self.dy, self.out = (sixteen if narrow else buffers)(numpy, self.count, n, self.count)
        self.task = engine.task(op, backward, n, self.x, self.dy, self.out)
        if self.task:
            self.task.load()
            self.task.run()

    def load(self, memory, room):
        for array, start in ((self.x, 0), (self.dy, 2 * room)):
            floats = memory[start:start + array.size]
            if self.narrow:
                self.engine.narrow(floats, array)
            else:
                array[:] = floats
        self.task.load()

    def run(self, memory, room):
        self.task.run()
        self.task.store()
        floats = memory[3 * room:3 * room + self.count]
        if self.narrow:
            self.engine.widen(self.out, floats)
        else:
            floats[:] = self.out

    def time(self, times, warm):
        run = self.task.run
        if warm:
            run()
        start = time.process_time_ns()
        for _ in range(times):
            run()
        return (time.process_time_ns() - start) * 1e-9


def serve(engine, file, replies, narrow):
    import numpy
    kept, bench = {}, None
    memory, room = numpy.zeros(0, numpy.float32), 0
    for line in sys.stdin:
        words = line.split()
        answer = "ok"
        if words[0] == "version":
            answer = engine.version
        elif words[0] == "prepare":
            key = op, backward, n = words[1], words[2] == "backward", int(words[3])
            room = int(words[4])
            if memory.size != 5 * room:
                memory = numpy.frombuffer(mmap.mmap(file, 20 * room), numpy.float32)
            bench = None  # the memory of a large task is free before the next task is made
            bench = kept.get(key)
            try:
                bench = bench or Bench(numpy, engine, op, backward, n, narrow)
                if n <= KEPT:
                    kept[key] = bench
                if not bench.task:
                    answer = "not offered"
            except Exception as error:  # an operator that this version does not have
                answer = f"fails: {' '.join(str(error).split())[:300]}"
        elif words[0] == "load":
            bench.load(memory, room)
        elif words[0] == "run":
            bench.run(memory, room)
        elif words[0] in ("time", "time_warm"):
            answer = str(bench.time(int(words[1]), words[0] == "time_warm"))
        print(answer, file=replies, flush=True)


def main():
    # The output of a library must not be taken for an answer.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        narrow = sys.argv[3] != "f32"
        engine = importlib.import_module("with_" + sys.argv[1]).Engine(*sys.argv[3:] if narrow else ())
    except ImportError as error:
        sys.stdin.readline()
        print(f"no {error.name or error}", file=replies, flush=True)
        return
    serve(engine, int(sys.argv[2]), replies, narrow)


main()
