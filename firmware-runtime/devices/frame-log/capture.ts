// A capture of a session: JSON Lines, first a head, then each event with its monotonic time in ms. Bytes as hex; with
// timers and commands it replays exactly. The format is in docs/cli.md.
import { issueText, rule } from '#base/pure/words/issue-why.ts'
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import { bytesOfAscii, bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { crc32 } from '#base/pure/data/crc32.ts'
import { LaneFault, type Why, whyIn } from '#base/pure/faults/faults.ts'
import { instantOf, isoOf, parseIso } from '#base/pure/values/instant.ts'
import { gapsMax } from '../pure/camera/picture-gaps.ts'
import type { RsuDriverConfig } from '../pure/rsu/driver-state.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { rsuCommandShape } from './capture-commands.ts'
import { captureShapes, type CaptureDriver, type CaptureHead } from './capture-heads.ts'
import type { RingEvent } from './frame-ring.ts'

/** 64 MiB: half an hour at 300 frames a second. */
export const captureBytesMax = 67_108_864
/** Links deliver at most 64 KiB at once. */
const lineCharsMax = 131_072

const shapes = once(() => {
  const monoMs = z.number().min(0).max(1e12)
  const atIso = z.string().max(40).exactOptional()
  const hex = z
    .string()
    .max(lineCharsMax)
    .regex(/^(?:[0-9A-Fa-f]{2})*$/)
  const exchange = z
    .string()
    .regex(/^\d{1,15}$/)
    .exactOptional()
  const gaps = z
    .array(z.tuple([z.int().min(0).max(lineCharsMax), z.int().min(1).max(lineCharsMax)]))
    .max(gapsMax)
    .exactOptional()
  const commandShape = z.record(z.string().max(40), z.json())
  const line = z.union([
    z
      .strictObject({ monoMs, atIso, direction: z.enum(['in', 'out']), hex, gaps, exchange })
      .refine((one) => one.hex !== '' || one.exchange !== undefined, {
        path: ['hex'],
        ...rule('是空的,而且没有交换在此结束', 'is empty, but no exchange ends here'),
      }),
    z.strictObject({ monoMs, atIso, link: z.literal('up') }),
    z.strictObject({
      monoMs,
      atIso,
      link: z.literal('down'),
      reason: z.string().max(400),
      exchange,
    }),
    z.strictObject({ monoMs, atIso, timer: z.string().min(1).max(40) }),
    z.strictObject({ monoMs, atIso, command: commandShape }),
  ])
  const end = z.strictObject({
    monoMs,
    atIso,
    end: z.strictObject({
      /** Checksum over directions and bytes, for links whose frames have no check of their own. */
      crc32: z.string().regex(/^[0-9A-F]{8}$/),
      /** Events that the driver emitted, by type. */
      told: z.record(z.string().max(40), z.int().min(1)).exactOptional(),
    }),
  })
  return { line, end }
})
type Shapes = ReturnType<typeof shapes>

type CaptureLine = z.infer<Shapes['line']>
type CaptureEnd = Readonly<z.infer<Shapes['end']>['end']>

export interface Capture {
  readonly head: CaptureHead
  readonly events: readonly RingEvent[]
  /** The closing line; captures made elsewhere may lack it. */
  readonly end?: CaptureEnd | null
}

const marks = { in: new TextEncoder().encode('in'), out: new TextEncoder().encode('out') } as const

/** Checksum of the link's bytes and directions. */
export function checkOf(events: readonly RingEvent[]): string {
  let sum = 0
  for (const event of events)
    if (event.kind === 'in' || event.kind === 'out') {
      const { exchange, gaps } = event
      const more =
        exchange === undefined && gaps === undefined ? '' : JSON.stringify({ exchange, gaps })
      sum = crc32(event.bytes, crc32(bytesOfAscii(more), crc32(marks[event.kind], sum)))
    }
  return sum.toString(16).toUpperCase().padStart(8, '0')
}

/** The part of a driver's configuration in a capture: its override is that of the profile, by name. */
export function captureDriver(given: RsuDriverConfig): CaptureDriver {
  const { override: _override, contact, ...config } = given
  const { known, unknown, adoptsZero } = contact
  return known ? config : { ...config, contact: { known, unknown, adoptsZero } }
}

type Placed = 'format' | 'version' | 'startedAtIso'
type StartOf<H> = H extends unknown ? Omit<H, Placed> : never
/**
 * The part of a capture's head that its device defines; without the driver's configuration the beginning is missing.
 */
export type CaptureStart = StartOf<CaptureHead>

/** For an antenna. */
interface CaptureOf {
  readonly variant: string
  readonly laneId: string
  /** Null: the beginning is missing; such a capture decodes, but cannot be compared with a driver. */
  readonly driver: CaptureDriver | null
}

const startOf = ({ variant, laneId, driver }: CaptureOf): CaptureStart => ({
  device: 'rsu',
  variant,
  ...(laneId === '' ? {} : { laneId }),
  ...(driver === null ? {} : { driver }),
})

/** Whole milliseconds: a driver counts in them, and a replay needs the same values. */
export const startUsOf = (first: RingEvent | null): number =>
  Math.floor((first?.monoUs ?? 0) / 1000) * 1000

export function headOf(of: CaptureOf | CaptureStart, first: RingEvent | null): string {
  const { device, variant, ...rest } = 'device' in of ? of : startOf(of)
  const startedAtIso = isoOf(first?.atMs ?? 0)
  const head = { format: 'etc-lane capture', version: 1, device, variant, startedAtIso, ...rest }
  return `${JSON.stringify(head)}\n`
}

function bodyOf(event: RingEvent): object {
  switch (event.kind) {
    case 'in':
    case 'out':
      return { direction: event.kind, hex: hexOf(event.bytes), ...besides(event) }
    case 'linkUp':
      return { link: 'up' }
    case 'linkDown':
      return { link: 'down', reason: event.reason, ...besides(event) }
    case 'timer':
      return { timer: event.name }
    case 'command':
      return { command: event.command }
  }
}

type Besides = Pick<RingEvent & { kind: 'in' }, 'gaps' | 'exchange'>

const besides = ({ gaps, exchange }: Besides): Besides => ({
  ...(gaps === undefined ? {} : { gaps }),
  ...(exchange === undefined ? {} : { exchange }),
})

/** Bytes of a command are written as hex. */
const plain = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? hexOf(value) : value

export function lineOf(event: RingEvent, startUs: number): string {
  const monoMs = Math.max(0, (event.monoUs - startUs) / 1000)
  const at = { monoMs: Number(monoMs.toFixed(3)), atIso: isoOf(event.atMs) }
  return `${JSON.stringify({ ...at, ...bodyOf(event) }, plain)}\n`
}

export function captureText(
  of: CaptureOf | CaptureStart,
  events: readonly RingEvent[],
  reported: Readonly<Record<string, number>> | null = null,
): string {
  const first = events[0] ?? null
  const startUs = startUsOf(first)
  const lines = events.map((event) => lineOf(event, startUs))
  const monoMs = Number((((events.at(-1)?.monoUs ?? startUs) - startUs) / 1000).toFixed(3))
  const text = headOf(of, first) + lines.join('')
  // Frames of an antenna have a check each, so its capture needs no checksum and may be cut.
  if (!('device' in of) || of.device === 'rsu') return text
  const end = { crc32: checkOf(events), ...(reported === null ? {} : { told: reported }) }
  return `${text}${JSON.stringify({ monoMs, end })}\n`
}

const refused = (file: string, line: number, note: Why, value = ''): LaneFault =>
  new LaneFault('WIRE-01', { file, field: `line ${line}`, value: value.slice(0, 80), note })

function parsedLine<T>(shape: z.ZodType<T>, text: string, file: string, line: number): T {
  if (text.length > lineCharsMax * 2)
    throw refused(file, line, t('这一行太长', 'the line is too long'))
  let value: unknown
  try {
    value = readStrictJson(text, file)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    throw refused(
      file,
      line,
      t(
        `不是 JSON:${whyIn(error.detail.note ?? '', 'zh')}`,
        `not JSON: ${whyIn(error.detail.note ?? '')}`,
      ),
      text,
    )
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  throw misfit(file, line, value, parsed.error.issues)
}

type Issue = z.core.$ZodIssue
interface Wrong {
  readonly path: readonly PropertyKey[]
  readonly text: BilingualText
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const strangers = (branch: readonly Issue[]): number =>
  sum(branch.map((one) => (one.code === 'unrecognized_keys' ? one.keys.length : 0)))
/** Another value in the member that selects the shape: for example `link` in a line of another kind. */
const isOther = (one: Issue): boolean => one.code === 'invalid_value' && one.values.length === 1

/** The allowed values of the member that selects the shape; null: the shapes differ in more members. */
function allowed(branches: readonly (readonly Issue[])[]): Wrong | null {
  const named = branches.flatMap((branch) => branch.find(isOther) ?? [])
  const [first] = named
  if (first === undefined || named.length < 2 || named.length !== branches.length) return null
  if (named.some(({ path }) => path.join('.') !== first.path.join('.'))) return null
  const values = named.flatMap((one) => (one.code === 'invalid_value' ? one.values : []))
  return {
    path: first.path,
    text: t(
      `不是 ${values.map((one) => JSON.stringify(one)).join(' 或 ')}`,
      `is not ${values.map((one) => JSON.stringify(one)).join(' or ')}`,
    ),
  }
}

/** In a choice of shapes the issues of the closest one are reported. */
function nearest(issues: readonly Issue[]): Wrong {
  const [issue] = issues
  if (issue === undefined) return { path: [], text: t('', '') }
  if (issue.code === 'unrecognized_keys')
    return {
      path: [...issue.path, issue.keys[0] ?? ''],
      text: t('这里没有这一项', 'is not a member here'),
    }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return { path: issue.path, text: issueText(issue) }
  const others = (branch: readonly Issue[]): number => branch.filter(isOther).length
  const branches = issue.errors.toSorted(
    (a, b) => strangers(a) - strangers(b) || others(a) - others(b) || a.length - b.length,
  )
  const [best = []] = branches
  const inner =
    allowed(branches.filter((one) => strangers(one) === strangers(best))) ?? nearest(best)
  return { path: [...issue.path, ...inner.path], text: inner.text }
}

/** Names the member and its value, not the whole line. */
function misfit(
  file: string,
  line: number,
  value: unknown,
  issues: readonly Issue[],
  below: readonly string[] = [],
): LaneFault {
  const { path, text } = nearest(issues)
  let found: unknown = value
  for (const key of path)
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<PropertyKey, unknown>)[key]
        : undefined
  const place = [...below, ...path].map(String).join('.')
  return refused(
    file,
    line,
    t(`${place} ${text.zh}`.trim(), `${place} ${text.en}`.trim()),
    JSON.stringify(found) ?? 'absent',
  )
}

/** An instant that every device's clock can represent. */
const isDeviceTime = (atMs: number | null): atMs is number =>
  atMs !== null && atMs >= instantOf(2000, 1, 1) && atMs < instantOf(2100, 1, 1)

function eventOf(line: CaptureLine, at: Pick<RingEvent, 'seq' | 'monoUs' | 'atMs'>): RingEvent {
  if ('direction' in line)
    return {
      ...at,
      kind: line.direction,
      bytes: bytesOfHex(line.hex) ?? new Uint8Array(0),
      ...besides(line),
    }
  if ('timer' in line) return { ...at, kind: 'timer', name: line.timer }
  if ('command' in line) return { ...at, kind: 'command', command: line.command }
  if (line.link === 'up') return { ...at, kind: 'linkUp' }
  return { ...at, kind: 'linkDown', reason: line.reason, ...besides(line) }
}

/** Throws WIRE-01 with the wrong line. */
export function readCapture(text: string, file: string): Capture {
  if (text.length > captureBytesMax) throw refused(file, 0, t('文件太大', 'the file is too large'))
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const head = parsedLine(captureShapes().head, lines[0] ?? '', file, 1)
  const startMs = parseIso(head.startedAtIso)
  if (!isDeviceTime(startMs))
    throw refused(
      file,
      1,
      t('startedAtIso 不是时间', 'startedAtIso is not a time'),
      head.startedAtIso,
    )
  const last = endOf(lines, file)
  const events: RingEvent[] = []
  let lastMs = 0
  lines.slice(1, last === null ? undefined : -1).forEach((textOf, i) => {
    const line = parsedLine(shapes().line, textOf, file, i + 2)
    const givenMs = line.atIso === undefined ? null : parseIso(line.atIso)
    if (line.atIso !== undefined && !isDeviceTime(givenMs))
      throw refused(file, i + 2, t('atIso 不是时间', 'atIso is not a time'), line.atIso)
    if (head.device === 'rsu' && 'command' in line) mustBeCommand(line.command, file, i + 2)
    if (line.monoMs < lastMs)
      throw refused(file, i + 2, t('monoMs 倒退了', 'monoMs goes back'), String(line.monoMs))
    lastMs = line.monoMs
    const monoUs = Math.round(line.monoMs * 1000)
    events.push(
      eventOf(line, { seq: i + 1, monoUs, atMs: givenMs ?? Math.floor(startMs + line.monoMs) }),
    )
  })
  return { head, events, end: last }
}

function mustBeCommand(command: unknown, file: string, line: number): void {
  const { success, error } = rsuCommandShape().safeParse(command)
  if (!success) throw misfit(file, line, command, error.issues, ['command'])
}

/** The closing line, if any; nothing may follow it. */
function endOf(lines: readonly string[], file: string): CaptureEnd | null {
  const text = lines.length > 1 ? (lines.at(-1) ?? '') : ''
  if (!/^\{"monoMs":[0-9.]+,"end":/.test(text)) return null
  return parsedLine(shapes().end, text, file, lines.length).end
}
