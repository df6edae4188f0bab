// A byte link to a scanner that types, on Linux: its event device, grabbed so that no console or desktop receives its
// text. Node cannot make that ioctl; a small Perl program does, and every Debian has Perl.
import { type DownText, systemText } from '#base/pure/words/notes.ts'
import { spawn } from 'node:child_process'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'

/** EVIOCGRAB: only this opening receives events. */
export const grabRequest = 0x4004_4590

const eventBytes = 8
const sayBytesMax = 500

/**
 * Starts with one empty event when it has the device. Then type, code and value of each event, without the kernel's
 * time; ends with its input, so that it does not outlive a killed lane.
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
  /** The ioctl request; it fails for a file that is not an event device. */
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
    // A typing scanner accepts no data.
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
