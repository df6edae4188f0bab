// A camera that is subscribed to over HTTP: (state, event) -> (state, effects), for every vendor. First the checks of
// the dialect, then one long response whose parts are the cars. The state holds no passwords and can be printed: the
// adapter computes the authentication.
import { type DownText, note, type NoteText } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noTimer, timer, type TimerEvent } from '#base/pure/values/step.ts'
import type { HttpEffect, HttpEvent, HttpHeaders, HttpSession } from '../../http/session.ts'
import { ask, closed, freshSession, giveUp, judgeHead, lostRequest } from '../../http/session.ts'
import type { CameraCounters, CameraEffect, CameraNews } from '../camera-driver.ts'
import { noCounts } from '../camera-driver.ts'
import type { Assembly, AssemblyStep } from './assembly.ts'
import { addDraft, addPicture, collectMs, emptyAssembly, flushAssembly } from './assembly.ts'
import type { Found, Hold, Now, StreamDialect } from './dialect.ts'
import type { MultipartState, Part } from './multipart.ts'
import { boundaryOf, closePart, feedMultipart, openMultipart, openPart } from './multipart.ts'
import { change, count, emit, stopTimers, type Draft, type Driver } from '../../driver.ts'

export type StreamEvent = { readonly atMs: number; readonly wallMs: InstantMs } & (
  | HttpEvent
  | TimerEvent
  | { readonly type: 'start' }
  /** User or password changed: a new attempt starts at once. */
  | { readonly type: 'credentialsChanged' }
)

export type StreamEffect = HttpEffect | CameraEffect

interface RunningCheck {
  readonly index: number
  readonly id: string
  readonly status: number
  readonly body: readonly Uint8Array[]
  readonly bodyBytes: number
}

interface StreamState<D> {
  readonly d: D
  readonly session: HttpSession
  readonly check: RunningCheck | null
  /** Request id of the subscription; its response is `parts` once it began. */
  readonly streamId: string | null
  readonly parts: MultipartState | null
  readonly assembly: Assembly
  readonly tries: number
  /** The state last reported to the lane. */
  readonly reported: string
  readonly counters: CameraCounters
}

interface StreamTimes {
  /** Time limit for the head of a response, and for the whole response to a check. */
  readonly answerMs: number
  /** An open text without new bytes for this long is judged as it is. */
  readonly quietMs: number
  /** Waits between attempts; the last one repeats. */
  readonly againMs: readonly number[]
  /** Wait until a camera is asked what no car waits for, after its stream began. */
  readonly besideMs: number
  /** Wait after a refused password: long enough that no device locks the account [assumed]. */
  readonly refusedMs: number
}

export const streamTimes: StreamTimes = {
  answerMs: 5_000,
  quietMs: 60,
  againMs: [200, 500, 1_000, 2_000, 5_000],
  besideMs: 5_000,
  refusedMs: 30 * 60_000,
}

const checkBytesMax = 65_536

interface StreamDraft<D> extends Draft<StreamState<D>, StreamEffect> {
  readonly dialect: StreamDialect<D>
  readonly now: Now
}

/** Reports up or down once, until the state changes. */
function tell<D>(w: StreamDraft<D>, event: CameraNews): void {
  if (event.type === 'cameraUp' || event.type === 'cameraDown') {
    const word = event.type === 'cameraUp' ? 'up' : event.reason
    if (w.s.reported === word) return
    change(w, { reported: word })
  }
  emit(w, event)
}

function request<D>(w: StreamDraft<D>, what: Parameters<typeof ask>[1]): string {
  const sessionStep = ask(w.s.session, what)
  change(w, { session: sessionStep.session })
  w.effects.push(...sessionStep.effects)
  return sessionStep.id
}

function endRequest<D>(w: StreamDraft<D>, id: string | null): void {
  if (id === null) return
  const ended = giveUp(w.s.session, id)
  change(w, { session: ended.session })
  w.effects.push(...ended.effects)
}

/** Ends all requests; a reading collected so far is emitted. */
function stop<D>(w: StreamDraft<D>): void {
  takeAssembly(w, flushAssembly(w.s.assembly, w.now.atMs))
  endRequest(w, w.s.check?.id ?? null)
  endRequest(w, w.s.streamId)
  change(w, { check: null, streamId: null, parts: null, assembly: emptyAssembly })
  stopTimers(w, ['answer', 'check', 'silence', 'quiet', 'collect', 'recheck', 'beside', 'again'])
}

