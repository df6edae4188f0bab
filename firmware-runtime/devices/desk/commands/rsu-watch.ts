// `etc-lane rsu watch`: the frame console for scripts. Live frames with their time differences, filtered, and stored as
// a capture or as pcapng; from a link of its own, or from a running lane.
import { t } from '#base/pure/words/fault-text.ts'
import { closeSync, openSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { Packets } from '../../frame-log/capture-pcap.ts'
import { captureDriver, headOf, lineOf, startUsOf } from '../../frame-log/capture.ts'
import { pcapngHead, pcapngPacket } from '../../frame-log/pcapng.ts'
import { FrameService, type FrameRow } from '../../frame-log/frame-service.ts'
import { rowView } from '../../frame-log/row-view.ts'
import { rsuFrameDecoder } from '../../frame-log/frame-decoder.ts'
import { FrameRing } from '../../frame-log/frame-ring.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { frameFits, type FrameFilter } from '#base/pure/data/frame-filter.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import { BenchRsu, benchFolder } from '../bench/bench-rsu.ts'
import { linkWithVariant } from './rsu-variant.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { importsOf, mustBePlace } from './rsu-settings.ts'
import { act } from '#base/desk/commands/acts.ts'
import { needed, type CliIo, wrongFlag } from '#base/commands/command.ts'
import type { RsuProtocol } from '../lane/rsu-device.ts'
import { filterOf, FrameLines } from './frame-lines.ts'
import { version } from '#base/process/version.ts'

/** Often enough that the ring holds what comes in between, and rare enough to cost nothing. */
const drainMs = 50
const askMs = 250
const pageRows = 1_000

const writable = (file: string): number =>
  orDiskFault({ file, otherwise: 'FILE-01', whenFull: 'FILE-01' }, () => openSync(file, 'w'))

/** A file that grows during the session: the data is there even after a power cut. */
class Kept {
  private readonly fd: number

  constructor(file: string) {
    this.fd = writable(file)
  }
  add(bytes: Uint8Array | string): void {
    writeSync(this.fd, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  }
  close(): void {
    closeSync(this.fd)
  }
}

/** The whole session as on the link, whatever the filter shows. */
class CaptureFile {
  private readonly kept: Kept
  private readonly ring: FrameRing
  private startUs = 0
  private seq = 0

  constructor(file: string, ring: FrameRing) {
    this.kept = new Kept(file)
    this.ring = ring
  }

  drain({ name, config }: RsuProtocol): void {
    const { events, dropped } = this.ring.since(this.seq)
    const [first] = events
    if (first === undefined) return
    if (this.seq === 0) {
      this.startUs = startUsOf(first)
      const driver = dropped === 0 ? captureDriver(config) : null
      this.kept.add(headOf({ variant: name, laneId: '', driver }, first))
    }
    this.kept.add(events.map((event) => lineOf(event, this.startUs)).join(''))
    this.seq = events.at(-1)?.seq ?? this.seq
  }
  close(): void {
    this.kept.close()
  }
}

class PcapFile {
  private readonly kept: Kept
  private readonly packets = new Packets()

  constructor(file: string, variant: string) {
    this.kept = new Kept(file)
    this.kept.add(pcapngHead({ program: `etc-lane ${version}`, name: 'rsu', description: variant }))
  }

  add(row: FrameRow): void {
    const packet = this.packets.of(row)
    if (packet !== null) this.kept.add(pcapngPacket(packet))
  }
  close(): void {
    this.kept.close()
  }
}

/** A session on a link of its own: rows, capture and pcapng from one ring. */
class LoneWatch {
  private readonly service: FrameService
  private readonly capture: CaptureFile | null
  private readonly pcap: PcapFile | null
  private readonly protocol: RsuProtocol
  private next = 0

  constructor(
    protocol: RsuProtocol,
    ring: FrameRing,
    save: string | undefined,
    pcap: string | undefined,
  ) {
    this.protocol = protocol
    const decoder = rsuFrameDecoder(protocol.variant)
    this.service = new FrameService({ laneId: '', device: 'rsu', ring, decoder })
    this.capture = save === undefined ? null : new CaptureFile(save, ring)
    this.pcap = pcap === undefined ? null : new PcapFile(pcap, protocol.name)
  }

  drain(lines: FrameLines, filter: FrameFilter): void {
    this.capture?.drain(this.protocol)
    for (let more = true; more;) {
      const page = this.service.read(this.next, pageRows)
      lines.dropped(page.dropped)
      for (const row of page.rows) {
        this.pcap?.add(row)
        if (frameFits(filter, row)) lines.row(rowView(row))
      }
      this.next = page.next
      more = page.more
    }
  }

  close(): void {
    this.capture?.close()
    this.pcap?.close()
  }
}

interface Words {
  readonly direction: 'in' | 'out' | undefined
  readonly type: readonly string[]
  readonly text: string | undefined
}

interface LoneWords extends Words {
  readonly state: string | undefined
  readonly data: string | undefined
  readonly save: string | undefined
  readonly pcapng: string | undefined
}

interface Watching {
  readonly everyMs: number
  drain(): void | Promise<void>
  close(): void
}

async function lone(values: LoneWords, link: string, lines: FrameLines): Promise<Watching> {
  const filter = filterOf(values)
  const business = systemWallClock()
  const ring = new FrameRing(() => business.nowMs())
  const imports = importsOf(values)
  const named = await linkWithVariant(link, imports)
  const bench = await BenchRsu.open(named, values.state ?? benchFolder(), {
    tap: ring,
    mustBeMet: true,
    imports,
  })
  let watch: LoneWatch
  try {
    watch = new LoneWatch(bench.handle.protocol, ring, values.save, values.pcapng)
  } catch (error) {
    bench.close()
    throw error
  }
  return {
    everyMs: drainMs,
    drain: () => watch.drain(lines, filter),
    close: () => {
      bench.close()
      watch.drain(lines, filter)
      watch.close()
    },
  }
}

interface LaneWords extends Words {
  readonly data: string | undefined
  readonly lane: string | undefined
}

/** From a running lane: its new frames from now on. */
async function ofLane(
  values: LaneWords,
  device: LoggedDevice,
  lines: FrameLines,
): Promise<Watching> {
  const client = runningClient(folderOf(values.data))
  const { direction, types, text } = filterOf(values)
  const ask = {
    laneId: needed(values.lane, 'lane'),
    device,
    ...(direction === undefined ? {} : { direction }),
    ...(text === undefined ? {} : { text }),
    types: [...types],
  }
  const page = (after: number) => client.call('device.frames', { ...ask, after, limit: pageRows })
  let { next } = await page(0)
  for (let more = true; more;) ({ next, more } = await page(next))
  return {
    everyMs: askMs,
    drain: async () => {
      for (let more = true; more;) {
        const got = await page(next)
        lines.dropped(got.dropped)
        for (const row of got.rows) lines.row(row)
        next = got.next
        more = got.more
      }
    },
    close: () => undefined,
  }
}

/** JSON Lines: first `ready`, then each decoded frame, until SIGTERM or `--frames N`. */
export const watch = act(
  [
    'rsu watch (--link URL [--state DIR] [--save F] [--pcapng F] | --data DIR --lane ID) [--direction in|out] [--type B2,C6 ...] [--text T] [--frames N]',
  ],
  async (values, io) => {
    const { link, frames } = values
    mustBePlace(values)
    if (link !== undefined) return follow((lines) => lone(values, link, lines), frames, io)
    if (values.save !== undefined || values.pcapng !== undefined)
      throw wrongFlag(
        '--save',
        t('正在运行的车道:rsu save --data DIR', 'a running lane: rsu save --data DIR'),
      )
    return follow((lines) => ofLane(values, 'rsu', lines), frames, io)
  },
)

/** `etc-lane capture watch`: any device of a running lane whose frames can be viewed. */
export const watchLane = act(
  [
    'capture watch --data DIR --lane ID [--device rsu|barrier|display|sensors|sensors-2|sensors-3|sensors-4|camera|printer] [--direction in|out] [--type 05 ...] [--text T] [--frames N]',
  ],
  ({ device = 'rsu', frames, ...values }, io) =>
    follow((lines) => ofLane(values, device, lines), frames, io),
)

async function follow(
  open: (lines: FrameLines) => Promise<Watching>,
  frames: number | undefined,
  io: CliIo,
): Promise<number> {
  const enough = frames ?? 0
  if (enough < 0) throw new LaneFault('ARG-01', { field: '--frames', value: String(enough) })
  const say = (row: object): void => io.stdout(`${JSON.stringify(row)}\n`)
  const lines = new FrameLines(say, enough === 0 ? Infinity : enough)
  const watching = await open(lines)
  let stopped = false
  io.onStop(() => {
    stopped = true
  })
  say({ event: 'ready', apiVersion: 1, pid: process.pid, endpoints: {} })
  try {
    while (!stopped && !lines.isDone) {
      await watching.drain()
      await pause(watching.everyMs)
    }
  } finally {
    watching.close()
  }
  return 0
}
