// All commands that are ever sent to a modem: queries. There is no other way to send, so the modem cannot be changed. A
// profile chooses among them by its dialect, and defines the scale of its SINR.

export const asks = {
  /** Tests whether a modem answers. */
  hello: { text: 'AT', answer: null },
  signal: { text: 'AT+CSQ', answer: '+CSQ:' },
  extended: { text: 'AT+CESQ', answer: '+CESQ:' },
  servingCell: { text: 'AT+QENG="servingcell"', answer: '+QENG:' },
} as const

export type AskId = keyof typeof asks

export const dialects = {
  'at-3gpp': ['extended', 'signal'],
  'at-qeng': ['servingCell', 'signal'],
} as const satisfies Readonly<Record<string, readonly AskId[]>>

type AtDialect = keyof typeof dialects

export const isAtDialect = (text: string): text is AtDialect => Object.hasOwn(dialects, text)

/** Scales of the SINR. `fifth`: 0 to 250 for -20 to 30 dB, on LTE modems of older makes. */
export const sinrScales = ['db', 'fifth'] as const
export type SinrScale = (typeof sinrScales)[number]

export interface AtConfig {
  readonly dialect: AtDialect
  readonly sinrScale: SinrScale
  /** A modem that searches for a network answers late. */
  readonly answerTimeoutMs: number
}

export const standardModem: AtConfig = {
  dialect: 'at-3gpp',
  sinrScale: 'db',
  answerTimeoutMs: 3_000,
}