function fail<D>(w: StreamDraft<D>, { reason, note, againMs }: Hold): void {
  stop(w)
  tell(w, { type: 'cameraDown', reason, note })
  const waits = streamTimes.againMs
  const patience = waits[Math.min(w.s.tries, waits.length - 1)] ?? 0
  change(w, { tries: w.s.tries + 1 })
  w.effects.push(timer('again', againMs ?? patience))
}

const notReached = (note: DownText): Hold => ({ reason: 'notReached', note, againMs: null })

function begin<D>(w: StreamDraft<D>): void {
  stop(w)
  if (w.dialect.checks.length > 0) startCheck(w, 0)
  else subscribe(w)
}

function startCheck<D>(w: StreamDraft<D>, index: number): void {
  const check = w.dialect.checks[index]
  if (check === undefined || (check.beside === true && w.s.streamId === null)) {
    change(w, { check: null })
    if (w.s.streamId === null) subscribe(w)
    else w.effects.push(timer('recheck', w.dialect.recheckMs))
    return
  }
  const id = request(w, check.request(w.s.d))
  change(w, { check: { index, id, status: 0, body: [], bodyBytes: 0 } })
  w.effects.push(timer('check', streamTimes.answerMs))
}

function subscribe<D>(w: StreamDraft<D>): void {
  const streamId = request(w, w.dialect.subscription(w.s.d))
  change(w, { streamId, parts: null, assembly: emptyAssembly })
  w.effects.push(timer('answer', streamTimes.answerMs))
}

/** A check got no answer: before the subscription that is a failure; beside it the check waits for its next time. */
function checkLost<D>(w: StreamDraft<D>, note: DownText): void {
  if (isBeside(w)) tell(w, { type: 'versionRead', reading: null })
  if (w.s.streamId === null) {
    fail(w, notReached(note))
    return
  }
  endRequest(w, w.s.check?.id ?? null)
  change(w, { check: null })
  w.effects.push(noTimer('check'), timer('recheck', w.dialect.recheckMs))
}

/** The open question is one that the camera may leave unanswered. */
const isBeside = <D>({ s, dialect }: StreamDraft<D>): boolean =>
  s.check !== null && dialect.checks[s.check.index]?.beside === true

function checkAnswered<D>(w: StreamDraft<D>): void {
  const { check } = w.s
  if (check === null) return
  const body = new Uint8Array(check.bodyBytes)
  let at = 0
  for (const piece of check.body) {
    body.set(piece, at)
    at += piece.length
  }
  change(w, { session: closed(w.s.session, check.id) })
  w.effects.push(noTimer('check'))
  const judged = w.dialect.checks[check.index]?.judge(w.s.d, check.status, body, w.now)
  if (judged === undefined) return
  change(w, { d: judged.d })
  if (judged.clockOffsetMs !== null)
    tell(w, { type: 'clockMeasured', offsetMs: judged.clockOffsetMs })
  if (judged.version !== undefined) tell(w, { type: 'versionRead', reading: judged.version })
  if (judged.hold === null) startCheck(w, check.index + 1)
  else fail(w, judged.hold)
}

function headCame<D>(w: StreamDraft<D>, id: string, status: number, headers: HttpHeaders): void {
  const judged = judgeHead(w.s.session, id, status, headers)
  change(w, { session: judged.session })
  w.effects.push(...judged.effects)
  const { verdict } = judged
  const { check, streamId } = w.s
  if (verdict.kind === 'stranger') return
  // An account may lack the right to read the version; the stream itself shows a wrong password.
  const isUnasked = verdict.kind === 'refused' || verdict.kind === 'noDigest'
  if (isUnasked && check?.id === id && isBeside(w)) {
    checkLost(w, note('answerStatus', status))
    return
  }
  if (verdict.kind === 'refused') {
    const { refusedMs } = streamTimes
    fail(w, { reason: 'credentials', note: 'credentialsRefused', againMs: refusedMs })
  } else if (verdict.kind === 'noDigest') {
    fail(w, { reason: 'noDigest', note: 'noDigestOffered', againMs: 60_000 })
  } else if (verdict.kind === 'again') {
    if (check?.id === id) change(w, { check: { ...check, id: verdict.id } })
    else if (streamId === id) change(w, { streamId: verdict.id })
  } else if (check?.id === id) change(w, { check: { ...check, status } })
  else if (streamId === id) streamHead(w, status, headers)
}

