// Commands of simulated analysers as their manuals print them: `[SENSe:]FREQuency:CENTer` is accepted in short and long
// form, with or without the bracketed part. One table per variant.

export type ScpiAct =
  | 'idn'
  | 'rst'
  | 'cls'
  | 'opc'
  | 'wai'
  | 'error'
  | 'center'
  | 'span'
  | 'rbw'
  | 'vbw'
  | 'attenuation'
  | 'detector'
  | 'gain'
  | 'mode'
  | 'continuous'
  | 'sweep'
  | 'trace'
  | 'data'
  | 'format'
  | 'order'
  | 'marker'
  | 'peak'
  | 'peakHz'
  | 'peakDbm'
  | 'questionable'

type Words = readonly (readonly [string, ScpiAct])[]

const common: Words = [
  ['*IDN', 'idn'],
  ['*RST', 'rst'],
  ['*CLS', 'cls'],
  ['*OPC', 'opc'],
  ['*WAI', 'wai'],
  ['SYSTem:ERRor[:NEXT]', 'error'],
  ['STATus:QUEStionable:CONDition', 'questionable'],
]

const tuned: Words = [
  ['[SENSe:]FREQuency:CENTer', 'center'],
  ['[SENSe:]FREQuency:SPAN', 'span'],
  ['INITiate:CONTinuous', 'continuous'],
  ['INITiate[:IMMediate]', 'sweep'],
]

const fieldfox: Words = [
  ...common,
  ...tuned,
  ['INSTrument[:SELect]', 'mode'],
  ['[SENSe:]BANDwidth[:RESolution]', 'rbw'],
  ['[SENSe:]POWer[:RF]:ATTenuation', 'attenuation'],
  ['[SENSe:]DETector:FUNCtion', 'detector'],
  ['TRACe1:TYPE', 'trace'],
  ['TRACe1:DATA', 'data'],
  ['CALCulate[:SELected]:MARKer1:ACTivate', 'marker'],
  ['CALCulate[:SELected]:MARKer1:FUNCtion:MAXimum', 'peak'],
  ['CALCulate[:SELected]:MARKer1:X', 'peakHz'],
  ['CALCulate[:SELected]:MARKer1:Y', 'peakDbm'],
]

const fsh: Words = [
  ...common,
  ...tuned,
  ['[SENSe:]BANDwidth[:RESolution]', 'rbw'],
  ['[SENSe:]BANDwidth:VIDeo', 'vbw'],
  ['[SENSe:]DETector[:FUNCtion]', 'detector'],
  ['INPut:ATTenuation', 'attenuation'],
  ['DISPlay[:WINDow]:TRACe1:MODE', 'trace'],
  ['TRACe[:DATA]', 'data'],
  ['CALCulate1:MARKer1:MAXimum[:PEAK]', 'peak'],
  ['CALCulate1:MARKer1:X', 'peakHz'],
  ['CALCulate1:MARKer1:Y', 'peakDbm'],
]

const siglent: Words = [
  ...common,
  ...tuned,
  ['[SENSe:]BWIDth[:RESolution]', 'rbw'],
  ['[SENSe:]BANDwidth[:RESolution]', 'rbw'],
  ['[SENSe:]POWer[:RF]:ATTenuation', 'attenuation'],
  ['[SENSe:]POWer[:RF]:GAIN', 'gain'],
  ['[SENSe:]DETector:TRAC1[:FUNCtion]', 'detector'],
  ['TRAC1:MODE', 'trace'],
  ['TRACe[:DATA]', 'data'],
  ['CALCulate:MARKer1:STATe', 'marker'],
  ['CALCulate:MARKer1:MAXimum', 'peak'],
  ['CALCulate:MARKer1:X', 'peakHz'],
  ['CALCulate:MARKer1:Y', 'peakDbm'],
]

