// An AT modem: (state, event) -> (state, effects). One command at a time, each with its own final result. It only
// reads; no command changes the modem. Unsolicited lines are counted.
import type { DownText } from '#base/pure/words/notes.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { asks, dialects, type AskId, type AtConfig } from './asks.ts'
import { cellOfCesq, cellOfQeng, rssiOfCsq, type Cell, type CellRead } from './cells.ts'
import { finalIn, isWords, linesIn, noLines, type FinalLine, type LineScan } from './lines.ts'
import {
  change,
  count,
  emit,
  stopTimers,
  type Draft,
  type Driver,
  type LinkEffect,
  type LinkEvent,
} from '../../driver.ts'

/** Interval of the checks whether the modem still answers. */
const careMs = 3_000
/** Pause after a final result: lines that arrive in it belong to the command before. */
const restMs = 100
const triesMax = 2
/** Commands without an answer in a row after which the link is reopened. */
const silencesMax = 2

export interface ModemReading {
  readonly state: string | null
  readonly cell: Cell | null
  /** From +CSQ, when the line of the cell has no RSSI. */
  readonly rssiDbm: number | null
  /** The lines of the modem as received. */
  readonly raw: readonly string[]
  /** Commands that the modem refused, with its answer. */
  readonly refused: readonly { readonly ask: AskId; readonly text: string }[]
}

export type ModemEvent =
  | { readonly type: 'modemUp' }
  | { readonly type: 'modemDown'; readonly reason: DownText }
  | { readonly type: 'signal'; readonly reading: ModemReading }

export type ModemEffect = LinkEffect<ModemEvent>

/** Reads the cell once. */
export type ModemCommand = { readonly do: 'read' }

type ModemInput = { readonly atMs: number } & LinkEvent<ModemCommand>

interface InFlight {
  readonly ask: AskId
  readonly lines: readonly string[]
  /** A line received in place of a known final result; it becomes the answer when no try gives another one. */
  readonly words: string | null
  /** Last line of any try that was not the answer: the modem answers, and this command is not understood. */
  readonly other: string | null
}

export interface ModemState {
  readonly link: 'up' | 'down' | 'dropping'
  readonly reported: 'up' | 'down' | null
  readonly scan: LineScan
  readonly inFlight: InFlight | null
  readonly resting: boolean
  readonly queue: readonly AskId[]
  readonly tries: number
  /** `other` of the try before. */
  readonly other: string | null
  readonly silences: number
  readonly reading: ModemReading | null
  /** Number of readings requested after the one in progress. */
  readonly wanted: number
  readonly counters: {
    readonly answers: number
    readonly errors: number
    readonly timeouts: number
    readonly strangers: number
    readonly discardedBytes: number
  }
}

const startModem = (): ModemState => ({
  link: 'down',
  reported: null,
  scan: noLines,
  inFlight: null,
  resting: false,
  queue: [],
  tries: 0,
  other: null,
  silences: 0,
  reading: null,
  wanted: 0,
  counters: { answers: 0, errors: 0, timeouts: 0, strangers: 0, discardedBytes: 0 },
})

interface ModemDraft extends Draft<ModemState, ModemEffect> {
  readonly config: AtConfig
}

const emptyReading: ModemReading = { state: null, cell: null, rssiDbm: null, raw: [], refused: [] }
const noAnswer = 'modemSilent'

const timers = ['answer', 'rest', 'care'] as const

function isDown(d: ModemDraft, reason: DownText): void {
  const { reported, reading, wanted } = d.s
  change(d, { reading: null, wanted: wanted + (reading === null ? 0 : 1), queue: [] })
  if (reported !== 'down') emit(d, { type: 'modemDown', reason })
  change(d, { reported: 'down' })
}

/** Sends the next command when none is in flight and the pause is over. */
function pump(d: ModemDraft): void {
  if (d.s.link !== 'up' || d.s.inFlight !== null || d.s.resting) return
  if (d.s.queue.length === 0 && d.s.reported === 'up' && d.s.wanted > 0 && d.s.reading === null) {
    const queue: readonly AskId[] = dialects[d.config.dialect]
    change(d, { queue, reading: emptyReading, wanted: d.s.wanted - 1 })
  }
  const [ask] = d.s.queue
  if (ask === undefined) return
  change(d, { inFlight: { ask, lines: [], words: null, other: d.s.tries > 0 ? d.s.other : null } })
  const bytes = Uint8Array.from(`${asks[ask].text}\r`, (letter) => letter.charCodeAt(0))
  d.effects.push({ do: 'send', bytes }, timer('answer', d.config.answerTimeoutMs), noTimer('care'))
}

const cellRead = (ask: AskId, lines: readonly string[], config: AtConfig): CellRead | null => {
  if (ask === 'servingCell') return cellOfQeng(lines, config.sinrScale)
  return ask === 'extended' ? cellOfCesq(lines.at(-1) ?? '') : null
}

/** Adds an answer to the reading. */
function readingWith(d: ModemDraft, reading: ModemReading, { ask, lines }: InFlight): ModemReading {
  if (ask === 'hello') return reading
  const raw = [...reading.raw, ...lines]
  const refusal = (text: string): ModemReading => ({
    ...reading,
    raw,
    refused: [...reading.refused, { ask, text }],
  })
  if (ask === 'signal') {
    const rssiDbm = rssiOfCsq(lines.at(-1) ?? '')
    return rssiDbm === undefined ? refusal('answerUnread') : { ...reading, raw, rssiDbm }
  }
  const read = cellRead(ask, lines, d.config)
  if (read === null || read.kind === 'refused') return refusal(read?.why ?? 'answerUnread')
  const cell = read.kind === 'cell' ? read.cell : null
  return { ...reading, raw, state: read.state, cell }
}

