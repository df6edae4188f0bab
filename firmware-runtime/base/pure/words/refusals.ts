// Reasons why a platform refuses a charge (P6, clause 8.3.1 a): a word, the reported exception, the text for the window and
// the text for the driver. Dialects map their codes to these words; lanes, rows and windows use them.
import { cardReasons, columnOf, row } from './card-reason.ts'
import { exceptionWords, type ExceptionWord } from './exception-words.ts'
import { t, type BilingualText } from './fault-text.ts'

export const refusals = {
  insufficient: cardReasons.insufficient,
  blacklisted: cardReasons.blacklisted,
  expiredCard: cardReasons.cardExpired,
  cardNetwork: cardReasons.otherNetwork,
  repeatCharge: row(
    'repeatSuspected',
    t('重复扣费', 'repeated charge'),
    t('ETC 平台判为重复扣费', 'ETC platform calls it a repeat charge'),
  ),
  /** Limit of the platform, which no person here can release, unlike a large amount of the lot (`largeAmount`). */
  amountRefused: row(
    'largeAmount',
    t('金额超过平台限额', 'amount above the platform limit'),
    t('金额超过 ETC 平台限额', 'Amount above what the ETC platform takes'),
  ),
  psamRefused: row(
    'psamFault',
    t('PSAM 被拒绝', 'PSAM refused'),
    t('ETC 天线未获平台授权', 'ETC antenna not authorised by the platform'),
  ),
  /** Format or permission was wrong: the card was not refused, and the record is corrected and sent again. */
  recordRefused: row(
    'refused',
    t('平台不收扣费记录', 'the platform did not accept the charge record'),
    t('ETC 平台未受理扣费', 'ETC platform did not accept the charge'),
  ),
  refused: row('refused', exceptionWords.refused, t('ETC 扣费未成功', 'ETC payment not taken')),
} as const

export type Refusal = keyof typeof refusals

/** Further words of dialects and of the queue in rows. */
const others = {
  largeAmount: 'amountRefused',
  psamNotAuthorised: 'psamRefused',
  psamBlacklisted: 'psamRefused',
  psamLocked: 'psamRefused',
  psamNotRegistered: 'psamRefused',
  tacWrong: 'refused',
  orderNotFound: 'refused',
  conflict: 'refused',
  clearingDispute: 'refused',
  reconciliationMismatch: 'refused',
} as const satisfies Readonly<Record<string, Refusal>>

/**
 * Result of an online charge. `held`: the platform answered and did not accept the record; the money is as unknown as
 * after silence, and the reason is a word of this table. `open`: an access system has the order and ETC has not paid it; the
 * reason says why, empty while it is being tried.
 */
export type ChargeResult = 'paid' | 'refused' | 'held' | 'noAnswerTwice' | 'open'

/** Words of a dialect for codes that move no money. */
export type RefusalWord = Refusal | keyof typeof others

/** Maps a word of an answer or a ledger row to this table; an unknown word gives `otherwise`. */
export function refusalOf(word: string, otherwise: Refusal = 'refused'): Refusal {
  if (Object.hasOwn(refusals, word)) return word as Refusal
  return Object.hasOwn(others, word) ? others[word as keyof typeof others] : otherwise
}

/** As the window shows them. */
export const refusalWords: Readonly<Record<string, BilingualText>> = columnOf(refusals, 'words')

/** Their exceptions, for a lane. */
export const refusalTypes: Readonly<Record<Refusal, ExceptionWord>> = columnOf(refusals, 'type')
