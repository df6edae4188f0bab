// A session's capture: JSON Lines, first what it is of, then each event with its monotonic ms. Bytes
// as hex; with timers and commands beside them it replays exactly. The format is in docs/cli.md.
import { z } from 'zod'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf, parseIso } from '../../core/values/instant.ts'
import { rsuVariantIds, type RsuVariantId } from '../../devices/rsu/variants.ts'
import type { RsuDriverConfig } from '../../devices/rsu/driver-state.ts'
import { readStrictJson } from '../strict-json.ts'
import type { WireEvent } from './wire-ring.ts'

/** 64 MiB: half an hour at 300 frames a second. */
export const captureBytesMax = 67_108_864
const lineCharsMax = 65_536

const driverShape = z.strictObject({
  variant: z.enum(rsuVariantIds),
  laneMode: z.enum(['entry', 'exit']),
  bstIntervalMs: z.int().min(0).max(255),
  rereadWaitSec: z.int().min(0).max(255),
  powerStep: z.int().min(0).max(255),
  channel: z.union([z.literal(0), z.literal(1)]),
  utcOffsetQuirk: z.boolean(),
  tolerateUnescapedBcc: z.boolean(),
  link: z.enum(['serial', 'tcp']),
  heartbeatLossMs: z.int().min(1).max(3_600_000).nullable(),
  /** Where the settings were not known at the start: it listened before its first C0. */
  contact: z
    .strictObject({
      known: z.literal(false),
      unknown: z.enum(['ask', 'write']),
      adoptsZero: z.boolean(),
    })
    .exactOptional(),
})

const headShape = z.strictObject({
  format: z.literal('etc-lane capture'),
  version: z.literal(1),
  device: z.literal('rsu'),
  /** Generic variant, or a profile `vendor/model`. */
  variant: z.string().min(1).max(81),
  /** When `monoMs` was 0. */
  startedAtIso: z.string().max(40),
  laneId: z.string().max(16).exactOptional(),
  note: z.string().max(400).exactOptional(),
  /** How our driver was set up, where the capture begins with its first event. */
  driver: driverShape.exactOptional(),
})

const monoMs = z.number().min(0).max(1e12)
const atIso = z.string().max(40).exactOptional()
const hex = z
  .string()
  .min(2)
  .max(lineCharsMax)
  .regex(/^(?:[0-9A-Fa-f]{2})+$/)
const commandShape = z.record(z.string().max(40), z.json())
const lineShape = z.union([
  z.strictObject({ monoMs, atIso, direction: z.enum(['in', 'out']), hex }),
  z.strictObject({ monoMs, atIso, link: z.literal('up') }),
  z.strictObject({ monoMs, atIso, link: z.literal('down'), reason: z.string().max(400) }),
  z.strictObject({ monoMs, atIso, timer: z.string().min(1).max(40) }),
  z.strictObject({ monoMs, atIso, command: commandShape }),
])

export type CaptureDriver = Readonly<z.infer<typeof driverShape>>
export type CaptureHead = Readonly<z.infer<typeof headShape>>
type CaptureLine = z.infer<typeof lineShape>

export interface Capture {
  readonly head: CaptureHead
  readonly events: readonly WireEvent[]
}

/** What of a driver's start a capture carries: its override is the profile's, by name. */
export function captureDriver(given: RsuDriverConfig): CaptureDriver {
  const { override: _override, contact, ...config } = given
  const { known, unknown, adoptsZero } = contact
  return known ? config : { ...config, contact: { known, unknown, adoptsZero } }
}

export interface CaptureOf {
  readonly variant: string
  readonly laneId: string
  /** Null where the beginning is gone: such a capture decodes, but no driver can be compared. */
  readonly driver: CaptureDriver | null
}

export function headOf({ variant, laneId, driver }: CaptureOf, first: WireEvent | null): string {
  const head: CaptureHead = {
    format: 'etc-lane capture',
    version: 1,
    device: 'rsu',
    variant,
    startedAtIso: isoOf(first?.atMs ?? 0),
    ...(laneId === '' ? {} : { laneId }),
    ...(driver === null ? {} : { driver }),
  }
  return `${JSON.stringify(head)}\n`
}

function bodyOf(event: WireEvent): object {
  switch (event.kind) {
    case 'in':
    case 'out':
      return { direction: event.kind, hex: hexOf(event.bytes) }
    case 'linkUp':
      return { link: 'up' }
    case 'linkDown':
      return { link: 'down', reason: event.reason }
    case 'timer':
      return { timer: event.name }
    case 'command':
      return { command: event.command }
  }
}

export function lineOf(event: WireEvent, startUs: number): string {
  const monoMs = Math.max(0, (event.monoUs - startUs) / 1000)
  const at = { monoMs: Number(monoMs.toFixed(3)), atIso: isoOf(event.atMs) }
  return `${JSON.stringify({ ...at, ...bodyOf(event) })}\n`
}

export function captureText(of: CaptureOf, events: readonly WireEvent[]): string {
  const first = events[0] ?? null
  const lines = events.map((event) => lineOf(event, first?.monoUs ?? 0))
  return headOf(of, first) + lines.join('')
}

const refused = (file: string, line: number, note: string, value = ''): LaneFault =>
  new LaneFault('WIRE-01', { file, field: `line ${line}`, value: value.slice(0, 80), note })

function parsedLine<T>(shape: z.ZodType<T>, text: string, file: string, line: number): T {
  if (text.length > lineCharsMax * 2) throw refused(file, line, 'the line is too long')
  let value: unknown
  try {
    value = readStrictJson(text, file)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    throw refused(file, line, `not JSON: ${error.detail.note ?? ''}`, text)
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = (issue?.path ?? []).map(String).join('.')
  throw refused(file, line, `${place} ${issue?.message ?? ''}`.trim(), text)
}

function eventOf(line: CaptureLine, at: Pick<WireEvent, 'seq' | 'monoUs' | 'atMs'>): WireEvent {
  if ('direction' in line)
    return { ...at, kind: line.direction, bytes: bytesOfHex(line.hex) ?? new Uint8Array(0) }
  if ('timer' in line) return { ...at, kind: 'timer', name: line.timer }
  if ('command' in line) return { ...at, kind: 'command', command: line.command }
  if (line.link === 'up') return { ...at, kind: 'linkUp' }
  return { ...at, kind: 'linkDown', reason: line.reason }
}

/** Throws WIRE-01 with the line that is wrong. */
export function readCapture(text: string, file: string): Capture {
  if (text.length > captureBytesMax) throw refused(file, 0, 'the file is too large')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const head = parsedLine(headShape, lines[0] ?? '', file, 1)
  const startMs = parseIso(head.startedAtIso)
  if (startMs === null) throw refused(file, 1, 'startedAtIso is no time', head.startedAtIso)
  const events: WireEvent[] = []
  let lastMs = 0
  lines.slice(1).forEach((textOf, i) => {
    const line = parsedLine(lineShape, textOf, file, i + 2)
    const told = line.atIso === undefined ? null : parseIso(line.atIso)
    if (line.atIso !== undefined && told === null) throw refused(file, i + 2, 'atIso is no time')
    if (line.monoMs < lastMs) throw refused(file, i + 2, 'monoMs goes back', String(line.monoMs))
    lastMs = line.monoMs
    const monoUs = Math.round(line.monoMs * 1000)
    events.push(
      eventOf(line, { seq: i + 1, monoUs, atMs: told ?? Math.floor(startMs + line.monoMs) }),
    )
  })
  return { head, events }
}

export const isCaptureVariant = (name: string): name is RsuVariantId =>
  rsuVariantIds.some((id) => id === name)
