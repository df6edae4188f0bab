// The receipt printer driver: (state, event) -> (state, effects). It queries the status before a receipt and during
// printing; a receipt counts as printed by the answer to a query sent after it. Sent bytes are never sent again by the
// driver.
import type { DownText } from '#base/pure/words/notes.ts'
import type { PrinterCommand, PrinterEvent, PrinterTrouble } from '#base/pure/data/paper.ts'
import { timer } from '#base/pure/values/step.ts'
import {
  change,
  count,
  emit,
  stopTimers,
  type Draft,
  type Driver,
  type DriverEvent,
  type LinkEffect,
} from '../../driver.ts'
import type { EscposConfig } from './config.ts'
import { askPrinted, drawerPulse, paperBytes, quiet } from './paper-bytes.ts'
import { columnsOf } from './text.ts'
import {
  askStatus,
  isNearEnd,
  saidOf,
  statusKinds,
  troubleOf,
  unaskedBytes,
  type StatusBytes,
  type StatusKind,
} from './status.ts'

interface Job {
  readonly jobId: number
  readonly bytes: Uint8Array
  /** `waiting`: the current status query began before this job; the paper may have ended since its answer. */
  readonly phase: 'waiting' | 'checking' | 'sent'
}

export interface PrinterState {
  readonly isUp: boolean
  /** Something was received on this link. */
  readonly isHeard: boolean
  /** It accepts bytes and answers nothing. */
  readonly isMute: boolean
  /** The unanswered query. */
  readonly asked: StatusKind | null
  /** Answers of the current status query. */
  readonly heard: StatusBytes
  /** Remaining bytes of an unsolicited status. */
  readonly skip: number
  readonly job: Job | null
  /** The last reported state; null: nothing reported on this link. */
  readonly told: { readonly trouble: PrinterTrouble | null; readonly isNearEnd: boolean } | null
  readonly counters: { readonly strangers: number; readonly printed: number }
}

export type PrinterEffect = LinkEffect<PrinterEvent>

interface PrinterDraft extends Draft<PrinterState, PrinterEffect> {
  readonly config: EscposConfig
}

const timers = ['answer', 'care', 'print'] as const
const noAnswer = 'printerSilent'

const initialState: PrinterState = {
  isUp: false,
  isHeard: false,
  isMute: false,
  asked: null,
  heard: {},
  skip: 0,
  job: null,
  told: null,
  counters: { strangers: 0, printed: 0 },
}

function ask(d: PrinterDraft, kind: StatusKind): void {
  const { answerTimeoutMs, busyTimeoutMs } = d.config
  // The rest of an unsolicited status has arrived by now, or never existed.
  change(d, d.s.job?.phase === 'sent' ? { asked: kind } : { asked: kind, skip: 0 })
  d.effects.push(
    { do: 'send', bytes: askStatus(kind) },
    timer('answer', d.s.job?.phase === 'sent' ? busyTimeoutMs : answerTimeoutMs),
  )
}

function look(d: PrinterDraft): void {
  change(d, { heard: {} })
  ask(d, statusKinds[0])
}

function jobOver(d: PrinterDraft, why: PrinterTrouble | 'unanswered' | null): void {
  const { job } = d.s
  if (job === null) return
  stopTimers(d, ['print'])
  change(d, { job: null })
  const { jobId } = job
  if (why === null) emit(d, { type: 'printed', jobId })
  else emit(d, { type: 'notPrinted', jobId, why, isSent: job.phase === 'sent' })
}

function tell(d: PrinterDraft, trouble: PrinterTrouble | null, near: boolean): void {
  if (d.s.told?.trouble === trouble && d.s.told.isNearEnd === near) return
  change(d, { told: { trouble, isNearEnd: near } })
  emit(d, { type: 'printerState', trouble, isNearEnd: near })
}

function sendJob(d: PrinterDraft): void {
  const { job } = d.s
  if (job === null || job.phase === 'sent') return
  change(d, { job: { ...job, phase: 'sent' } })
  const bytes = Uint8Array.from([...job.bytes, ...askPrinted])
  d.effects.push({ do: 'send', bytes }, timer('print', d.config.printTimeoutMs))
}

