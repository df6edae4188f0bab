// One message to an analyser, and the form of its answer. A command has no answer; a query has one, and a line that
// cannot be its answer is ignored: it belongs to an earlier query or to another client.
import type { MeterIdentity, MeterSettings } from '../meter.ts'
import type { ScpiMap } from './command-map.ts'
import { figureOf, traceOf, type Figure, type Reply } from './reply.ts'

type AskAs =
  /** No answer. */
  | { readonly as: 'command' }
  | { readonly as: 'identity' }
  /** `1` once every earlier command has completed. */
  | { readonly as: 'done' }
  | { readonly as: 'check'; readonly want: string }
  /** The frequency of the peak; `level` then asks for its level. */
  | { readonly as: 'place' }
  | { readonly as: 'level' }
  | { readonly as: 'trace' }
  | { readonly as: 'status'; readonly bit: number }
  | { readonly as: 'error' }

export type Ask = AskAs & { readonly text: string; readonly timeoutMs: number }

/** Our own time limit: no maker states one, and a reset may take half a minute (lane-devices.md 6.2). */
const answerMs = 2_000
const sweepMs = 10_000
/**
 * Time for the first answer of a connection: an instrument that is starting takes 10 s. The query is repeated
 * meanwhile, because it may be ready earlier.
 */
export const firstAnswerMs = 15_000

export type Answer =
  | { readonly as: 'done' }
  | { readonly as: 'identity'; readonly identity: MeterIdentity }
  | { readonly as: 'check'; readonly got: string; readonly fits: boolean }
  | { readonly as: 'place' | 'level'; readonly figure: Figure }
  | { readonly as: 'trace'; readonly figures: readonly Figure[] }
  | { readonly as: 'status'; readonly set: boolean }
  | { readonly as: 'error'; readonly code: number; readonly text: string }

const printable = /^[\x20-\x7e]+$/
const bare = (text: string): string => text.replace(/^"(.*)"$/, '$1').trim()

function identityOf(text: string): MeterIdentity | null {
  const parts = text.split(',').map((part) => part.trim())
  const [maker = '', model = '', serialNo = '', ...more] = parts
  if (!printable.test(text) || text.length > 300 || parts.length < 4) return null
  if (!/[A-Za-z]/.test(maker) || model === '') return null
  return {
    maker,
    model,
    firmware: more.join(','),
    serialNo: serialNo === '' || serialNo === '0' ? null : serialNo,
  }
}

/** Tolerance 2e-7: 1 kHz at 5.8 GHz is far below any step of an analyser. */
const fits = (got: string, want: string): boolean => {
  const number = Number(want)
  if (!Number.isFinite(number)) return got.toLowerCase() === want.toLowerCase()
  const figure = figureOf(got)
  return figure?.is === 'value' && Math.abs(figure.value - number) <= Math.abs(number) * 2e-7
}

function lineAnswer(ask: Ask, text: string): Answer | null {
  switch (ask.as) {
    case 'identity': {
      const identity = identityOf(text)
      return identity === null ? null : { as: 'identity', identity }
    }
    case 'done':
      return /^\+?1$/.test(text) ? { as: 'done' } : null
    case 'check': {
      const got = bare(text)
      // Both must be of one sort: a number cannot be the name of a mode.
      const sorts = [got, ask.want].map((one) => figureOf(one) !== null)
      if (!printable.test(got) || got.length > 80 || sorts[0] !== sorts[1]) return null
      return { as: 'check', got, fits: fits(got, ask.want) }
    }
    case 'place':
    case 'level': {
      const figure = figureOf(ask.as === 'level' ? text.replace(/ ?dBm$/i, '') : text)
      return figure === null ? null : { as: ask.as, figure }
    }
    case 'status':
      return /^\+?\d{1,5}$/.test(text)
        ? { as: 'status', set: (Number(text) & (1 << ask.bit)) !== 0 }
        : null
    case 'error':
      return errorOf(text)
    case 'command':
    case 'trace':
      return null
  }
}

/**
 * `0,"No error"`, and makers' forms: `+0, No error`, `0;No error`, `0: 'No error'`, `0 No Error`. Letters tell it from
 * figures.
 */
