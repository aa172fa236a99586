/* Runs a program with another kernel release, machine and host name than the real ones:
     uname RELEASE MACHINE PROGRAM [ARGUMENT…]
   A seccomp filter passes every uname(2) of the program and its children, such as engines and containers, to this process,
   which answers it. Only for tests. Needs Linux 5.0 and root. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(4);
}

static int install_filter(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_uname, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    return (int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void send_fd(int socket, int fd) {
    char byte = 0, room[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    if (sendmsg(socket, &message, 0) < 0) fail("sendmsg");
}

static int receive_fd(int socket) {
    char byte, room[CMSG_SPACE(sizeof(int))];
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    int fd = -1;
    if (recvmsg(socket, &message, 0) != 1 || !CMSG_FIRSTHDR(&message)) fail("the filter");
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}

/* The host name is the asking process's own, since a container has another. */
static void answer(int listener, const struct seccomp_notif *asked, const char *release, const char *machine) {
    struct seccomp_notif_resp response = {.id = asked->id};
    struct utsname name;
    char path[64];
    uname(&name);
    snprintf(name.release, sizeof name.release, "%s", release);
    snprintf(name.machine, sizeof name.machine, "%s", machine);
    pid_t child = fork();
    if (child == 0) {
        /* Enters the asking process's UTS namespace for its host name. */
        snprintf(path, sizeof path, "/proc/%d/ns/uts", (int)asked->pid);
        int space = open(path, O_RDONLY | O_CLOEXEC);
        if (space >= 0 && syscall(__NR_setns, space, 0) == 0) {
            struct utsname theirs;
            uname(&theirs);
            memcpy(name.nodename, theirs.nodename, sizeof name.nodename);
        }
        struct iovec from = {&name, sizeof name};
        struct iovec to = {(void *)asked->data.args[0], sizeof name};
        _exit(process_vm_writev((pid_t)asked->pid, &from, 1, &to, 1, 0) == (ssize_t)sizeof name ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    if (status != 0) response.error = -EFAULT;
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

int main(int count, char **words) {
    int pair[2];
    if (count < 4) return fprintf(stderr, "uname RELEASE MACHINE PROGRAM [ARGUMENT…]\n"), 2;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) fail("socketpair");
    pid_t program = fork();
    if (program == 0) {
        int listener = install_filter();
        if (listener < 0) fail("seccomp");
        send_fd(pair[1], listener);
        close(listener);
        execvp(words[3], words + 3);
        fail(words[3]);
    }
    close(pair[1]);
    int listener = receive_fd(pair[0]);
    for (;;) {
        struct pollfd waiting = {listener, POLLIN, 0};
        int ready = poll(&waiting, 1, 100), status;
        if (ready > 0 && waiting.revents & POLLIN) {
            struct seccomp_notif asked;
            memset(&asked, 0, sizeof asked);
            if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) == 0) answer(listener, &asked, words[1], words[2]);
        } else if (waitpid(program, &status, WNOHANG) == program) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
    }
}