/** The status is complete: a waiting receipt is sent, or returned. */
function looked(d: PrinterDraft): void {
  const { heard } = d.s
  const { careMs, printLookMs } = d.config
  const trouble = troubleOf(heard)
  tell(d, trouble, trouble === null && isNearEnd(heard))
  if (trouble !== null) jobOver(d, trouble)
  else if (d.s.job?.phase === 'waiting') {
    change(d, { job: { ...d.s.job, phase: 'checking' } })
    return look(d)
  } else sendJob(d)
  d.effects.push(timer('care', d.s.job === null ? careMs : printLookMs))
}

function statusCame(d: PrinterDraft, byte: number): void {
  const { asked } = d.s
  if (asked === null) return count(d, 'strangers')
  stopTimers(d, ['answer'])
  change(d, { asked: null, heard: { ...d.s.heard, [asked]: byte } })
  const next = statusKinds[statusKinds.indexOf(asked) + 1]
  if (next === undefined) looked(d)
  else ask(d, next)
}

function bytesCame(d: PrinterDraft, bytes: Uint8Array): void {
  change(d, { isHeard: true })
  for (const byte of bytes) {
    if (d.s.skip > 0) {
      change(d, { skip: d.s.skip - 1 })
      continue
    }
    const said = saidOf(byte)
    if (said === 'status') statusCame(d, byte)
    else if (said === 'unasked') change(d, { skip: unaskedBytes })
    else if (said === 'printed' && d.s.job?.phase === 'sent') {
      count(d, 'printed')
      jobOver(d, null)
    } else count(d, 'strangers')
  }
  // It answers after all: reopen the link, so that no late answer is taken for the next one.
  if (d.s.isMute) drop(d, 'printerAnswers')
}

function drop(d: PrinterDraft, reason: DownText): void {
  lost(d)
  d.effects.push({ do: 'dropLink', reason })
}

/** A late answer would be taken for that of the next query, so the link is reopened. */
function silent(d: PrinterDraft): void {
  if (d.config.asks === 'always' || d.s.isHeard) return drop(d, noAnswer)
  change(d, { asked: null })
  mute(d)
  d.effects.push(timer('care', d.config.careMs))
}

/** The state is unknown: receipts are sent, and never reported as printed. */
function mute(d: PrinterDraft): void {
  change(d, { isMute: true })
  tell(d, 'notKnown', false)
  sendJob(d)
}

/** State of the printer and of an unfinished receipt are unknown. */
function lost(d: PrinterDraft): void {
  stopTimers(d, timers)
  jobOver(d, d.s.job?.phase === 'sent' ? 'unanswered' : 'silent')
  change(d, { isUp: false, isHeard: false, isMute: false, asked: null, skip: 0 })
  tell(d, 'silent', false)
}

function obey(d: PrinterDraft, command: PrinterCommand): void {
  if (command.do === 'openDrawer') {
    if (d.s.isUp) d.effects.push({ do: 'send', bytes: drawerPulse(command.pin) })
    return
  }
  const { jobId, lines } = command
  const bytes = paperBytes(lines, d.config)
  change(d, { job: { jobId, bytes, phase: d.s.asked === null ? 'checking' : 'waiting' } })
  if (!d.s.isUp) return jobOver(d, 'silent')
  if (d.s.isMute) return sendJob(d)
  if (d.s.asked === null) look(d)
}

function take(d: PrinterDraft, event: DriverEvent<PrinterCommand>): void {
  switch (event.type) {
    case 'linkUp':
      change(d, { isUp: true, skip: 0 })
      if (d.config.asks === 'never') return mute(d)
      d.effects.push({ do: 'send', bytes: quiet })
      return look(d)
    case 'linkDown':
      return lost(d)
    case 'bytes':
      return bytesCame(d, event.bytes)
    case 'command':
      return obey(d, event.command)
    case 'timer':
      if (event.name === 'answer') silent(d)
      else if (event.name === 'print') jobOver(d, 'unanswered')
      else if (d.s.asked === null) look(d)
  }
}

export function printerDriver(
  config: EscposConfig,
): Driver<PrinterState, DriverEvent<PrinterCommand>, PrinterEffect> {
  // Loading the table of Chinese characters takes 100 ms: done here, not at the first receipt while lanes run.
  columnsOf('元')
  return {
    initial: () => initialState,
    step(state, event) {
      const d: PrinterDraft = { s: state, effects: [], config }
      take(d, event)
      return { state: d.s, effects: d.effects }
    },
  }
}
