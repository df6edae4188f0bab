// The display driver: (state, event) -> (state, effects), for LED boards with speech. One frame at a time, each
// acknowledged; a newer page replaces an older one, and acknowledged texts are reported.
import { type DownText, note } from '#base/pure/words/notes.ts'
import type { DisplayCommand } from '../../lane/display.ts'
import { dayStartMs } from '#base/pure/values/instant.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { decodeData } from './codec.ts'
import type { DisplayConfig } from './config.ts'
import { type DisplayFrame, noBytes, unframe } from './framing.ts'
import {
  careJobs,
  connectJob,
  lightOf,
  linesOf,
  lossy,
  pageJobs,
  repliesJob,
  speechOf,
} from './jobs.ts'
import type { DisplayEffect, DisplayState, DisplayDraft, Job } from './state.ts'
import { boardUnknown, initialState } from './state.ts'
import { change, count, emit, stopTimers, type Driver, type DriverEvent } from '../../driver.ts'

/** `atMs` is monotonic; `businessNowMs` decides clock and brightness. */
type DisplayDriverEvent = DriverEvent<DisplayCommand>

type DisplayDriver = Driver<DisplayState, DisplayDriverEvent, DisplayEffect>

const timers = ['answer', 'gap', 'care', 'refresh'] as const
/** Unanswered connects in a row after which the link is reopened. */
const silencesMax = 2

function linkUp(d: DisplayDraft): void {
  change(d, {
    ...boardUnknown,
    link: 'up',
    carry: noBytes,
    inFlight: null,
    jobs: [],
    care: [connectJob(d)],
    silences: 0,
    readyAtMs: d.nowMs,
  })
}

export const noAnswer = 'boardSilent'
const wrongPassword = 'boardPassword'

/** Reports down once; only a wrong password is reported again, because a person can correct it. */
function down(d: DisplayDraft, reason: DownText): void {
  const known = d.s.reported === 'down' && (reason !== wrongPassword || d.s.locked)
  change(d, { ...boardUnknown, jobs: [], reported: 'down', locked: reason === wrongPassword })
  if (!known) emit(d, { type: 'displayDown', reason })
}

function linkDown(d: DisplayDraft, reason: DownText): void {
  stopTimers(d, timers)
  change(d, { link: 'down', carry: noBytes, inFlight: null, care: [] })
  down(d, reason)
}

function obey(d: DisplayDraft, command: DisplayCommand): void {
  if (d.s.jobs.length > 0) count(d, 'overtaken')
  const pay =
    command.do === 'showPay'
      ? { url: command.url, amountFen: command.amountFen, forMs: command.forMs }
      : null
  const wanted = { id: d.s.nextId, page: command.page, pay, atMs: d.nowMs, said: null }
  change(d, { wanted, nextId: d.s.nextId + 1, shownId: null })
  change(d, { jobs: d.s.reported === 'up' ? pageJobs(d, wanted) : [] })
}

/** Sends the whole page again, to a board that may have lost it. Speech is not repeated. */
function showAgain(d: DisplayDraft): void {
  const { wanted } = d.s
  if (wanted !== null && d.s.reported === 'up') change(d, { jobs: pageJobs(d, wanted) })
}

/** Sends the next frame when the link is free and the pause after the last reply is over. */
function pump(d: DisplayDraft): void {
  const { link, inFlight, readyAtMs, jobs, care, reported } = d.s
  if (link !== 'up' || inFlight !== null) return
  const next = (reported === 'up' ? jobs[0] : undefined) ?? care[0]
  if (next === undefined) return
  if (d.nowMs < readyAtMs) {
    d.effects.push(timer('gap', readyAtMs - d.nowMs))
    return
  }
  // A board sends only replies: bytes from before this request do not belong to it.
  count(d, 'discardedBytes', d.s.carry.length)
  change(d, { inFlight: next, carry: noBytes })
  d.effects.push(
    { do: 'send', bytes: next.bytes },
    timer('answer', d.config.answerTimeoutMs),
    noTimer('care'),
  )
}

/** Removes a finished job from its list; a job of a replaced page is not in it any more. */
function over(d: DisplayDraft, done: Job): void {
  change(d, {
    inFlight: null,
    readyAtMs: d.nowMs + d.config.gapMs,
    jobs: d.s.jobs.filter((job) => job !== done),
    care: d.s.care.filter((job) => job !== done),
  })
  d.effects.push(noTimer('answer'), timer('care', d.config.careMs))
}

function connectDone(d: DisplayDraft): void {
  const first = d.s.reported !== 'up'
  change(d, { reported: 'up', silences: 0 })
  if (first) {
    emit(d, { type: 'displayUp' })
    d.effects.push(timer('refresh', d.config.refreshMs))
  }
  const unseen = d.s.jobs.length === 0 && d.s.shownId !== d.s.wanted?.id
  if (first || unseen) showAgain(d)
  change(d, { care: [...d.s.care, ...careJobs(d)] })
}

