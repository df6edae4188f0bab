// All that is ever sent to a modem: questions. There is no other way to send, so nothing can change it.
// A profile chooses among them by its dialect, and says on which scale its SINR is.

export const asks = {
  /** Is anybody there? */
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

/** `db`; `fifth`: 0 to 250 for -20 to 30 dB, on LTE modules of older makes. */
export const sinrScales = ['db', 'fifth'] as const
export type SinrScale = (typeof sinrScales)[number]

export interface AtConfig {
  readonly dialect: AtDialect
  readonly sinrScale: SinrScale
  /** A modem that searches answers late. */
  readonly answerTimeoutMs: number
}

export const standardModem: AtConfig = {
  dialect: 'at-3gpp',
  sinrScale: 'db',
  answerTimeoutMs: 3_000,
}
