/* hello-world: prints a few lines and ends well. No C library, so that the whole image is this one small file.
 * x86-64 Linux; `pack/build` says how it is compiled. */

#define SYS_WRITE 1
#define SYS_EXIT 60

static long call(long number, long first, const void *second, unsigned long third) {
    long answer;
    __asm__ volatile("syscall"
                     : "=a"(answer)
                     : "a"(number), "D"(first), "S"(second), "d"(third)
                     : "rcx", "r11", "memory");
    return answer;
}

static const char text[] =
    "\n"
    "Hello from Docker!\n"
    "Halo! If you can read this, your Docker engine works.\n"
    "\n"
    "What has just happened:\n"
    " 1. The docker client asked the Docker daemon for a container.\n"
    " 2. The daemon looked for the image \"hello-world\". It pulls from a registry\n"
    "    what it does not have.\n"
    " 3. The daemon made a container from the image and started the one program in\n"
    "    it, which wrote these lines.\n"
    " 4. The daemon passed them to the client, and the client to your terminal.\n"
    "\n"
    "This is Dermaga's own hello-world. Next, try a shell in a container:\n"
    " $ docker run -it busybox sh\n"
    "\n";

void _start(void) {
    const char *rest = text;
    unsigned long left = sizeof text - 1;
    while (left > 0) {
        long written = call(SYS_WRITE, 1, rest, left);
        if (written <= 0)
            call(SYS_EXIT, 1, 0, 0);
        rest += written;
        left -= (unsigned long)written;
    }
    call(SYS_EXIT, 0, 0, 0);
}
