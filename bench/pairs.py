#!/usr/bin/env python3
"""Times two commands in turn (A B A B …) and prints medians and their ratios.

usage: pairs.py RUNS 'COMMAND A' 'COMMAND B'    wall and CPU seconds, peak MiB of the largest process"""
import os
import statistics
import sys
import time


def run(command):
    null = os.open("/dev/null", os.O_RDWR)
    begin = time.monotonic()
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exec " + command], os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(null)
    if status:
        sys.exit(f"status {status}: {command}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    runs, commands = int(sys.argv[1]), sys.argv[2:4]
    for command in commands:
        run(command)
    taken = [[run(command) for command in commands] for _ in range(runs)]
    median = statistics.median
    for at, name in enumerate("AB"):
        wall, cpu, peak = (median(pair[at][i] for pair in taken) for i in range(3))
        print(f"{name}  wall {wall:.3f} s  cpu {cpu:.3f} s  peak {peak:.1f} MiB  {commands[at][:70]}")
    ratios = [median(a[i] / max(b[i], 1e-9) for a, b in taken) for i in range(2)]
    print(f"A/B  wall {ratios[0]:.3f}  cpu {ratios[1]:.3f}  ({runs} pairs)")


main()
