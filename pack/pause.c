/* pause: does nothing until it is told to stop, as the container that holds a Kubernetes pod together. No C library.
 * x86-64 Linux; `pack/build` says how it is compiled. */

#define SYS_RT_SIGPROCMASK 14
#define SYS_EXIT 60
#define SYS_RT_SIGTIMEDWAIT 128
#define SIG_BLOCK 0

static long call(long number, long first, const void *second, const void *third, long fourth) {
    long answer;
    register long r10 __asm__("r10") = fourth;
    __asm__ volatile("syscall"
                     : "=a"(answer)
                     : "a"(number), "D"(first), "S"(second), "d"(third), "r"(r10)
                     : "rcx", "r11", "memory");
    return answer;
}

void _start(void) {
    /* SIGINT (2) and SIGTERM (15). A blocked signal waits even for process 1, which the kernel spares otherwise. */
    const unsigned long ends = 1UL << 1 | 1UL << 14;
    call(SYS_RT_SIGPROCMASK, SIG_BLOCK, &ends, 0, sizeof ends);
    while (call(SYS_RT_SIGTIMEDWAIT, (long)&ends, 0, 0, sizeof ends) <= 0)
        ;
    call(SYS_EXIT, 0, 0, 0, 0);
}