const firstBeside = <D>({ dialect }: StreamDraft<D>): number =>
  dialect.checks.findIndex((one) => one.beside === true)

function streamHead<D>(w: StreamDraft<D>, status: number, headers: HttpHeaders): void {
  const boundary = status === 200 ? boundaryOf(headers['content-type'] ?? '') : null
  if (boundary !== null) {
    change(w, { parts: openMultipart(boundary) })
    w.effects.push(noTimer('answer'), timer('silence', w.dialect.silenceMs))
    w.effects.push(timer('recheck', w.dialect.recheckMs))
    if (firstBeside(w) >= 0) w.effects.push(timer('beside', streamTimes.besideMs))
    tell(w, { type: 'cameraUp', deviceId: w.dialect.deviceId(w.s.d) })
    return
  }
  const other = w.dialect.otherSubscription(w.s.d, status)
  if (other === null) {
    const why = status === 200 ? 'noPartsStream' : note('answerStatus', status)
    const busy = status >= 500 || status === 429
    fail(w, {
      reason: busy ? 'notReached' : 'notSupported',
      note: why,
      againMs: busy ? null : 60_000,
    })
    return
  }
  endRequest(w, w.s.streamId)
  change(w, { d: other })
  subscribe(w)
}

function bodyCame<D>(w: StreamDraft<D>, id: string, bytes: Uint8Array): void {
  const { check } = w.s
  if (check?.id === id) {
    const bodyBytes = check.bodyBytes + bytes.length
    if (bodyBytes > checkBytesMax) checkLost(w, 'answerOverlong')
    else change(w, { check: { ...check, body: [...check.body, bytes], bodyBytes } })
    return
  }
  if (w.s.streamId !== id || w.s.parts === null) return
  w.effects.push(timer('silence', w.dialect.silenceMs))
  const fed = feedMultipart(w.s.parts, bytes, (part) => w.dialect.wholeText(part))
  change(w, { parts: fed.state })
  if (fed.discardedBytes > 0) count(w, 'discardedBytes', fed.discardedBytes)
  for (const part of fed.parts) takePart(w, part)
  const { parts } = w.s
  if (parts !== null && parts.open !== null) w.effects.push(timer('quiet', streamTimes.quietMs))
}

function takePart<D>(w: StreamDraft<D>, part: Part): void {
  // Later parts in the same bytes from a distrusted camera are ignored.
  if (w.s.parts === null) return
  // Only a part proves that the subscription works: a camera that accepts and hangs up gets longer and longer waits.
  change(w, { tries: 0 })
  if (part.kind === 'text') {
    const { d, found } = w.dialect.text(w.s.d, part, w.now)
    change(w, { d })
    for (const one of found) takeFound(w, one)
    return
  }
  if (part.kind === 'other') {
    if (part.bytes.length > 0) notUnderstood(w, 'partIsNeither')
    return
  }
  const before = w.s.assembly.picturesDropped
  takeAssembly(w, addPicture(w.s.assembly, { name: part.name, bytes: part.bytes }, w.now.atMs))
  if (w.s.assembly.picturesDropped > before) count(w, 'picturesDropped')
}

/** Counts the message for the log and reports it: it may have contained a plate. */
function notUnderstood<D>(w: StreamDraft<D>, what: NoteText): void {
  count(w, 'refused')
  tell(w, { type: 'notUnderstood', what })
}

function takeFound<D>(w: StreamDraft<D>, found: Found): void {
  if (w.s.parts === null) return
  if (found.kind === 'keepAlive') {
    count(w, 'keepAlives')
    const { deviceAtMs = null } = found
    if (deviceAtMs !== null) tell(w, { type: 'clockMeasured', offsetMs: deviceAtMs - w.now.wallMs })
  } else if (found.kind === 'refused') {
    if (found.other) count(w, 'refused')
    else notUnderstood(w, found.what)
  } else if (found.kind === 'distrust') fail(w, found.hold)
  else {
    takeAssembly(w, addDraft(w.s.assembly, found.draft, w.now.atMs))
    if (w.s.assembly.draft !== null) w.effects.push(timer('collect', collectMs))
  }
}

