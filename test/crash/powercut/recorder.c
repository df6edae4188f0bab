// Records a process's disk operations in order: LD_PRELOAD library for the power-cut test.
// Files under POWERCUT_DIR are logged with their bytes, POWERCUT_ACK marks acknowledgements.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// One record: op u8, path length u16, data length u32, offset u64 (little endian), path, data.
// ops: o created, w write, t truncate, s sync of a file, d sync of a folder,
//      u unlink, r rename (data = new name), a acknowledgement, x a call the recorder cannot follow.
#define FDS 4096
#define PATHS 512

static char names[FDS][PATHS];
static int log_fd = -1;
static const char *dir, *ack;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

__attribute__((constructor)) static void start(void) {
  dir = getenv("POWERCUT_DIR");
  ack = getenv("POWERCUT_ACK");
  const char *log = getenv("POWERCUT_LOG");
  if (dir == NULL || ack == NULL || log == NULL) return;
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void record(char op, const char *path, uint64_t offset, const void *data, size_t size) {
  if (log_fd < 0) return;
  uint8_t head[15];
  uint16_t path_size = (uint16_t)strlen(path);
  uint32_t data_size = (uint32_t)size;
  head[0] = (uint8_t)op;
  memcpy(head + 1, &path_size, 2);
  memcpy(head + 3, &data_size, 4);
  memcpy(head + 7, &offset, 8);
  struct iovec parts[3] = {
    {head, sizeof head}, {(void *)path, path_size}, {(void *)data, data_size}};
  pthread_mutex_lock(&lock);
  ssize_t written = syscall(SYS_writev, log_fd, parts, 3);
  pthread_mutex_unlock(&lock);
  if (written != (ssize_t)(sizeof head + path_size + data_size)) abort();
}

// Name inside the folder ("" for the folder itself, "!" for the acknowledgements), or NULL.
static const char *inside(const char *path) {
  if (log_fd < 0 || path == NULL) return NULL;
  if (strcmp(path, ack) == 0) return "!";
  size_t size = strlen(dir);
  if (strncmp(path, dir, size) != 0) return NULL;
  if (path[size] == 0) return "";
  return path[size] == '/' ? path + size + 1 : NULL;
}

static const char *name_of(int fd) {
  return fd >= 0 && fd < FDS && names[fd][0] != 0 ? names[fd] + 1 : NULL;
}

static int opened(int fd, const char *path, int flags, int existed) {
  const char *name = inside(path);
  if (fd < 0 || fd >= FDS) return fd;
  names[fd][0] = 0;
  if (name == NULL) return fd;
  names[fd][0] = '=';
  snprintf(names[fd] + 1, PATHS - 1, "%s", name);
  if (*name == '!' || *name == 0) return fd;
  if (!existed) record('o', name, 0, "", 0);
  else if (flags & O_TRUNC) record('t', name, 0, "", 0);
  return fd;
}

static int existed_before(const char *path) {
  return inside(path) != NULL && access(path, F_OK) == 0;
}

#define OPEN(fn)                                                                                   \
  int fn(const char *path, int flags, ...) {                                                       \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode_t mode = (flags & O_CREAT) ? (mode_t)va_arg(rest, int) : 0;                               \
    va_end(rest);                                                                                  \
    int existed = existed_before(path);                                                            \
    return opened(REAL(fn)(path, flags, mode), path, flags, existed);                              \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < FDS) names[fd][0] = 0;
  return REAL(close)(fd);
}

static void wrote(int fd, const void *data, ssize_t size, int64_t offset) {
  const char *name = name_of(fd);
  if (name == NULL || size <= 0) return;
  int saved = errno;
  if (*name == '!') record('a', name, 0, data, (size_t)size);
  else record('w', name, (uint64_t)offset, data, (size_t)size);
  errno = saved;
}

ssize_t write(int fd, const void *data, size_t size) {
  ssize_t done = REAL(write)(fd, data, size);
  if (name_of(fd) != NULL && done > 0) wrote(fd, data, done, lseek(fd, 0, SEEK_CUR) - done);
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  ssize_t done = REAL(pwrite)(fd, data, size, offset);
  wrote(fd, data, done, offset);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  ssize_t done = REAL(pwrite64)(fd, data, size, offset);
  wrote(fd, data, done, offset);
  return done;
}

// Not used today; if that changes, the log contains an x instead of missing a write.
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (name_of(fd) != NULL) record('x', "writev", 0, "", 0);
  return REAL(writev)(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  if (name_of(fd) != NULL) record('x', "pwritev", 0, "", 0);
  return REAL(pwritev)(fd, parts, count, offset);
}

static int cut(int fd, int result, int64_t size) {
  const char *name = name_of(fd);
  if (name != NULL && result == 0) record('t', name, (uint64_t)size, "", 0);
  return result;
}

int ftruncate(int fd, off_t size) { return cut(fd, REAL(ftruncate)(fd, size), size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, REAL(ftruncate64)(fd, size), size); }

static int synced(int fd, int result) {
  const char *name = name_of(fd);
  struct stat st;
  if (name == NULL || result != 0 || *name == '!') return result;
  int is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
  record(is_folder ? 'd' : 's', name, 0, "", 0);
  return result;
}

int fsync(int fd) { return synced(fd, REAL(fsync)(fd)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)(fd)); }

int unlink(const char *path) {
  int result = REAL(unlink)(path);
  const char *name = inside(path);
  if (name != NULL && result == 0) record('u', name, 0, "", 0);
  return result;
}

int rename(const char *from, const char *to) {
  int result = REAL(rename)(from, to);
  const char *name = inside(from), *next = inside(to);
  if (name != NULL && next != NULL && result == 0) record('r', name, 0, next, strlen(next));
  return result;
}