const errorShape =
  /^([+-]?\d{1,5})(?:\s{0,3}[,;:]\s{0,3}|\s{1,3})(?:(["'])([\x20-\x7e]{0,255})\2|((?=.*[A-Za-z])[\x20-\x7e]{1,255}))$/
/** The code alone: none, or one of the standard's, which are whole hundreds below zero. */
const bareError = /^(?:[+-]?0{1,5}|-[1-4]\d\d)[,;]?$/
const noErrorWords = /^["']?no errors?\b[\x20-\x7e]{0,80}$/i

function errorOf(text: string): Answer | null {
  const [, code, , quoted, words = ''] = errorShape.exec(text) ?? []
  if (code !== undefined) return { as: 'error', code: Number(code), text: quoted ?? words }
  if (bareError.test(text)) return { as: 'error', code: Number.parseInt(text, 10), text: '' }
  return noErrorWords.test(text) ? { as: 'error', code: 0, text } : null
}

/** Null: this reply cannot be the answer to this query. */
export function answerOf(ask: Ask, reply: Reply, map: ScpiMap): Answer | null {
  if (ask.as === 'trace') {
    const figures = map.trace === null ? null : traceOf(reply, map.trace.form)
    return figures === null || figures.length === 0 ? null : { as: 'trace', figures }
  }
  if (reply.kind !== 'line') return null
  // A repeated answer to the identity query: that query was sent several times before the first answer.
  if (ask.as !== 'identity' && identityOf(reply.text) !== null) return null
  return lineAnswer(ask, reply.text)
}

const command = (text: string): Ask => ({ as: 'command', text, timeoutMs: 0 })

/**
 * A list of commands of the profile: one that ends in `*OPC?` answers when it has completed, the others do not answer.
 */
const reported = (texts: readonly string[], timeoutMs: number): Ask[] =>
  texts.map((text) => (text.endsWith('*OPC?') ? { as: 'done', text, timeoutMs } : command(text)))

export const errorAsk = (map: ScpiMap): Ask => ({
  as: 'error',
  text: map.error,
  timeoutMs: answerMs,
})

export const checkAsks = (map: ScpiMap): Ask[] =>
  map.check.map(({ ask, want }) => ({ as: 'check', text: ask, want, timeoutMs: answerMs }))

/** Clears the queues first, so that later errors were caused by our own commands. */
export const identifyAsks = (map: ScpiMap): Ask[] => [
  command(map.clear),
  { as: 'identity', text: map.identify, timeoutMs: answerMs },
]

/** Reads the errors first: a refused command explains why a setting reads back with another value. */
export const setupAsks = (map: ScpiMap): Ask[] => [
  command(map.clear),
  ...reported(map.start, map.resetMs),
  errorAsk(map),
  ...checkAsks(map),
]

export const holdAsks = (map: ScpiMap): Ask[] => reported(map.hold, sweepMs)
export const sweepAsks = (map: ScpiMap): Ask[] => reported(map.sweep, sweepMs)

function peakAsks(map: ScpiMap): Ask[] {
  if (map.peak.length === 0)
    return map.trace === null ? [] : [{ as: 'trace', text: map.trace.ask, timeoutMs: answerMs }]
  return map.peak.map((text, i): Ask => {
    if (i === map.peak.length - 1) return { as: 'level', text, timeoutMs: answerMs }
    return text.endsWith('?') ? { as: 'place', text, timeoutMs: answerMs } : command(text)
  })
}

/** Reads the level and whether it is valid: overload, changed settings, refused commands. */
export const readAsks = (map: ScpiMap): Ask[] => [
  ...peakAsks(map),
  ...(map.overload === null
    ? []
    : [
        {
          as: 'status' as const,
          text: map.overload.ask,
          bit: map.overload.bit,
          timeoutMs: answerMs,
        },
      ]),
  ...checkAsks(map),
  errorAsk(map),
]

/** Whether `hz` lies inside the measured span, with 1 Hz of tolerance. */
export const isInSpan = (hz: number, { centerHz, spanHz }: MeterSettings): boolean =>
  Math.abs(hz - centerHz) <= spanHz / 2 + 1