function takeAssembly<D>(w: StreamDraft<D>, step: AssemblyStep): void {
  change(w, { assembly: step.assembly })
  for (const read of step.reads) {
    count(w, 'readings')
    tell(w, { type: 'plateRead', read, receivedAtMs: w.now.wallMs })
  }
}

/** The open part without a usable length, when it is complete by itself; null: no open part, or it is incomplete. */
export function quietPart<D>(dialect: StreamDialect<D>, parts: MultipartState): Part | null {
  const part = openPart(parts)
  if (part === null) return null
  const whole = part.kind === 'text' ? dialect.wholeText(part) : isWholePicture(part)
  return whole ? part : null
}

/** No bytes followed the open part for `quietMs`. */
function quiet<D>(w: StreamDraft<D>): void {
  const { parts } = w.s
  const part = parts === null ? null : quietPart(w.dialect, parts)
  if (parts === null || part === null) return
  change(w, { parts: closePart(parts) })
  takePart(w, part)
}

const isWholePicture = ({ bytes }: Part): boolean =>
  bytes.length > 4 && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9

function timerFired<D>(w: StreamDraft<D>, name: string): void {
  if (name === 'again') begin(w)
  else if (name === 'answer') fail(w, notReached(note('noAnswerIn', streamTimes.answerMs)))
  else if (name === 'check') checkLost(w, note('noAnswerIn', streamTimes.answerMs))
  else if (name === 'quiet') quiet(w)
  else if (name === 'collect') takeAssembly(w, flushAssembly(w.s.assembly, w.now.atMs))
  else if (name === 'recheck' && w.s.check === null) startCheck(w, 0)
  else if (name === 'beside' && w.s.check === null) startCheck(w, firstBeside(w))
  else if (name === 'silence')
    fail(w, { reason: 'silent', note: note('nothingIn', w.dialect.silenceMs), againMs: null })
}

/** A device that takes a nonce once may close the connection when it comes again. */
function isRepeated<D>(w: StreamDraft<D>, id: string, reason: DownText): boolean {
  const { check, streamId, parts } = w.s
  const isHeadless = check?.id === id ? check.status === 0 : streamId === id && parts === null
  const again = isHeadless ? lostRequest(w.s.session, id, reason) : null
  if (again === null) return false
  change(w, { session: again.session })
  w.effects.push(...again.effects)
  if (check?.id === id) change(w, { check: { ...check, id: again.id } })
  else change(w, { streamId: again.id })
  return true
}

function ended<D>(w: StreamDraft<D>, id: string, reason: DownText | null): void {
  if (reason !== null && isRepeated(w, id, reason)) return
  if (w.s.check?.id === id) {
    if (reason === null) checkAnswered(w)
    else checkLost(w, reason)
  } else if (w.s.streamId === id) fail(w, notReached(reason ?? 'streamEnded'))
}

type StreamDriver<D> = Driver<StreamState<D>, StreamEvent, StreamEffect>

export const streamDriver = <D>(dialect: StreamDialect<D>): StreamDriver<D> => ({
  initial: () => ({
    d: dialect.initial(),
    session: freshSession,
    check: null,
    streamId: null,
    parts: null,
    assembly: emptyAssembly,
    tries: 0,
    reported: '',
    counters: noCounts,
  }),
  step(state, event) {
    const now = { atMs: event.atMs, wallMs: event.wallMs }
    const w: StreamDraft<D> = { dialect, now, s: state, effects: [] }
    if (event.type === 'timer') timerFired(w, event.name)
    else if (event.type === 'head') headCame(w, event.id, event.status, event.headers)
    else if (event.type === 'body') bodyCame(w, event.id, event.bytes)
    else if (event.type === 'end') ended(w, event.id, null)
    else if (event.type === 'lost') ended(w, event.id, event.reason)
    else begin(w)
    return { state: w.s, effects: w.effects }
  },
})
