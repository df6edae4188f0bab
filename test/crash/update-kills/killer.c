// Ends its process at one operation on the disk: LD_PRELOAD library for kills of updates. KILL_DIR: folder whose operations
// count. KILL_AT: file with how many are left until the kill, an int64; 0: none is counted. KILL_LOG: file of those counted.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile int64_t *left;
static int log_fd = -1;
static const char *dir;
static size_t dir_size;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

__attribute__((constructor)) static void start(void) {
  const char *at = getenv("KILL_AT"), *log = getenv("KILL_LOG");
  dir = getenv("KILL_DIR");
  if (dir == NULL || at == NULL || log == NULL) return;
  dir_size = strlen(dir);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, at, O_RDWR | O_CLOEXEC);
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  void *map = fd < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map == MAP_FAILED || log_fd < 0) abort();
  syscall(SYS_close, fd);
  left = map;
}

// Called before the operation: the log has one line of process, operation and path for each.
static void at(char op, const char *path) {
  if (left == NULL || path == NULL || *left <= 0) return;
  if (strncmp(path, dir, dir_size) != 0 || path[dir_size] != '/') return;
  int64_t now = __atomic_fetch_sub(left, 1, __ATOMIC_SEQ_CST);
  if (now <= 0) return;
  int saved = errno;
  char line[800];
  int size = snprintf(line, sizeof line, "%d %c %s\n", getpid(), op, path + dir_size + 1);
  if (size > 0) syscall(SYS_write, log_fd, line, (size_t)size);
  if (now == 1) kill(getpid(), SIGKILL);
  errno = saved;
}

static void at_fd(char op, int fd) {
  char link[64], path[700];
  if (left == NULL || *left <= 0 || fd == log_fd) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return;
  path[size] = 0;
  at(op, path);
}

#define OPEN(fn)                                                                                   \
  int fn(const char *path, int flags, ...) {                                                       \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode_t mode = (flags & O_CREAT) ? (mode_t)va_arg(rest, int) : 0;                               \
    va_end(rest);                                                                                  \
    if (flags & (O_CREAT | O_TRUNC)) at('o', path);                                                \
    return REAL(fn)(path, flags, mode);                                                            \
  }
OPEN(open)
OPEN(open64)

#define ON_FD(type, fn, head, call)                                                                \
  type fn head {                                                                                   \
    at_fd('w', fd);                                                                                \
    return REAL(fn) call;                                                                          \
  }
ON_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
ON_FD(ssize_t, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
ON_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t to), (fd, data, size, to))
ON_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t to), (fd, data, size, to))
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))

#define ON_PATH(fn, letter, head, call)                                                            \
  int fn head {                                                                                    \
    at(letter, path);                                                                              \
    return REAL(fn) call;                                                                          \
  }
ON_PATH(unlink, 'u', (const char *path), (path))
ON_PATH(rmdir, 'u', (const char *path), (path))
ON_PATH(mkdir, 'm', (const char *path, mode_t mode), (path, mode))
ON_PATH(rename, 'r', (const char *path, const char *to), (path, to))
