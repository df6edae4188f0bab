// A tinySA on its serial port: (state, event) -> (state, effects). One command at a time, recognised by its echo; the
// range is read back, because too high a range is silently limited; peaks are held here over many scans. A line that is
// out of step is closed and reopened.
import { note } from '#base/pure/words/notes.ts'
import { shownBytes } from '#base/pure/data/shown-bytes.ts'
import { meterWords as words } from '../meter-words.ts'
import type { Why } from '#base/pure/words/fault-text.ts'
import { medianOf } from '#base/pure/figures/burst.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import {
  bytesOfText,
  cents,
  fail,
  levelDbmRange,
  lost,
  queued,
  refused,
  tell,
  type MeterEffect,
  type MeterFault,
  type MeterInput,
  type MeterState,
} from '../meter.ts'
import { withCarry } from '#base/pure/data/bytes.ts'
import { expectOf, startHzOf, stopHzOf, type TinysaConfig } from './config.ts'
import {
  rawBytesOf,
  rawLevels,
  rawScales,
  scanLevels,
  shellReply,
  type RawScale,
  type ShellReply,
} from './shell.ts'
import { change, count, emit, type Draft, type Driver } from '../../driver.ts'

type Phase =
  | 'down'
  | 'wake'
  | 'version'
  | 'info'
  | 'start'
  | 'range'
  | 'scan'
  | 'raw'
  | 'ready'
  | 'poll'
  | 'measure'
  | 'verify'
  | 'resting'

interface Job {
  readonly id: number
  readonly fromMs: number
  readonly peakDbm: number
}

export interface TinysaState extends MeterState {
  readonly phase: Phase
  /** The command whose prompt is awaited. */
  readonly waiting: string | null
  readonly rawBytes: number
  readonly carry: Uint8Array
  /** Remaining commands of the setup. */
  readonly left: readonly string[]
  /** Scale of raw scans, found by comparing one with a text scan; null: raw scans are not used. */
  readonly scale: RawScale | null
  /** Median of that text scan. */
  readonly textDbm: number
  readonly job: Job | null
  readonly counters: { readonly answers: number; readonly discardedBytes: number }
}

/** A scan of 200 points takes about a second with the narrowest filter, far less at 850 kHz. */
const answerMs = 3_000
/** Pause before a command, so that repeated and late lines end before it. */
const restMs = 5
const pollMs = 2_000
const againMs = 5_000
/** The medians of both scans agree within this, even if one met a burst; the two scales differ by 174 dB. */
const agreeDb = 60

const start = (): TinysaState => ({
  link: 'down',
  reported: null,
  phase: 'down',
  waiting: null,
  rawBytes: 0,
  resting: false,
  carry: new Uint8Array(),
  left: [],
  identity: null,
  refusal: null,
  scale: null,
  textDbm: 0,
  job: null,
  wanted: [],
  counters: { answers: 0, discardedBytes: 0 },
})

interface TinysaDraft extends Draft<TinysaState, MeterEffect> {
  /** What came for the open command; empty: nothing. */
  came: Uint8Array
  readonly config: TinysaConfig
  readonly atMs: number
}

function ask(d: TinysaDraft, phase: Phase, command: string, rawBytes = 0): void {
  change(d, { phase, waiting: command, rawBytes, carry: new Uint8Array() })
  d.effects.push(
    { do: 'send', bytes: bytesOfText(`${command}\r`) },
    timer('answer', answerMs),
    noTimer('poll'),
  )
}

function refuse(d: TinysaDraft, fault: MeterFault): void {
  refused(d, fault)
  change(d, { phase: 'resting' })
  d.effects.push(timer('again', againMs))
}

function drop(d: TinysaDraft, question: string): void {
  const came = d.came.length === 0 ? null : shownBytes(d.came)
  if (came === null) fail(d, { code: 'METER-04', note: question })
  else fail(d, { code: 'METER-13', note: words.notUnderstood(question, came) })
  change(d, { link: 'dropping', waiting: null })
  const reason =
    came === null ? note('questionUnanswered', question) : note('answeredStrange', came)
  d.effects.push(noTimer('answer'), { do: 'dropLink', reason })
}

const begin = (d: TinysaDraft): void => ask(d, 'version', d.config.identify)

function ready(d: TinysaDraft): void {
  change(d, { phase: 'ready', refusal: null })
  tell(d, 'up', null)
  d.effects.push(timer('poll', pollMs))
}

/** One scan for held peaks: raw when its scale is known, as text when the firmware has no raw scan. */
function scanOnce(d: TinysaDraft): void {
  const { config, s } = d
  if (s.scale === null) ask(d, 'measure', config.scan)
  else ask(d, 'measure', config.scanRaw, rawBytesOf(config.points))
}

