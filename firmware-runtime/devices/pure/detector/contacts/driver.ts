// Loops and radars behind contacts: (state, event) -> (state, effects). It polls the inputs of a board and reports each
// change; silence, a refusal and age make every contact unknown.
import { note, type DownText, type NoteText } from '#base/pure/words/notes.ts'
import type { ContactSeen } from '#base/pure/lot/sensor.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { readInputs } from '../../barrier/modbus-relay/frames/read-inputs.ts'
import { noBytes } from '../../barrier/modbus-relay/framing.ts'
import { debounce, levelOf } from '../../barrier/modbus-relay/inputs.ts'
import { decodePdu, encodePdu } from '../../barrier/modbus-relay/pdu.ts'
import { unread, type Debounced } from '../../barrier/modbus-relay/state.ts'
import {
  strangeAs,
  type RelayAnswer,
  type RelayTransport,
} from '../../barrier/modbus-relay/transport.ts'
import { waitingAnswerMs, wasHeldUp } from '../../stall.ts'
import type { ContactConfig, ContactsConfig } from './config.ts'
import {
  change,
  emit,
  type Draft,
  type Driver,
  type LinkEffect,
  type LinkEvent,
} from '../../driver.ts'

interface Contact extends Debounced {
  readonly stuckReported: boolean
}

const unknown: Contact = { ...unread, stuckReported: false }

export interface ContactsState {
  readonly link: 'down' | 'up' | 'dropping'
  /** The last reported state of the device. */
  readonly reported: 'up' | 'down' | null
  readonly carry: Uint8Array
  readonly nextTransactionId: number
  readonly asked: { readonly transactionId: number; readonly bytes: Uint8Array } | null
  /** The next poll is due while the answer to the last one is still awaited. */
  readonly due: boolean
  readonly answersFromMs: number
  /** The answer time was extended once because this process had been stalled. */
  readonly answerWaited: boolean
  /** When the last reading becomes too old. */
  readonly staleAtMs: number
  /** Reported as unknown because of its age alone. */
  readonly aged: boolean
  readonly misses: number
  readonly refusals: number
  /** How the last answer differed from the open poll; null: it did not. */
  readonly strange: NoteText | null
  readonly contacts: readonly Contact[]
}

export type DetectorEvent =
  | { readonly type: 'detectorUp' }
  | { readonly type: 'detectorDown'; readonly reason: DownText }
  | { readonly type: 'contact'; readonly seen: ContactSeen }
  | { readonly type: 'stuck'; readonly name: string }

export type ContactsEffect = LinkEffect<DetectorEvent>

type ContactsEvent = { readonly atMs: number } & LinkEvent

interface ContactsDraft extends Draft<ContactsState, ContactsEffect> {
  readonly config: ContactsConfig
  readonly transport: RelayTransport
  readonly nowMs: number
}

/** Reports changed contacts; all contacts when only age had made them unknown. */
function become(d: ContactsDraft, contacts: readonly Contact[], aged: boolean): void {
  const { contacts: before, aged: wasAged } = d.s
  change(d, { contacts, aged })
  contacts.forEach(({ raw, stable }, i) => {
    const { name } = d.config.contacts[i] ?? { name: '' }
    const same = before[i]?.raw === raw && before[i]?.stable === stable
    if (same && (aged || !wasAged)) return
    emit(d, { type: 'contact', seen: { name, raw, stable, ...(aged ? { aged } : {}) } })
  })
}

const nothingKnown = (d: ContactsDraft, aged = false): void =>
  become(
    d,
    d.config.contacts.map(() => unknown),
    aged,
  )

function poll(d: ContactsDraft): void {
  if (d.s.asked !== null) {
    change(d, { due: true })
    return
  }
  const { unitId, contacts, pollMs, answerTimeoutMs } = d.config
  const count = 1 + Math.max(...contacts.map(({ di }) => di))
  const transactionId = d.s.nextTransactionId
  const { restMs } = d.transport
  const pdu = encodePdu(readInputs, { address: 0, count })
  const bytes = d.transport.frame(transactionId, unitId, pdu)
  d.effects.push({ do: 'send', bytes, ...(restMs > 0 ? { afterMs: restMs } : {}) })
  d.effects.push(timer('answer', answerTimeoutMs + restMs), timer('poll', pollMs + restMs))
  change(d, {
    asked: { transactionId, bytes },
    due: false,
    answersFromMs: d.nowMs + restMs,
    answerWaited: false,
    nextTransactionId: (transactionId + 1) & 0xffff,
    ...(d.transport.numbered ? {} : { carry: noBytes }),
  })
}

function down(d: ContactsDraft, reason: DownText): void {
  d.effects.push(noTimer('poll'), noTimer('answer'), noTimer('stale'))
  change(d, { link: 'down', asked: null, carry: noBytes, misses: 0 })
  nothingKnown(d)
  if (d.s.reported !== 'down') emit(d, { type: 'detectorDown', reason })
  change(d, { reported: 'down' })
}

function missed(d: ContactsDraft): void {
  if (d.s.asked === null) return
  if (!d.s.answerWaited && wasHeldUp(d.nowMs, d.s.answersFromMs + d.config.answerTimeoutMs)) {
    change(d, { answerWaited: true })
    d.effects.push(timer('answer', waitingAnswerMs))
    return
  }
  change(d, { asked: null, misses: d.s.misses + 1 })
  nothingKnown(d)
  if (d.s.misses >= d.config.missesMax) {
    d.effects.push(noTimer('poll'), noTimer('stale'))
    d.effects.push({ do: 'dropLink', reason: d.s.strange ?? note('pollsUnanswered', d.s.misses) })
    change(d, { link: 'dropping' })
  } else if (d.transport.numbered) poll(d)
  // Without transaction ids a late answer could be taken for that of the next poll, so it is waited out.
  else d.effects.push(timer('poll', d.config.answerTimeoutMs))
}