/** Ends a command and keeps its answer; after the last command the reading is emitted. */
function over(d: ModemDraft, reading: ModemReading | null): void {
  const queue = d.s.queue.slice(1)
  change(d, { inFlight: null, queue, tries: 0, silences: 0, reading, resting: true })
  d.effects.push(noTimer('answer'), timer('rest', restMs), timer('care', careMs))
  if (d.s.reported !== 'up') emit(d, { type: 'modemUp' })
  change(d, { reported: 'up' })
  if (queue.length > 0 || reading === null) return
  change(d, { reading: null })
  emit(d, { type: 'signal', reading })
}

function ended(d: ModemDraft, inFlight: InFlight, end: FinalLine): void {
  const { reading } = d.s
  if (end.kind === 'error') {
    count(d, 'errors')
    // An ERROR to a plain AT is an answer as well: a modem is there.
    const refused = [...(reading?.refused ?? []), { ask: inFlight.ask, text: end.text }]
    return over(d, reading === null ? null : { ...reading, refused })
  }
  // An OK without the requested line may belong to another command: the answer is waited for.
  if (asks[inFlight.ask].answer !== null && inFlight.lines.length === 0) {
    change(d, { inFlight: { ...inFlight, other: inFlight.other ?? 'OK' } })
    return count(d, 'strangers')
  }
  count(d, 'answers')
  over(d, reading === null ? null : readingWith(d, reading, inFlight))
}

function lineCame(d: ModemDraft, line: string): void {
  const { inFlight } = d.s
  if (inFlight === null) return count(d, 'strangers')
  const { text, answer } = asks[inFlight.ask]
  // An echo may have noise before it; it ends with the command that was sent.
  if (line.endsWith(text)) return
  if (answer !== null && line.startsWith(answer)) {
    const lines = [...inFlight.lines, line].slice(-linesMax)
    return change(d, { inFlight: { ...inFlight, lines } })
  }
  const end = finalIn(line)
  if (end !== null) return ended(d, inFlight, end)
  count(d, 'strangers')
  const words = isWords(line) ? line : inFlight.words
  change(d, { inFlight: { ...inFlight, words, other: line } })
}

/** EN-DC answers with three lines, and each may come twice. */
const linesMax = 8

function missed(d: ModemDraft): void {
  const { inFlight } = d.s
  if (inFlight === null) return
  count(d, 'timeouts')
  change(d, { inFlight: null, tries: d.s.tries + 1, other: inFlight.other })
  if (d.s.tries < triesMax) return
  // After ATQ1 no result follows: the lines that were asked for are the answer.
  if (inFlight.lines.length > 0) return ended(d, inFlight, { kind: 'ok' })
  if (inFlight.words !== null) return ended(d, inFlight, { kind: 'error', text: inFlight.words })
  const { reading } = d.s
  if (inFlight.other !== null && inFlight.ask !== 'hello') {
    const refused = [...(reading?.refused ?? []), { ask: inFlight.ask, text: 'answerUnread' }]
    const raw = [...(reading?.raw ?? []), inFlight.other]
    return over(d, reading === null ? null : { ...reading, raw, refused })
  }
  isDown(d, noAnswer)
  change(d, { tries: 0, silences: d.s.silences + 1, queue: ['hello'] })
  if (d.s.silences < silencesMax) return
  stopTimers(d, timers)
  change(d, { link: 'dropping' })
  d.effects.push({ do: 'dropLink', reason: noAnswer })
}

function timerFired(d: ModemDraft, name: string): void {
  if (name === 'answer') missed(d)
  else if (name === 'rest') change(d, { resting: false })
  else if (name === 'care' && d.s.queue.length === 0) change(d, { queue: ['hello'] })
}

function linkUp(d: ModemDraft): void {
  change(d, { link: 'up', scan: noLines, inFlight: null, resting: false, queue: ['hello'] })
  change(d, { tries: 0, silences: 0 })
}

function linkDown(d: ModemDraft, reason: DownText): void {
  stopTimers(d, timers)
  change(d, { link: 'down', inFlight: null, resting: false })
  isDown(d, reason)
}

function bytesCame(d: ModemDraft, bytes: Uint8Array): void {
  const got = linesIn(d.s.scan, bytes)
  change(d, { scan: got.scan })
  count(d, 'discardedBytes', got.discardedBytes)
  for (const line of got.lines) lineCame(d, line)
}

type ModemDriver = Driver<ModemState, ModemInput, ModemEffect>

export const modemDriver = (config: AtConfig): ModemDriver => ({
  initial: startModem,
  step(state, event) {
    const d: ModemDraft = { s: state, config, effects: [] }
    if (event.type === 'linkUp') linkUp(d)
    else if (event.type === 'linkDown') linkDown(d, event.reason)
    else if (event.type === 'command') change(d, { wanted: Math.min(9, d.s.wanted + 1) })
    else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
    else if (d.s.link === 'up' && event.type === 'timer') timerFired(d, event.name)
    pump(d)
    return { state: d.s, effects: d.effects }
  },
})
