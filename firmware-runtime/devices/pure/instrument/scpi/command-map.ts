// The commands of an analyser from its profile: one list for each verb, with the frequencies filled in once. A profile
// without a required list gives no driver.
import type { BilingualText, Why } from '#base/pure/words/fault-text.ts'
import { meterWords as words } from '../meter-words.ts'
import type { MeterSettings } from '../meter.ts'
import { traceForms, type TraceForm } from './reply.ts'

export interface ScpiMap {
  readonly identify: string
  readonly clear: string
  readonly error: string
  /** Accepted beginnings of the maker's name; empty: any. */
  readonly makers: readonly string[]
  /** Highest frequency, by the beginning of the model's name. */
  readonly ceilings: readonly { readonly model: string; readonly hz: number }[]
  readonly start: readonly string[]
  /** Queries, and their required answers while the settings are in force. */
  readonly check: readonly { readonly ask: string; readonly want: string }[]
  /** Clears held peaks and holds from now on. */
  readonly hold: readonly string[]
  readonly sweep: readonly string[]
  /** The last query returns the level; the one before it, if any, the frequency of the peak. */
  readonly peak: readonly string[]
  readonly trace: { readonly ask: string; readonly form: TraceForm } | null
  /** A status register, and the bit that means overload. */
  readonly overload: { readonly ask: string; readonly bit: number } | null
  /** Time limit for the end of a reset, ms. */
  readonly resetMs: number
}

export type ProfileData = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[]>
>

/** Default when a profile has no `resetTimeoutMs`. */
const usualResetMs = 30_000

/** Required members; `peak` or `trace` is required as well. */
export const scpiData = ['identify', 'clear', 'error', 'start', 'check', 'hold', 'sweep'] as const

export const scpiMayData = [
  ...['makers', 'ceilingsMhz', 'peak', 'trace', 'traceForm', 'overload', 'overloadBit'],
] as const

type MapResult =
  | { readonly ok: true; readonly map: ScpiMap }
  | { readonly ok: false; readonly member: string; readonly note: Why }

/** A number in the form that instruments accept: no exponent, no rounding. */
const plain = (value: number): string => String(value)

/** Fills in `{centerHz}` and the like; null for an unknown name. */
export function filledIn(text: string, settings: MeterSettings): string | null {
  const values: Readonly<Record<string, number>> = {
    centerHz: settings.centerHz,
    centerMhz: settings.centerHz / 1e6,
    spanHz: settings.spanHz,
    spanMhz: settings.spanHz / 1e6,
    startHz: settings.centerHz - settings.spanHz / 2,
    stopHz: settings.centerHz + settings.spanHz / 2,
    rbwHz: settings.rbwHz,
    rbwKhz: settings.rbwHz / 1e3,
    rbwMhz: settings.rbwHz / 1e6,
    attenuationDb: settings.attenuationDb,
  }
  let known = true
  const out = text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) known = false
    return plain(value ?? 0)
  })
  return known ? out : null
}

class Refused extends Error {
  readonly member: string
  readonly why: BilingualText
  constructor(member: string, why: BilingualText) {
    super(why.en)
    this.member = member
    this.why = why
  }
}

const textsIn = (data: ProfileData, member: string): readonly string[] => {
  const given = data[member] ?? []
  const list = typeof given === 'object' ? given : [given]
  return list.map((one) => {
    // A control character would end the command and begin another one.
    if (typeof one !== 'string' || one === '' || !/^[\x20-\x7e]+$/.test(one))
      throw new Refused(member, words.printable())
    return one
  })
}

function ceilingOf(text: string): ScpiMap['ceilings'][number] {
  const [, model = '', mhz = ''] = /^(\S+) (\d{1,6})$/.exec(text) ?? []
  if (model === '') throw new Refused('ceilingsMhz', words.notLike(text, 'MODEL 7500'))
  return { model, hz: Number(mhz) * 1e6 }
}

function mapOf(data: ProfileData, settings: MeterSettings, resetMs: number): ScpiMap {
  const commands = (member: string): readonly string[] =>
    textsIn(data, member).map((text) => {
      const filled = filledIn(text, settings)
      if (filled === null) throw new Refused(member, words.unknownName(text))
      return filled
    })
  const one = (member: string): string => commands(member)[0] ?? ''
  for (const member of scpiData)
    if (commands(member).length === 0) throw new Refused(member, words.needed())
  const check = commands('check').map((text) => {
    const [ask = '', want = ''] = text.split(' => ')
    if (!ask.endsWith('?') || want === '')
      throw new Refused('check', words.notLike(text, 'QUERY? => ANSWER'))
    return { ask, want }
  })
  const peak = commands('peak')
  const form = traceForms.find((name) => name === (data['traceForm'] ?? 'ascii'))
  if (form === undefined) throw new Refused('traceForm', words.oneOf(traceForms.join(', ')))
  if (peak.length === 0 && one('trace') === '') throw new Refused('peak', words.orTrace())
  if (peak.length > 0 && peak.at(-1)?.endsWith('?') !== true)
    throw new Refused('peak', words.lastIsQuery())
  const bit = data['overloadBit'] ?? 3
  if (typeof bit !== 'number' || !Number.isInteger(bit) || bit < 0 || bit > 15)
    throw new Refused('overloadBit', words.wholeFrom(0, 15))
  return {
    identify: one('identify'),
    clear: one('clear'),
    error: one('error'),
    makers: textsIn(data, 'makers'),
    start: commands('start'),
    check,
    hold: commands('hold'),
    sweep: commands('sweep'),
    peak,
    ceilings: textsIn(data, 'ceilingsMhz').map(ceilingOf),
    trace: one('trace') === '' ? null : { ask: one('trace'), form },
    overload: one('overload') === '' ? null : { ask: one('overload'), bit },
    resetMs,
  }
}

export function scpiMapOf(
  data: ProfileData,
  settings: MeterSettings,
  resetMs = usualResetMs,
): MapResult {
  try {
    return { ok: true, map: mapOf(data, settings, resetMs) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, member: error.member, note: error.why }
  }
}