const rigol: Words = [
  ...common,
  ...tuned,
  ['[SENSe:]BANDwidth[:RESolution]', 'rbw'],
  ['[SENSe:]POWer[:RF]:ATTenuation', 'attenuation'],
  ['[SENSe:]DETector[:FUNCtion]', 'detector'],
  ['TRACe1:MODE', 'trace'],
  ['TRACe[:DATA]', 'data'],
  ['CALCulate:MARKer1:STATe', 'marker'],
  ['CALCulate:MARKer1:MAXimum:MAX', 'peak'],
  ['CALCulate:MARKer1:X', 'peakHz'],
  ['CALCulate:MARKer1:Y', 'peakDbm'],
]

const generic: Words = [
  ...common,
  ...tuned,
  ['[SENSe:]BANDwidth[:RESolution]', 'rbw'],
  ['INPut:ATTenuation', 'attenuation'],
  ['[SENSe:]DETector[:FUNCtion]', 'detector'],
  ['TRACe1:MODE', 'trace'],
  ['TRACe[:DATA]', 'data'],
  ['FORMat[:DATA]', 'format'],
  ['FORMat:BORDer', 'order'],
]

export interface ScpiVariant {
  readonly maker: string
  /** Models with their upper limit in MHz; the first is the default. */
  readonly models: Readonly<Record<string, number>>
  readonly words: Words
  /** Modes beside that of a spectrum analyser; empty: no other. */
  readonly modes: readonly string[]
  /** `cut`: a frequency above the limit becomes the limit without an error; `error`: it is refused. */
  readonly tooHigh: 'cut' | 'error'
  readonly exponents: boolean
}

const both = { tooHigh: 'error', exponents: false, modes: [] } as const

export const scpiVariants: Readonly<Record<string, ScpiVariant>> = {
  'scpi-fieldfox': {
    maker: 'Keysight Technologies',
    words: fieldfox,
    tooHigh: 'cut',
    exponents: true,
    models: { N9952A: 50_000, N9912A: 4_000 },
    modes: ['NA', 'CAT'],
  },
  'scpi-fsh': { ...both, maker: 'Rohde&Schwarz', words: fsh, models: { FSH8: 8_000, FSH4: 3_600 } },
  'scpi-siglent': {
    ...both,
    maker: 'Siglent Technologies',
    words: siglent,
    tooHigh: 'cut',
    models: { SSA3075X: 7_500, SSA3032X: 3_200, SSA3021X: 2_100 },
  },
  'scpi-rigol': {
    ...both,
    maker: 'Rigol Technologies',
    words: rigol,
    models: { DSA875: 7_500, DSA832: 3_200, DSA815: 1_500 },
  },
  'scpi-generic': {
    ...both,
    maker: 'Example Instruments',
    words: generic,
    exponents: true,
    models: { SA8000: 8_000, SA3000: 3_000 },
  },
}

/** `FREQuency` matches FREQ and FREQUENCY, `TRACe1` matches TRAC and TRAC1. */
function wordPattern(word: string): string {
  const [, short = '', rest = '', digit = ''] = /^(\*?[A-Z]+)([a-z]*)(\d?)$/.exec(word) ?? []
  const long = rest === '' ? '' : `(?:${rest})?`
  return `${short.replace('*', '\\*')}${long}${digit === '' ? '' : `${digit}?`}`
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^:?${text
      .replaceAll(/\*?[A-Z]+[a-z]*\d?/g, wordPattern)
      .replaceAll('[', '(?:')
      .replaceAll(']', ')?')}$`,
    'i',
  )

export function wordReader(words: Words): (header: string) => ScpiAct | null {
  const rows = words.map(([text, act]) => ({ act, pattern: patternOf(text) }))
  return (header) => rows.find(({ pattern }) => pattern.test(header))?.act ?? null
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  hz: 1,
  khz: 1e3,
  mhz: 1e6,
  ghz: 1e9,
  db: 1,
  dbm: 1,
}

/** `5830 MHz`, `5.83GHZ`, `20E6`, `0DB`; null when it is not a number. */
export function quantityOf(text: string): number | null {
  const m = /^([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  const factor = units[(m?.[2] ?? '').toLowerCase()]
  const value = Number(m?.[1])
  return m === null || factor === undefined || !Number.isFinite(value) ? null : value * factor
}