/** Sends the next command of a phase that is not waiting. */
function advance(d: TinysaDraft): void {
  if (d.s.waiting !== null || d.s.resting || d.s.link !== 'up') return
  const { config } = d
  const { phase, left, job, wanted } = d.s
  const [command, ...more] = left
  const [id, ...others] = wanted
  if (phase === 'wake') begin(d)
  else if (phase === 'version') ask(d, 'info', config.info)
  else if ((phase === 'info' || phase === 'start') && command !== undefined) {
    change(d, { left: more })
    ask(d, 'start', command)
  } else if (phase === 'start') ask(d, 'range', config.readBack)
  else if (phase === 'range') ask(d, 'scan', config.scan)
  else if (phase === 'scan') ask(d, 'raw', config.scanRaw, rawBytesOf(config.points))
  else if (phase === 'raw' || phase === 'poll') {
    ready(d)
    advance(d)
  } else if (phase === 'measure') scanOnce(d)
  else if (phase === 'verify' && job !== null) ask(d, 'verify', config.readBack)
  else if (phase === 'verify') {
    ready(d)
    advance(d)
  } else if (phase === 'ready' && id !== undefined) {
    change(d, { wanted: others, job: { id, fromMs: d.atMs, peakDbm: -Infinity } })
    scanOnce(d)
  }
}

function versionCame(d: TinysaDraft, lines: readonly string[]): void {
  const [version = ''] = lines
  if (!version.startsWith(d.config.begins))
    return refuse(d, { code: 'METER-02', note: version.slice(0, 80) })
  change(d, {
    identity: { maker: 'tinySA', model: version, serialNo: null, firmware: lines.join(' ') },
  })
}

function infoCame(d: TinysaDraft, lines: readonly string[]): void {
  const { identity } = d.s
  const [model = ''] = lines
  if (!d.config.models.some((name) => model.includes(name)))
    return refuse(d, { code: 'METER-01', note: model.slice(0, 80) })
  if (identity !== null) change(d, { identity: { ...identity, model } })
  change(d, { left: d.config.start })
}

/** Fails the running measurement; the instrument is set up again before the next one. */
function failOne(d: TinysaDraft, note: Why): void {
  const { job } = d.s
  const fault: MeterFault = { code: 'METER-05', note }
  if (job !== null) emit(d, { type: 'notMeasured', id: job.id, fault })
  change(d, { job: null, phase: 'wake' })
}

/** `start stop points` as read back. */
function rangeCame(d: TinysaDraft, lines: readonly string[], then: 'setup' | 'poll' | 'job'): void {
  const { settings } = d.config
  const m = /^(\d{1,12}) (\d{1,12}) \d{1,5}$/.exec(lines[0] ?? '')
  if (m === null) return drop(d, d.config.readBack)
  const [startHz, stopHz] = [Number(m[1]), Number(m[2])]
  const hit =
    Math.abs(startHz - startHzOf(settings)) + Math.abs(stopHz - stopHzOf(settings)) < 2_000
  if (hit) return
  if (then === 'poll') return change(d, { phase: 'wake' })
  if (then === 'job') return failOne(d, words.rangeCut(startHz / 1e6, stopHz / 1e6))
  refuse(d, { code: 'METER-01', note: words.rangeCut(startHz / 1e6, stopHz / 1e6) })
}

const highest = (levels: readonly number[]): number =>
  levels.reduce((high, level) => Math.max(high, level), -Infinity)

function calibrated(d: TinysaDraft, reply: ShellReply): void {
  if (reply.kind !== 'raw') {
    change(d, { scale: null })
    return
  }
  const off = rawScales.map((scale) => {
    const levels = rawLevels(reply.payload, scale)
    return { scale, db: levels === null ? Infinity : Math.abs(medianOf(levels) - d.s.textDbm) }
  })
  const [best] = off.toSorted((a, b) => a.db - b.db)
  if (best !== undefined && best.db <= agreeDb) change(d, { scale: best.scale })
  else refuse(d, { code: 'METER-06', note: words.noScale(d.config.scanRaw) })
}

function levelsOf(d: TinysaDraft, reply: ShellReply): readonly number[] | null {
  if (reply.kind === 'raw') return d.s.scale === null ? null : rawLevels(reply.payload, d.s.scale)
  return reply.kind === 'lines' ? scanLevels(reply.lines, d.config.points) : null
}

