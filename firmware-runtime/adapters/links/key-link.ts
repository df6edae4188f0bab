// A byte link to a scanner that types, on Linux: its event device, taken for this program alone, so that no console and
// no desktop types what it reads. Node cannot ask the kernel for that; a small Perl, part of every Debian, does.
import { type DownText, systemText } from '../../core/values/notes.ts'
import { spawn } from 'node:child_process'
import type { ByteLink, ByteLinkHandlers } from '../../ports/byte-link.ts'

/** EVIOCGRAB: events go to this opening alone. */
export const grabRequest = 0x4004_4590

const eventBytes = 8
const sayBytesMax = 500

/**
 * Begins with one empty event: it has the device. Then type, code and value of each event, whatever times the kernel
 * puts before them; ends with its input, so that it does not outlive a lane that was killed.
 */
const program = `
use strict;
my ($path, $grab) = @ARGV;
sysopen(my $dev, $path, 0) or die "$!\\n";
ioctl($dev, $grab, 1) or die "it cannot be had alone: $!\\n";
my $size = length pack 'l!l!SSl', (0) x 5;
syswrite STDOUT, "\\0" x 8;
for (;;) {
  my $ready = '';
  vec($ready, $_, 1) = 1 for fileno(STDIN), fileno($dev);
  next if select($ready, undef, undef, undef) < 1;
  exit 0 if vec($ready, fileno(STDIN), 1);
  my $read = sysread $dev, my $bytes, 64 * $size;
  die defined $read ? "it ended\\n" : "$!\\n" unless $read;
  my $out = '';
  for (my $at = 0; $at + $size <= $read; $at += $size) { $out .= substr $bytes, $at + $size - 8, 8 }
  syswrite STDOUT, $out;
}
`

interface KeyOptions {
  readonly platform?: NodeJS.Platform
  /** What is asked of the kernel; a file that is no event device refuses to be had alone. */
  readonly request?: number
}

export function openKeyLink(
  path: string,
  handlers: ByteLinkHandlers,
  { platform = process.platform, request = grabRequest }: KeyOptions = {},
): ByteLink {
  let bytesIn = 0
  let isOver = false
  let isUp = false
  let rest = Buffer.alloc(0)
  let said = ''
  const end = (reason: DownText): void => {
    if (isOver) return
    isOver = true
    handlers.down(reason)
  }
  if (platform !== 'linux') {
    setImmediate(() => end('typesOnLinux'))
    return { send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }
  }
  const child = spawn('perl', ['-e', program, path, String(request)])
  child.on('error', (error) => end(systemText(error)))
  child.stderr.on(
    'data',
    (text: Buffer) => (said = `${said}${text.toString()}`.slice(-sayBytesMax)),
  )
  child.on('close', () => end(said.trim() === '' ? 'readerEnded' : systemText(said.trim())))
  child.stdin.on('error', () => undefined)
  child.stdout.on('data', (chunk: Buffer) => {
    if (isOver) return
    rest = Buffer.concat([rest, chunk])
    const whole = rest.length - (rest.length % eventBytes)
    let events = rest.subarray(0, whole)
    rest = rest.subarray(whole)
    if (!isUp && events.length > 0) {
      isUp = true
      events = events.subarray(eventBytes)
      handlers.up()
    }
    bytesIn += events.length
    if (events.length > 0) handlers.bytes(new Uint8Array(events))
  })
  return {
    // A scanner that types is only listened to.
    send: () => undefined,
    close() {
      child.stdin.end()
      setImmediate(() => end('closedHere'))
    },
    get bytesIn() {
      return bytesIn
    },
    bytesOut: 0,
  }
}
