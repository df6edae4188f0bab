// A SCPI analyser: (state, event) -> (state, effects). One query at a time, with the commands of its profile; after a
// missing answer the error queue is read as a fence, and without an answer to that the link is reopened. Unsolicited
// lines are never taken for an answer.
import { shownBytes } from '#base/pure/data/shown-bytes.ts'
import { withCarry } from '#base/pure/data/bytes.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import {
  bytesOfText,
  lost,
  queued,
  type MeterEffect,
  type MeterInput,
  type MeterSettings,
} from '../meter.ts'
import { answerOf, checkAsks, identifyAsks, type Answer, type Ask } from './asks.ts'
import type { ScpiMap } from './command-map.ts'
import { answered, endPhase, enter, timedOut } from './phases.ts'
import { takeReply } from './reply.ts'
import { startScpi, type ScpiDraft, type ScpiState } from './state.ts'
import { change, count, type Driver } from '../../driver.ts'

interface ScpiConfig {
  readonly map: ScpiMap
  readonly settings: MeterSettings
}

/** Pause after an answer, so that repeated and late lines end before the next query. */
const restMs = 5

function say(d: ScpiDraft, ask: Ask): void {
  d.effects.push({ do: 'send', bytes: bytesOfText(`${ask.text}\n`) })
  if (ask.as === 'command') return
  count(d, 'queries', 1)
  change(d, { waiting: ask, carry: new Uint8Array(), strange: null })
  d.effects.push(timer('answer', ask.timeoutMs))
}

/** Sends messages until an answer is due, or the phase is over. */
function advance(d: ScpiDraft): void {
  while (d.s.waiting === null && !d.s.resting && d.s.link === 'up') {
    const [ask, ...rest] = d.s.asks
    if (ask !== undefined) {
      change(d, { asks: rest })
      say(d, ask)
      continue
    }
    if (!endPhase(d)) return
  }
}

function bytesCame(d: ScpiDraft, bytes: Uint8Array): void {
  if (d.s.waiting === null) {
    count(d, 'discardedBytes', bytes.length)
    return
  }
  let carry = withCarry(d.s.carry, bytes)
  for (;;) {
    const { waiting } = d.s
    if (waiting === null) break
    const { reply, rest, discardedBytes } = takeReply(carry, waiting.as === 'trace')
    const carried = carry
    const before = carry.length
    carry = rest
    if (reply === null) {
      count(d, 'discardedBytes', discardedBytes)
      // An empty line is no answer, and no silence.
      const skipped = carried.subarray(0, before - rest.length - discardedBytes)
      if (skipped.length > 0 && d.s.strange === null) change(d, { strange: shownBytes(skipped) })
      break
    }
    const answer: Answer | null = answerOf(waiting, reply, d.config.map)
    if (answer === null) {
      const line = before - rest.length
      if (reply.kind === 'block' || reply.text !== '')
        change(d, { strange: shownBytes(carried.subarray(0, line)) })
      count(d, 'discardedBytes', line)
      continue
    }
    count(d, 'replies', 1)
    d.effects.push(noTimer('answer'), timer('rest', restMs))
    change(d, { waiting: null, resting: true })
    answered(d, waiting, answer)
  }
  if (d.s.waiting === null) {
    count(d, 'discardedBytes', carry.length)
    carry = new Uint8Array()
  }
  change(d, { carry })
}

function timerFired(d: ScpiDraft, name: string): void {
  if (name === 'rest') {
    change(d, { resting: false })
    advance(d)
  } else if (name === 'answer' && d.s.waiting !== null) {
    count(d, 'timeouts', 1)
    timedOut(d, d.s.waiting)
    advance(d)
  } else if (name === 'poll' && d.s.phase === 'ready') {
    enter(d, 'poll', checkAsks(d.config.map))
    advance(d)
  } else if (name === 'again' && d.s.phase === 'resting') {
    enter(d, 'identify', identifyAsks(d.config.map))
    advance(d)
  }
}

function step(config: ScpiConfig, state: ScpiState, event: MeterInput) {
  const d: ScpiDraft = { s: state, effects: [], config, atMs: event.atMs }
  if (event.type === 'linkUp') {
    change(d, { link: 'up', upAtMs: d.atMs })
    enter(d, 'identify', identifyAsks(config.map))
    advance(d)
  } else if (event.type === 'linkDown') {
    change(d, { asks: [] })
    lost(d, event.reason)
  } else if (event.type === 'command') {
    if (queued(d, event.command)) advance(d)
  } else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
  else if (d.s.link === 'up' && event.type === 'timer') timerFired(d, event.name)
  return { state: d.s, effects: d.effects }
}

type ScpiDriver = Driver<ScpiState, MeterInput, MeterEffect>

export const scpiDriver = (config: ScpiConfig): ScpiDriver => ({
  initial: startScpi,
  step: (state, event) => step(config, state, event),
})
