// Makes the disk fail on purpose: LD_PRELOAD library for the disk-fault test.
// FAULT_DIR names the folder, FAULT_CALL is write or fsync, FAULT_FILE holds the number of the call.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Counting starts when the file of FAULT_FILE appears, so that opening the ledger is not affected.
static long calls;

static int in_folder(int fd) {
  const char *dir = getenv("FAULT_DIR");
  char link[64], path[512];
  if (dir == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  return strncmp(path, dir, strlen(dir)) == 0;
}

static int fails(int fd, const char *call) {
  const char *wanted = getenv("FAULT_CALL"), *file = getenv("FAULT_FILE");
  if (wanted == NULL || file == NULL || strcmp(wanted, call) != 0 || !in_folder(fd)) return 0;
  FILE *f = fopen(file, "r");
  if (f == NULL) return 0;
  long nth = 0;
  int got = fscanf(f, "%ld", &nth);
  fclose(f);
  return got == 1 && ++calls == nth;
}

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}
#define REAL(name) ((__typeof__(&name))real(#name))

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  if (fails(fd, "write")) return errno = EIO, -1;
  return REAL(pwrite64)(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  if (fails(fd, "write")) return errno = EIO, -1;
  return REAL(pwrite)(fd, data, size, offset);
}

int fsync(int fd) {
  if (fails(fd, "fsync")) return errno = EIO, -1;
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  if (fails(fd, "fsync")) return errno = EIO, -1;
  return REAL(fdatasync)(fd);
}
