// The meaning of an analyser's answers, and what follows each phase: identified, set up, ready, held, swept, read. A
// level is emitted only when the whole reading succeeded; everything else is a fault.
import { note } from '#base/pure/words/notes.ts'
import { shownBytes } from '#base/pure/data/shown-bytes.ts'
import { meterWords as words } from '../meter-words.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import {
  ceilingHzMin,
  cents,
  fail,
  levelDbmRange,
  refused,
  tell,
  type MeterFault,
  type MeterIdentity,
} from '../meter.ts'
import {
  errorAsk,
  firstAnswerMs,
  holdAsks,
  identifyAsks,
  isInSpan,
  readAsks,
  setupAsks,
  sweepAsks,
  type Answer,
  type Ask,
} from './asks.ts'
import type { Figure } from './reply.ts'
import { type ScpiDraft, type Phase } from './state.ts'
import { change, emit } from '../../driver.ts'

/** A refused instrument is queried again: its front panel or its options may have changed. */
const againMs = 5_000
/** Interval at which an idle instrument's settings are checked. */
const pollMs = 2_000
/** A single answer may be lost: the setup is repeated once before it fails. */
const setupsMax = 2
/** An error queue holds some thirty entries; more means that it does not end. */
const errorsMax = 64

export function enter(d: ScpiDraft, phase: Phase, asks: readonly Ask[]): void {
  const setups = phase === 'setup' ? d.s.setups + 1 : phase === 'ready' ? 0 : d.s.setups
  change(d, { phase, asks, errors: [], setups })
  if (phase !== 'ready') d.effects.push(noTimer('poll'))
}

/** Fails the running measurement; the instrument is set up again before the next one. */
function failOne(d: ScpiDraft, fault: MeterFault): void {
  const { job } = d.s
  if (job !== null) emit(d, { type: 'notMeasured', id: job.id, fault })
  change(d, { job: null })
  enter(d, 'setup', setupAsks(d.config.map))
}

/** Nothing can be measured until the next attempt. */
function refuse(d: ScpiDraft, fault: MeterFault): void {
  refused(d, fault)
  change(d, { setups: 0 })
  enter(d, 'resting', [])
  d.effects.push(timer('again', againMs))
}

const begins = (text: string, with_: string): boolean =>
  text.toLowerCase().startsWith(with_.toLowerCase())

function refusalOf(d: ScpiDraft, { maker, model }: MeterIdentity): MeterFault | null {
  const { makers, ceilings } = d.config.map
  if (makers.length > 0 && !makers.some((one) => begins(maker, one)))
    return { code: 'METER-02', note: `${maker} ${model}` }
  const [ceiling] = ceilings
    .filter((one) => begins(model, one.model))
    .toSorted((a, b) => b.model.length - a.model.length)
  if (ceiling !== undefined && ceiling.hz < ceilingHzMin)
    return { code: 'METER-01', note: words.endsAt(model, ceiling.hz / 1e6) }
  return null
}

/**
 * A value read back lower than set means that the instrument silently limited its range. A value that was right before
 * was changed at the front panel.
 */
function changedFault(d: ScpiDraft, want: string, got: string): MeterFault {
  const isLower = Number(want) === d.config.settings.centerHz && Number(got) < Number(want)
  const cut = isLower && d.s.reported !== 'up'
  return cut
    ? { code: 'METER-01', note: words.setLower(Number(want) / 1e6, Number(got) / 1e6) }
    : { code: 'METER-05', note: words.insteadOf(got, want) }
}

function checked(d: ScpiDraft, want: string, got: string, fits: boolean): void {
  if (fits) return
  const fault = changedFault(d, want, got)
  if (d.s.phase === 'setup') refuse(d, fault)
  else if (d.s.phase === 'poll') enter(d, 'setup', setupAsks(d.config.map))
  else failOne(d, fault)
}

function levelCame(d: ScpiDraft, figures: readonly Figure[]): void {
  const { job } = d.s
  if (job === null) return
  const values = figures.flatMap((figure) => (figure.is === 'value' ? [figure.value] : []))
  const overflow = figures.some(({ is }) => is === 'overflow')
  if (values.length === 0 || overflow) {
    const [bad] = figures
    const said = bad === undefined || bad.is === 'value' ? '' : bad.text
    failOne(d, { code: 'METER-06', note: overflow ? words.beyondRange(said) : said })
    return
  }
  const levelDbm = cents(values.reduce((high, value) => Math.max(high, value), -Infinity))
  if (levelDbm < levelDbmRange.min || levelDbm > levelDbmRange.max)
    failOne(d, { code: 'METER-06', note: `${levelDbm} dBm` })
  else change(d, { job: { ...job, levelDbm } })
}

function errorCame(d: ScpiDraft, code: number, text: string): void {
  if (code !== 0) {
    const errors = [...d.s.errors, `${code} ${text}`]
    // Reads the rest of the queue first: an entry left in it would be blamed on later commands.
    const more = errors.length < errorsMax ? [errorAsk(d.config.map)] : []
    change(d, { errors, asks: [...more, ...d.s.asks] })
    return
  }
  const [first] = d.s.errors
  if (first === undefined || d.s.phase === 'fence') return
  // A frequency out of range: reading it back shows the upper limit.
  if (d.s.phase === 'setup' && first.startsWith('-222 ')) return
  const fault: MeterFault = { code: 'METER-03', note: first }
  if (d.s.phase === 'setup') refuse(d, fault)
  else failOne(d, fault)
}

