// Counts the charges that a platform was queried about, and those it answered. For the other charges only the ledger
// speaks.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { AcceptanceFacts, PlatformWord } from '#ledger/pure/facts.ts'
import type { Charge } from './transactions.ts'

interface AskedWords {
  /** What the platform's answers do not show yet. */
  readonly missing: readonly BilingualText[]
  readonly words: BilingualText
}

/** Whether the platform gave an answer about this charge that is proven to be its own. */
export const isVouched = ({ word }: Charge): boolean => word !== null && word.says !== 'unasked'

export function askedWords(charges: readonly Charge[], { unasked }: AcceptanceFacts): AskedWords {
  const asked = charges.filter(({ word }) => word !== null).length
  const answered = charges.filter(isVouched).length
  const words = t(
    `${charges.length} 笔中向平台查询 ${asked} 笔,答复 ${answered} 笔`,
    `the platform was queried about ${asked} of ${charges.length} charges and answered ${answered}`,
  )
  if (unasked !== null) return { missing: [unasked], words }
  const isWhole = charges.length === 0 || (asked > 0 && answered === asked)
  return { missing: isWhole ? [] : [words], words }
}

/** States of a charge that took no money, or gave it back. */
const notTaken = /^(?:FAILED|CLOSED|CANCELLED|REVOKED|REFUSED|REJECTED|NOTPAY)$/i
const givenBack = /^REFUND/i

/** Whether the platform holds the money of a charge; a refund of ours explains that it gave it back. */
export function isTakenAt({ says, state }: PlatformWord, isRefunded: boolean): boolean {
  if (says !== 'has' || notTaken.test(state)) return false
  return isRefunded || !givenBack.test(state)
}
