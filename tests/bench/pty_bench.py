#!/usr/bin/env python3
"""What a screen costs: starts a program on a terminal of its own and measures what keys bring.

    pty_bench.py [--name NAME] [--size 24x80] [--starts N] [--idle SECONDS]
                 [--go KEYS | --key WHAT BUDGET KEYS BACK TIMES]... -- PROGRAM [ARGUMENT]...

--go types keys without measuring; --key types KEYS, TIMES times one after the other, and prints
the times from the key to the last byte that it brought, the bytes, and the most pieces that they
came in; after each time it types BACK, which may be empty, without measuring. Keys are text,
<Down>, <PgDn>, <Enter>, <Esc>, <Tab>, <F10>, <C-x> and the like. Only the standard library is
needed.
"""
import argparse
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

NAMED = {
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F",
    "PgUp": "\x1b[5~", "PgDn": "\x1b[6~", "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Backspace": "\x7f",
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~",
    "F7": "\x1b[18~", "F8": "\x1b[19~", "F9": "\x1b[20~", "F10": "\x1b[21~",
}
APPLICATION = {"Up": "\x1bOA", "Down": "\x1bOB", "Right": "\x1bOC", "Left": "\x1bOD", "Home": "\x1bOH", "End": "\x1bOF"}
# What some programs ask of a terminal before they draw, and what a plain one answers.
ANSWERS = ((b"\x1b[c", b"\x1b[?62c"), (b"\x1b[5n", b"\x1b[0n"), (b"\x1b[6n", b"\x1b[1;1R"))
START_QUIET, KEY_QUIET, LONGEST = 0.3, 0.04, 5.0


class Screen:
    """A program on a pseudo-terminal."""

    def __init__(self, command, rows, columns):
        self.application = False
        self.ended = False
        self.born = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
            for name in ("LINES", "COLUMNS", "TMUX"):
                environment.pop(name, None)
            try:
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)

    def listen(self, quiet):
        """Reads until nothing comes for so long: time of the last byte (None: there was none), bytes, pieces."""
        last, count, pieces = None, 0, 0
        begun = time.perf_counter()
        while not self.ended:
            now = time.perf_counter()
            wait = min((last or begun) + quiet - now, begun + LONGEST - now)
            if wait <= 0 or not select.select([self.master], [], [], wait)[0]:
                break
            try:
                data = os.read(self.master, 65536)
            except OSError:
                data = b""
            if not data:
                self.ended = True
                break
            last = time.perf_counter()
            count += len(data)
            pieces += 1
            self.application = b"\x1b[?1h" in data or (self.application and b"\x1b[?1l" not in data)
            for question, answer in ANSWERS:
                if question in data:
                    os.write(self.master, answer)
        return last, count, pieces

    def type(self, keys):
        for name, text in re.findall(r"<([A-Za-z0-9-]+)>|([^<])", keys):
            if name.startswith("C-"):
                text = chr(ord(name[2]) & 0x1F)
            elif name:
                text = APPLICATION.get(name) if self.application else None
                text = text or NAMED[name]
            os.write(self.master, text.encode())

    def memory(self):
        """Kilobytes of its own, without what files are mapped; None where the system does not say."""
        try:
            with open("/proc/%d/status" % self.process) as status:
                return int(re.search(r"RssAnon:\s+(\d+)", status.read()).group(1))
        except (OSError, AttributeError):
            return None

    def close(self):
        os.close(self.master)  # the program is hung up
        os.waitpid(self.process, 0)


def part(values, share):
    values = sorted(values)
    return values[round(share * (len(values) - 1))]


def line(what, measured, budget):
    print("%-52s  %-52s  %s" % (what, measured, budget), flush=True)


def start(name, command, rows, columns, times):
    """The screen of the last start, measured over all of them."""
    seconds, sizes = [], []
    screen = None
    for _ in range(times):
        if screen:
            screen.close()
        screen = Screen(command, rows, columns)
        last, count, _ = screen.listen(START_QUIET)
        if last is None or screen.ended:
            sys.exit("pty_bench: %s shows no screen" % command[0])
        seconds.append(last - screen.born)
        sizes.append(count)
    line(name + ": start to first screen, warm", "p50 %.1f ms, most %.1f ms; %d bytes"
         % (part(seconds, 0.5) * 1e3, max(seconds) * 1e3, part(sizes, 0.5)), "50 ms")
    return screen


def measure(name, screen, what, budget, keys, back, times):
    seconds, sizes, writes = [], [], []
    for _ in range(times):
        typed = time.perf_counter()
        screen.type(keys)
        last, count, pieces = screen.listen(KEY_QUIET)
        if last is None:
            last, count, pieces = screen.listen(0.25)  # slow, or nothing to show
        if screen.ended:
            sys.exit("pty_bench: the program ended at %s" % keys)
        seconds.append((last or typed) - typed)
        sizes.append(count)
        writes.append(pieces)
        if back:
            screen.type(back)
            screen.listen(START_QUIET)
    line(name + ": " + what, "p50 %.2f ms, p95 %.2f ms; p50 %d, most %d bytes; %d piece%s"
         % (part(seconds, 0.5) * 1e3, part(seconds, 0.95) * 1e3, part(sizes, 0.5), max(sizes), max(writes),
            "" if max(writes) == 1 else "s"), budget)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", default="screen")
    parser.add_argument("--size", default="24x80", help="ROWSxCOLUMNS")
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--idle", type=float, default=2)
    parser.add_argument("--go", dest="steps", action="append", nargs=1, metavar="KEYS")
    parser.add_argument("--key", dest="steps", action="append", nargs=5,
                        metavar=("WHAT", "BUDGET", "KEYS", "BACK", "TIMES"))
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    command = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    rows, columns = (int(number) for number in asked.size.split("x"))
    screen = start(asked.name, command, rows, columns, asked.starts)
    _, count, _ = screen.listen(asked.idle)
    line(asked.name + ": idle for %g s" % asked.idle, "%d bytes" % count, "0 bytes")
    if screen.memory() is not None:
        line(asked.name + ": memory of one session", "%.1f MB" % (screen.memory() / 1024), "6 MB")
    for step in asked.steps or []:
        if len(step) == 1:
            screen.type(step[0])
            screen.listen(START_QUIET)
        else:
            measure(asked.name, screen, step[0], step[1], step[2], step[3], int(step[4]))
    screen.close()


if __name__ == "__main__":
    main()
