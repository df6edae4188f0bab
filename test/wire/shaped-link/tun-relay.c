/* Two tun devices and the way between them: a delay in each direction, and lost packets by a seed.
 * Reads lines: `icmp LOST_PPM SEED`, `tcp LOST_PPM SEED`, `count`; ends with its standard input. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { packet_max = 2048, queue_max = 8192, icmp = 1, tcp = 6 };

struct packet {
  int64_t due_ns;
  int length;
  unsigned char bytes[packet_max];
};

/* One direction. The delay is equal for all packets, so that the first in is the first due. */
struct way {
  int from, to;
  int64_t delay_ns;
  unsigned head, count;
  struct packet *queue;
};

/* Dropped packets by protocol, each with its own random numbers: a seed always drops the same packets. Only the
 * packet that begins a probe is dropped, so that each is one probe: echo requests to 10.77.0.2, and SYN. */
struct loss {
  uint64_t ppm, state, seen, lost;
};

static struct loss losses[256];

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int open_tun(char *name) {
  struct ifreq request;
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (fd < 0) fail("/dev/net/tun");
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(fd, TUNSETIFF, &request) < 0) fail("TUNSETIFF");
  memcpy(name, request.ifr_name, IFNAMSIZ);
  return fd;
}

/* xorshift64*, the same on every machine. */
static uint64_t next_random(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * 2685821657736338717ULL;
}

static int begins_probe(const unsigned char *bytes, int length) {
  int header = (bytes[0] & 15) * 4;
  if (bytes[9] == icmp) return length > header && bytes[header] == 8 && bytes[19] == 2;
  return bytes[9] == tcp && length > header + 13 && (bytes[header + 13] & 0x12) == 0x02;
}

static int is_lost(const unsigned char *bytes, int length) {
  struct loss *loss = &losses[bytes[9]];
  if (!begins_probe(bytes, length)) return 0;
  loss->seen++;
  if (loss->ppm == 0 || (next_random(&loss->state) >> 11) % 1000000 >= loss->ppm) return 0;
  loss->lost++;
  return 1;
}

static void take(struct way *way) {
  for (;;) {
    /* The last place is for packets that a full queue drops. */
    unsigned at = way->count == queue_max ? queue_max : (way->head + way->count) % queue_max;
    struct packet *packet = &way->queue[at];
    int length = (int)read(way->from, packet->bytes, packet_max);
    /* Devices that are not up yet, or have no packet, return an error. */
    if (length <= 0) return;
    /* IPv4 only: an interface's own IPv6 messages are no probes. */
    if (length < 20 || packet->bytes[0] >> 4 != 4 || is_lost(packet->bytes, length)) continue;
    if (way->count == queue_max) continue;
    packet->due_ns = now_ns() + way->delay_ns;
    packet->length = length;
    way->count++;
  }
}

static int64_t give(struct way *way) {
  while (way->count > 0) {
    struct packet *packet = &way->queue[way->head];
    int64_t left_ns = packet->due_ns - now_ns();
    if (left_ns > 0) return left_ns;
    if (write(way->to, packet->bytes, (size_t)packet->length) < 0 && errno == EAGAIN) return 100000;
    way->head = (way->head + 1) % queue_max;
    way->count--;
  }
  return INT64_MAX;
}

/* A small seed needs some steps until its numbers are well mixed. */
static struct loss losing(uint64_t ppm, uint64_t seed) {
  struct loss loss = {ppm, seed, 0, 0};
  for (int i = 0; i < 64; i++) next_random(&loss.state);
  return loss;
}

static int command(void) {
  char line[128];
  unsigned long long ppm, seed;
  int length = (int)read(0, line, sizeof line - 1);
  if (length <= 0) return 0;
  line[length] = 0;
  if (sscanf(line, "icmp %llu %llu", &ppm, &seed) == 2)
    losses[icmp] = losing(ppm, seed);
  else if (sscanf(line, "tcp %llu %llu", &ppm, &seed) == 2)
    losses[tcp] = losing(ppm, seed);
  printf("icmp %llu %llu tcp %llu %llu\n", (unsigned long long)losses[icmp].seen,
         (unsigned long long)losses[icmp].lost, (unsigned long long)losses[tcp].seen,
         (unsigned long long)losses[tcp].lost);
  fflush(stdout);
  return 1;
}

int main(int argc, char **argv) {
  char here[IFNAMSIZ], there[IFNAMSIZ];
  struct way up, down;
  if (argc != 3) return 2;
  memset(&up, 0, sizeof up);
  memset(&down, 0, sizeof down);
  up.from = down.to = open_tun(here);
  up.to = down.from = open_tun(there);
  up.delay_ns = atoll(argv[1]) * 1000;
  down.delay_ns = atoll(argv[2]) * 1000;
  up.queue = calloc(queue_max + 1, sizeof *up.queue);
  down.queue = calloc(queue_max + 1, sizeof *down.queue);
  if (up.queue == NULL || down.queue == NULL) fail("memory");
  /* Raises its priority over other processes; without the right to do so the link is slower. */
  if (setpriority(PRIO_PROCESS, 0, -15) < 0) fprintf(stderr, "no priority\n");
  printf("%s %s\n", here, there);
  fflush(stdout);
  for (;;) {
    int64_t wait_ns = give(&up), other_ns = give(&down);
    if (other_ns < wait_ns) wait_ns = other_ns;
    struct timespec wait = {wait_ns / 1000000000, wait_ns % 1000000000};
    struct pollfd polled[3] = {{0, POLLIN, 0}, {up.from, POLLIN, 0}, {down.from, POLLIN, 0}};
    if (ppoll(polled, 3, wait_ns == INT64_MAX ? NULL : &wait, NULL) < 0 && errno != EINTR)
      fail("ppoll");
    if (polled[0].revents != 0 && !command()) return 0;
    take(&up);
    take(&down);
  }
}