function measured(d: TinysaDraft, reply: ShellReply): void {
  const { job } = d.s
  const levels = levelsOf(d, reply)
  if (job === null || levels === null) return drop(d, d.config.scan)
  const peakDbm = Math.max(job.peakDbm, highest(levels))
  const over = d.atMs - job.fromMs >= d.config.settings.holdMs
  change(d, { job: { ...job, peakDbm }, phase: over ? 'verify' : 'measure' })
}

/** The range is still the requested one: only now is the level valid for 5.8 GHz. */
function verified(d: TinysaDraft, lines: readonly string[]): void {
  rangeCame(d, lines, 'job')
  const { job } = d.s
  if (job === null) return
  const { id, peakDbm } = job
  const levelDbm = cents(peakDbm)
  change(d, { job: null })
  if (levelDbm < levelDbmRange.min || levelDbm > levelDbmRange.max) {
    const fault: MeterFault = { code: 'METER-06', note: `${levelDbm} dBm` }
    emit(d, { type: 'notMeasured', id, fault })
    return
  }
  const overload = levelDbm >= d.config.overloadDbm
  emit(d, { type: 'measured', id, levelDbm, overload })
}

function answered(d: TinysaDraft, reply: ShellReply): void {
  const lines = reply.kind === 'lines' ? reply.lines : []
  const { phase } = d.s
  const command = d.s.waiting ?? ''
  change(d, { waiting: null, resting: true })
  d.effects.push(noTimer('answer'), timer('rest', restMs))
  // The firmware answers an unknown command with a question mark or a usage line.
  const isRefused = lines.some((line) => /\?$|^usage:/i.test(line))
  if (phase === 'version') versionCame(d, lines)
  else if (phase === 'info') infoCame(d, lines)
  else if (phase === 'start' && isRefused)
    refuse(d, { code: 'METER-03', note: `${command}: ${lines.join(' ').slice(0, 80)}` })
  else if (phase === 'range') rangeCame(d, lines, 'setup')
  else if (phase === 'poll') rangeCame(d, lines, 'poll')
  else if (phase === 'scan') {
    const levels = scanLevels(lines, d.config.points)
    if (levels === null) drop(d, command)
    else change(d, { textDbm: medianOf(levels) })
  } else if (phase === 'raw') calibrated(d, reply)
  else if (phase === 'measure') measured(d, reply)
  else if (phase === 'verify') verified(d, lines)
}

function bytesCame(d: TinysaDraft, bytes: Uint8Array): void {
  const { waiting, rawBytes } = d.s
  if (waiting === null) return count(d, 'discardedBytes', bytes.length)
  const carry = withCarry(d.s.carry, bytes)
  d.came = carry
  const reply = shellReply(carry, expectOf(d.config, waiting, rawBytes))
  change(d, { carry: reply.kind === 'open' ? carry : new Uint8Array() })
  if (reply.kind === 'lost') {
    count(d, 'discardedBytes', carry.length)
    drop(d, waiting)
  } else if (reply.kind !== 'open') {
    change(d, { counters: { ...d.s.counters, answers: d.s.counters.answers + 1 } })
    answered(d, reply)
  }
}

function timerFired(d: TinysaDraft, name: string): void {
  if (name === 'rest') {
    change(d, { resting: false })
    if (d.s.phase !== 'resting') advance(d)
  } else if (name === 'answer' && d.s.waiting !== null) {
    count(d, 'discardedBytes', d.s.carry.length)
    d.came = d.s.carry
    drop(d, d.s.waiting)
  } else if (name === 'poll' && d.s.phase === 'ready') ask(d, 'poll', d.config.readBack)
  else if (name === 'again' && d.s.phase === 'resting') begin(d)
}

function linkUp(d: TinysaDraft): void {
  change(d, { ...start(), reported: d.s.reported, link: 'up', phase: 'wake', resting: true })
  // Ends a half-typed line; its answer, if any, is over before the pause ends.
  d.effects.push({ do: 'send', bytes: bytesOfText('\r') }, timer('rest', 100))
}

type TinysaDriver = Driver<TinysaState, MeterInput, MeterEffect>

export const tinysaDriver = (config: TinysaConfig): TinysaDriver => ({
  initial: start,
  step(state, event) {
    const came = new Uint8Array()
    const d: TinysaDraft = { s: state, effects: [], config, atMs: event.atMs, came }
    if (event.type === 'linkUp') linkUp(d)
    else if (event.type === 'linkDown') lost(d, event.reason)
    else if (event.type === 'command') {
      if (queued(d, event.command) && d.s.phase === 'ready') advance(d)
    } else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
    else if (d.s.link === 'up' && event.type === 'timer') timerFired(d, event.name)
    return { state: d.s, effects: d.effects }
  },
})
