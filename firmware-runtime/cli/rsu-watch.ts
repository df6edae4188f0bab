// `etc-lane rsu watch`: the frame console for scripts. Live frames with their deltas, filtered, and
// kept as a capture or as pcapng. On a link of its own, or of a lane that runs.
import { closeSync, openSync, writeSync } from 'node:fs'
import { systemMonoClock, systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { Packets } from '../app/wire/capture-pcap.ts'
import { captureDriver, headOf, lineOf } from '../app/wire/capture.ts'
import { pcapngHead, pcapngPacket } from '../app/wire/pcapng.ts'
import { FrameDesk, type DeskRow } from '../app/wire/frame-desk.ts'
import { rsuWireDecoder } from '../app/wire/wire-decoder.ts'
import { WireRing } from '../app/wire/wire-ring.ts'
import { LaneFault } from '../core/values/faults.ts'
import { frameFits, frameTypesOf, type FrameFilter } from '../core/values/frame-filter.ts'
import { isoOf } from '../core/values/instant.ts'
import { BenchRsu, benchFolder } from './bench-rsu.ts'
import { flags, type CliIo } from './command.ts'
import type { RsuWire } from './devices.ts'
import { version } from './version.ts'

const watchFlags = {
  link: 'string',
  state: 'string',
  direction: 'string',
  type: 'list',
  text: 'string',
  save: 'string',
  pcapng: 'string',
  frames: 'string',
} as const

/** Often enough that the ring holds what comes in between, seldom enough to cost nothing. */
const drainMs = 50
const pageRows = 1_000

export interface WatchFilter {
  readonly direction: string | undefined
  readonly type: readonly string[]
  readonly text: string | undefined
}

export function filterOf({ direction, type, text }: WatchFilter): FrameFilter {
  if (direction !== undefined && direction !== 'in' && direction !== 'out')
    throw new LaneFault('ARG-01', { field: '--direction', value: direction, note: 'in or out' })
  return { direction, types: frameTypesOf(type.join(',')), text }
}

function writable(file: string): number {
  try {
    return openSync(file, 'w')
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
}

/** A file that grows with the session: what was heard is there even when the power goes. */
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

/** The whole session as it was on the wire, whatever the filter shows. */
class CaptureFile {
  private readonly kept: Kept
  private readonly ring: WireRing
  private startUs = 0
  private seq = 0

  constructor(file: string, ring: WireRing) {
    this.kept = new Kept(file)
    this.ring = ring
  }

  drain({ name, config }: RsuWire): void {
    const { events, dropped } = this.ring.since(this.seq)
    const [first] = events
    if (first === undefined) return
    if (this.seq === 0) {
      this.startUs = first.monoUs
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

  add(row: DeskRow): void {
    const packet = this.packets.of(row)
    if (packet !== null) this.kept.add(pcapngPacket(packet))
  }
  close(): void {
    this.kept.close()
  }
}

/** Rows as lines, each with the time since the one shown before it. */
export class FrameLines {
  private lastUs: number | null = null
  private readonly say: (row: object) => void

  constructor(say: (row: object) => void) {
    this.say = say
  }

  row(row: DeskRow): void {
    const { monoUs, atMs, direction, type, name, hex, ok, fields, discarded, reason } = row
    const deltaMs = this.lastUs === null ? null : (monoUs - this.lastUs) / 1000
    this.lastUs = monoUs
    const at = {
      monoMs: Math.round(monoUs / 1000),
      atIso: isoOf(atMs),
      deltaMs: deltaMs === null ? null : Number(deltaMs.toFixed(3)),
    }
    if (direction === 'link') this.say({ event: 'link', ...at, state: type, reason })
    else
      this.say({
        event: 'frame',
        ...at,
        direction,
        type,
        name,
        ok,
        hex,
        fields,
        discarded,
        reason,
      })
  }

  dropped(count: number): void {
    if (count > 0) this.say({ event: 'dropped', count })
  }
}

/** JSON Lines: first `ready`, then each frame decoded, until SIGTERM or `--frames N`. */
export async function watch(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, watchFlags)
  if (values.link === undefined)
    throw new LaneFault('ARG-01', { field: '--link', note: 'watch needs a link of its own' })
  const filter = filterOf(values)
  const enough = values.frames === undefined ? Infinity : Number(values.frames)
  if (!(enough >= 1))
    throw new LaneFault('ARG-01', {
      field: '--frames',
      value: values.frames ?? '',
      note: '1 or more',
    })
  const mono = systemMonoClock()
  const business = systemWallClock()
  const ring = new WireRing(() => business.nowMs())
  const capture = values.save === undefined ? null : new CaptureFile(values.save, ring)
  const bench = await BenchRsu.open(values.link, values.state ?? benchFolder(), { tap: ring }, mono)
  const { wire } = bench.handle
  const pcap = values.pcapng === undefined ? null : new PcapFile(values.pcapng, wire.name)
  const decoder = rsuWireDecoder(wire.variant)
  const desk = new FrameDesk({ laneId: '', device: 'rsu', ring, decoder })
  const say = (row: object): void => io.stdout(`${JSON.stringify(row)}\n`)
  const lines = new FrameLines(say)
  const stopped = Promise.withResolvers<void>()
  let next = 0
  let shown = 0
  const drain = (): void => {
    capture?.drain(wire)
    for (let more = true; more;) {
      const page = desk.read(next, pageRows)
      lines.dropped(page.dropped)
      for (const row of page.rows) {
        pcap?.add(row)
        if (shown >= enough || !frameFits(filter, row)) continue
        lines.row(row)
        if (row.direction !== 'link') shown++
      }
      next = page.next
      more = page.more
    }
    if (shown >= enough) stopped.resolve()
  }
  let cancel = (): void => undefined
  const again = (): void => {
    drain()
    cancel = mono.after(drainMs, again)
  }
  try {
    io.onStop(() => stopped.resolve())
    say({ event: 'ready', apiVersion: 1, pid: process.pid, endpoints: {} })
    again()
    await stopped.promise
  } finally {
    cancel()
    bench.close()
    drain()
    capture?.close()
    pcap?.close()
  }
  return 0
}