export function answered(d: ScpiDraft, ask: Ask, answer: Answer): void {
  if (answer.as === 'identity') {
    change(d, { identity: answer.identity })
    const fault = refusalOf(d, answer.identity)
    if (fault !== null) refuse(d, fault)
  } else if (answer.as === 'check' && ask.as === 'check')
    checked(d, ask.want, answer.got, answer.fits)
  else if (answer.as === 'place') {
    const { figure } = answer
    if (figure.is !== 'value') levelCame(d, [figure])
    else if (!isInSpan(figure.value, d.config.settings))
      failOne(d, { code: 'METER-05', note: words.peakAt(figure.value / 1e6) })
  } else if (answer.as === 'level') levelCame(d, [answer.figure])
  else if (answer.as === 'trace') levelCame(d, answer.figures)
  else if (answer.as === 'status' && d.s.job !== null)
    change(d, { job: { ...d.s.job, overload: answer.set } })
  else if (answer.as === 'error') errorCame(d, answer.code, answer.text)
}

/** A missing answer: the error queue shows whether the instrument answers, and why it did not. */
export function timedOut(d: ScpiDraft, ask: Ask): void {
  const { strange, carry } = d.s
  const came = strange ?? (carry.length > 0 ? shownBytes(carry) : null)
  change(d, { waiting: null, carry: new Uint8Array() })
  if (ask.as === 'identity' && d.atMs - d.s.upAtMs < firstAnswerMs) {
    change(d, { asks: [ask, ...d.s.asks] })
    return
  }
  if (ask.as === 'error' || d.s.phase === 'identify' || d.s.phase === 'fence') {
    if (came !== null) {
      refuse(d, { code: 'METER-13', note: words.notUnderstood(ask.text, came) })
      return
    }
    change(d, { link: 'dropping', asks: [] })
    fail(d, { code: 'METER-04', note: ask.text })
    d.effects.push({ do: 'dropLink', reason: note('questionUnanswered', ask.text) })
    return
  }
  change(d, { missed: ask, missedCame: came })
  enter(d, 'fence', [errorAsk(d.config.map)])
}

/**
 * The instrument answers again. A refused command has its reason now; after a lost answer the measurement is restarted
 * once.
 */
function fenceOver(d: ScpiDraft): void {
  const { job, missed, missedCame, errors } = d.s
  const [first] = errors
  const asked = missed?.text ?? ''
  const unread: MeterFault =
    missedCame === null
      ? { code: 'METER-04', note: asked }
      : { code: 'METER-13', note: words.notUnderstood(asked, missedCame) }
  const fault: MeterFault = first === undefined ? unread : { code: 'METER-03', note: first }
  change(d, { missed: null, missedCame: null })
  if (d.s.setups >= setupsMax) {
    refuse(d, fault)
    return
  }
  if (job !== null && first === undefined && !job.again) {
    change(d, { job: { ...job, again: true, levelDbm: null } })
    enter(d, 'setup', setupAsks(d.config.map))
  } else failOne(d, fault)
  // Clears what remains of the old query before anything else is asked.
  change(d, { asks: [...identifyAsks(d.config.map), ...d.s.asks] })
}

/** Starts the next phase when all messages of this one were sent. False: nothing to do. */
export function endPhase(d: ScpiDraft): boolean {
  const { map, settings } = d.config
  const { phase, job } = d.s
  if (phase === 'identify') enter(d, 'setup', setupAsks(map))
  else if (phase === 'fence') fenceOver(d)
  else if (phase === 'setup' && d.s.errors.length > 0)
    refuse(d, { code: 'METER-03', note: d.s.errors[0] ?? '' })
  else if (phase === 'setup' || phase === 'poll') {
    change(d, { refusal: null })
    tell(d, 'up', null)
    enter(d, 'ready', [])
    d.effects.push(timer('poll', pollMs))
  } else if (phase === 'ready') {
    const next = job?.id ?? d.s.wanted[0]
    if (next === undefined) return false
    const wanted = job === null ? d.s.wanted.slice(1) : d.s.wanted
    const again = job?.again ?? false
    change(d, { wanted, job: { id: next, fromMs: d.atMs, levelDbm: null, overload: false, again } })
    enter(d, 'hold', holdAsks(map))
  } else if (phase === 'hold') {
    if (job !== null) change(d, { job: { ...job, fromMs: d.atMs } })
    enter(d, 'sweep', sweepAsks(map))
  } else if (phase === 'sweep') {
    const heldMs = d.atMs - (job?.fromMs ?? d.atMs)
    if (heldMs < settings.holdMs) enter(d, 'sweep', sweepAsks(map))
    else enter(d, 'read', readAsks(map))
  } else if (phase === 'read') readOver(d)
  else return false
  return true
}

function readOver(d: ScpiDraft): void {
  const { job } = d.s
  if (job !== null && job.levelDbm !== null) {
    const { id, levelDbm, overload } = job
    emit(d, { type: 'measured', id, levelDbm, overload })
  }
  change(d, { job: null })
  enter(d, 'ready', [])
  d.effects.push(timer('poll', pollMs))
}
