// The access platform's quality checks before a record is forwarded (000 A.2.3 a 1 to 5): the record, earlier records,
// the last copy of the blacklist, the card networks and the fee limit.
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import type { RespCode } from '../answers.ts'
import { isChargedTwice, stayIn } from '../records/repeat.ts'
import { numberOf, textOf, timeOf, type Members } from '../records/members.ts'
import { chargesNear, type PlatformState } from '../records/settlement-records.ts'

interface QualityRules {
  readonly state: PlatformState
  /** Since when a card is on the last copy of the blacklist, ms; undefined when it is not listed. */
  listedFromMs(cardNo: string): number | undefined
  /** Null: all networks are accepted. */
  readonly networks: ReadonlySet<string> | null
  readonly largeFen: number | null
}

export interface Defect {
  readonly respCode: RespCode
  readonly field: string
  readonly issue: string
}

/** a 1: the same stay, or the same vehicle twice within minutes when a record has no stay. */
function repeated({ state }: QualityRules, appId: string, m: Members): Defect | null {
  const no = textOf(m, 'outTradeNo')
  const own = stayIn(m)
  const first = chargesNear(state, appId, own).find(
    ({ row }) => row.no !== no && row.charge !== undefined && isChargedTwice(own, row.charge),
  )
  return first === undefined
    ? null
    : { respCode: '300001', field: '/outTradeNo', issue: `the vehicle paid as ${first.row.no}` }
}

/** a 2: a card is valid to the end of its expiry day. */
function expired(m: Members): Defect | null {
  const expire = textOf(m, 'cardExpire')
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(expire) ?? []
  if (year === undefined) return null
  const endMs = instantOf(Number(year), Number(month), Number(day)) + dayMs
  return timeOf(m, 'transTime') < endMs
    ? null
    : { respCode: '300002', field: '/cardExpire', issue: `the card ended with ${expire}` }
}

/** The first defect in the order of A.2.3; null forwards the record. A zero record is not checked as a charge (8.7). */
export function defectOf(rules: QualityRules, appId: string, m: Members): Defect | null {
  if (m['mode'] === 3) return null
  const twice = repeated(rules, appId, m)
  if (twice !== null) return twice
  const ended = expired(m)
  if (ended !== null) return ended
  const card = textOf(m, 'etcCardId')
  const fromMs = rules.listedFromMs(card)
  if (fromMs !== undefined && fromMs <= timeOf(m, 'transTime'))
    return { respCode: '300003', field: '/etcCardId', issue: 'the card is on the blacklist' }
  const network = card.slice(0, 4)
  const isForeign = rules.networks !== null && !rules.networks.has(network)
  if (card !== '' && (network !== textOf(m, 'cardNetNo') || isForeign))
    return { respCode: '300004', field: '/cardNetNo', issue: `network ${network} is not one` }
  const fee = numberOf(m, 'realFee')
  return rules.largeFen !== null && fee > rules.largeFen
    ? { respCode: '300005', field: '/realFee', issue: `${fee} fen, above ${rules.largeFen}` }
    : null
}