function pageDone(d: DisplayDraft, done: Job): void {
  if (d.s.wanted?.id !== done.pageId) return
  if (done.name === 'pay-page') change(d, { payOn: d.s.wanted.pay !== null })
  if (done.name === 'speak')
    change(d, { wanted: { ...d.s.wanted, said: speechOf(d, d.s.wanted.page) } })
  const { wanted } = d.s
  if (d.s.jobs.length > 0 || d.s.shownId === wanted.id) return
  const lines = wanted.pay === null ? linesOf(wanted.page, d.config) : wanted.page.phrases
  change(d, { shownId: wanted.id, lines })
  const spoken = wanted.said ?? ''
  emit(d, { type: 'shown', lines, spoken, lossy: lossy(wanted.page.phrases.join('')) })
}

function succeeded(d: DisplayDraft, done: Job): void {
  count(d, 'acks')
  over(d, done)
  if (done.pageId !== null) pageDone(d, done)
  else if (done.name === 'connect') connectDone(d)
  else if (done.name === 'set-clock') change(d, { clockDay: dayStartMs(d.businessNowMs) })
  else if (done.name === 'set-brightness') change(d, { light: lightOf(d) })
}

/** The board refused the frame: repeating it would change nothing. */
function refusedBy(d: DisplayDraft, done: Job, result: number): void {
  count(d, 'refused')
  over(d, done)
  if (done.name === 'connect') {
    down(d, wrongPassword)
  } else if (done.pageId === null) {
    if (done.name === 'set-clock') change(d, { clockDay: dayStartMs(d.businessNowMs) })
    if (done.name === 'set-brightness') change(d, { light: lightOf(d) })
  } else if (done.pageId === d.s.wanted?.id) {
    const again = d.s.refusedId !== done.pageId
    change(d, { jobs: [], shownId: null, lines: [], refusedId: done.pageId })
    emit(d, { type: 'notShown', reason: note('refusedWith', done.name, result) })
    if (again) change(d, { care: [connectJob(d)] })
  }
}

/** No reply: the frame is repeated, then the board counts as silent and is searched for. */
function missed(d: DisplayDraft): void {
  const { inFlight } = d.s
  if (inFlight === null) return
  count(d, 'timeouts')
  const again = { ...inFlight, triesLeft: inFlight.triesLeft - 1 }
  const replace = (list: readonly Job[]): Job[] =>
    list.map((job) => (job === inFlight ? again : job))
  change(d, { inFlight: null, jobs: replace(d.s.jobs), care: replace(d.s.care) })
  if (inFlight.triesLeft > 0) return
  if (inFlight.name === 'set-replies') {
    change(d, { care: d.s.care.filter((job) => job !== again) })
    return
  }
  change(d, { silences: d.s.silences + 1, care: [repliesJob(d), connectJob(d)] })
  down(d, noAnswer)
  if (d.s.silences < silencesMax) return
  stopTimers(d, timers)
  change(d, { link: 'dropping' })
  d.effects.push({ do: 'dropLink', reason: noAnswer })
}

function frameCame(d: DisplayDraft, one: DisplayFrame): void {
  const { inFlight } = d.s
  if (inFlight === null || one.command !== inFlight.command) return count(d, 'strangers')
  const same = one.bytes.length === inFlight.bytes.length
  const echo = same && one.bytes.every((byte, i) => byte === inFlight.bytes[i])
  // The reply to set-replies looks like its request; the connect after it shows whether it was an echo.
  if (echo && inFlight.name !== 'set-replies') return count(d, 'echoes')
  const decoded = decodeData(one.command, one.data)
  const result = decoded.ok ? decoded.value.result : null
  if (typeof result !== 'number') return count(d, 'malformed')
  if (result === 0) succeeded(d, inFlight)
  else refusedBy(d, inFlight, result)
}

function bytesCame(d: DisplayDraft, bytes: Uint8Array): void {
  if (d.s.inFlight === null) return count(d, 'discardedBytes', bytes.length)
  const { frames, carry, discardedBytes } = unframe(d.s.carry, bytes, d.config.address)
  change(d, { carry })
  count(d, 'discardedBytes', discardedBytes)
  for (const one of frames) frameCame(d, one)
}

function timerFired(d: DisplayDraft, name: string): void {
  if (name === 'answer') missed(d)
  else if (name === 'care' && d.s.care.length === 0) change(d, { care: [connectJob(d)] })
  else if (name === 'refresh') {
    d.effects.push(timer('refresh', d.config.refreshMs))
    // A payment page has a time limit of its own, which showing it again would extend.
    if (d.s.jobs.length === 0 && d.s.wanted?.pay === null) showAgain(d)
  }
}

export const displayDriver = (config: DisplayConfig): DisplayDriver => ({
  initial: () => initialState,
  step(state, event) {
    const { atMs: nowMs, businessNowMs } = event
    const d: DisplayDraft = { config, nowMs, businessNowMs, s: state, effects: [] }
    if (event.type === 'linkUp') linkUp(d)
    else if (event.type === 'linkDown') linkDown(d, event.reason)
    else if (event.type === 'command') obey(d, event.command)
    else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
    else if (d.s.link === 'up' && event.type === 'timer') timerFired(d, event.name)
    pump(d)
    return { state: d.s, effects: d.effects }
  },
})