function settled(was: Contact, level: boolean, one: ContactConfig, nowMs: number): Contact {
  const now = debounce(was, level, nowMs, level ? one.debounceOnMs : one.debounceOffMs)
  return now.stable === was.stable ? now : { ...now, stuckReported: false }
}

function fresh(d: ContactsDraft, bits: Uint8Array): void {
  d.effects.push(timer('stale', d.config.staleMs))
  if (d.s.reported !== 'up') emit(d, { type: 'detectorUp' })
  change(d, { reported: 'up', misses: 0, refusals: 0, staleAtMs: d.nowMs + d.config.staleMs })
  become(
    d,
    d.config.contacts.map((one, i) =>
      settled(d.s.contacts[i] ?? unknown, levelOf(bits, one), one, d.nowMs),
    ),
    false,
  )
  d.s.contacts.forEach((contact, i) => {
    const one = d.config.contacts[i]
    if (one === undefined || one.stuckMs === null || contact.stuckReported) return
    if (contact.stable !== true || d.nowMs - contact.stableSinceMs < one.stuckMs) return
    emit(d, { type: 'stuck', name: one.name })
    change(d, { contacts: d.s.contacts.with(i, { ...contact, stuckReported: true }) })
  })
}

interface Refused {
  /** Null: its answer has another form. */
  readonly exception: number | null
}
const misread: Refused = { exception: null }

/** Refused polls in a row after which the board is told as out of service, as that of a barrier. */
const refusalsMax = 20

function refused(d: ContactsDraft, { exception }: Refused): void {
  nothingKnown(d)
  change(d, { refusals: d.s.refusals + 1 })
  if (d.s.refusals < refusalsMax || d.s.reported === 'down') return
  const reason = exception === null ? note('inputsRefused') : note('readsRefused', exception)
  emit(d, { type: 'detectorDown', reason })
  change(d, { reported: 'down' })
}

/** Bits of an answer to the open poll; that it was refused; or null: the answer belongs to another request. */
function answerOf(d: ContactsDraft, came: RelayAnswer): Uint8Array | Refused | null {
  const { asked } = d.s
  const { transactionId, unitId, pdu } = came
  const mine =
    transactionId === null ? d.nowMs >= d.s.answersFromMs : asked?.transactionId === transactionId
  if (asked === null) return null
  if (!mine || unitId !== d.config.unitId) {
    const { transactionId: number } = asked
    change(d, { strange: strangeAs(came, { transactionId: number, unitId: d.config.unitId }) })
    return null
  }
  const read = decodePdu(pdu)
  if (!read.ok) return d.transport.numbered ? misread : null
  if (read.name === 'read-refused') return { exception: Number(read.value['code']) }
  const bits = read.name === 'inputs-read' ? bytesOfHex(String(read.value['bits'])) : null
  const count = 1 + Math.max(...d.config.contacts.map(({ di }) => di))
  if (bits?.length === Math.ceil(count / 8)) return bits
  return d.transport.numbered ? misread : null
}

function bytesCame(d: ContactsDraft, bytes: Uint8Array): void {
  if (!d.transport.numbered && (d.s.asked === null || d.nowMs < d.s.answersFromMs)) return
  const { answers, carry } = d.transport.unframe(d.s.carry, bytes)
  change(d, { carry })
  for (const one of answers) {
    const answer = answerOf(d, one)
    if (answer === null) continue
    // Read after a stall: it does not show the current state, so poll again.
    const old = d.nowMs - d.s.answersFromMs > d.config.answerTimeoutMs
    d.effects.push(noTimer('answer'))
    change(d, { asked: null, misses: 0, strange: null, due: d.s.due || old })
    if (!(answer instanceof Uint8Array)) refused(d, answer)
    else if (old) nothingKnown(d, true)
    else fresh(d, answer)
    if (d.s.due) poll(d)
  }
}

type ContactsDriver = Driver<ContactsState, ContactsEvent, ContactsEffect>

export function contactsDriver(config: ContactsConfig, transport: RelayTransport): ContactsDriver {
  return {
    initial: () => ({
      link: 'down',
      reported: null,
      carry: noBytes,
      nextTransactionId: 1,
      asked: null,
      due: false,
      answersFromMs: 0,
      answerWaited: false,
      staleAtMs: 0,
      aged: false,
      misses: 0,
      refusals: 0,
      strange: null,
      contacts: config.contacts.map(() => unknown),
    }),
    step(state, event) {
      const d: ContactsDraft = { config, transport, nowMs: event.atMs, s: state, effects: [] }
      if (event.type === 'linkUp') {
        change(d, { link: 'up', carry: noBytes, asked: null, misses: 0 })
        poll(d)
      } else if (event.type === 'linkDown') down(d, event.reason)
      else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
      else if (d.s.link === 'up' && event.type === 'timer') {
        if (event.name === 'poll') poll(d)
        else if (event.name === 'answer') missed(d)
        else if (event.name === 'stale') nothingKnown(d, wasHeldUp(d.nowMs, d.s.staleAtMs))
      }
      return { state: d.s, effects: d.effects }
    },
  }
}
