// Filters for records that must not be uploaded (000 A.2.3 a 1 to 5, P23), applied before the platform judges: repeat,
// expired card, blacklisted card, card network, large amount. A stopped record is held with the filter's word; it is never
// lost.
import { bcdDateTimeOf, type InstantMs } from '#base/pure/values/instant.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { ChargeFacts } from '../charge/charge-facts.ts'

type FilterId = 'repeat' | 'expired' | 'blacklisted' | 'network' | 'large'

export const filterTitles: Readonly<Record<FilterId, BilingualText>> = {
  repeat: t('重复扣费', 'charged twice'),
  expired: t('过期卡', 'expired card'),
  blacklisted: t('黑名单用户', 'blacklisted user'),
  network: t('卡网络号错误', 'card network'),
  large: t('异常大额', 'abnormally large amount'),
}

/** `charge`: before money moves, the car pays otherwise. `both`: once more before a card's record goes up. */
export interface FilterRow {
  readonly id: FilterId
  readonly clause: string
  readonly when: 'charge' | 'both'
}

/** Two charges of one card within this time are suspected to be one (P23). */
export const repeatMs = 300_000

/** First four digits of a card: its network (P23). */
const networkOf = (cardNo: string): string => cardNo.slice(0, 4)

/** The issuer names its region in two characters and its network in four digits (GB/T 35070.1). */
function issuerNetwork(issuerHex: string): string | null {
  const digits = issuerHex.slice(8, 12)
  return /^\d{4}$/.test(digits) ? digits : null
}

interface OfCard {
  readonly cardNo: string
  readonly issuerHex: string
}

/** The card, or the OBU beside it, is of a network that does not pay. Null: networks are not compared. */
export function isForeign(
  networks: readonly string[] | null,
  { cardNo, issuerHex }: OfCard,
): boolean {
  if (networks === null) return false
  const issuer = issuerNetwork(issuerHex)
  return !networks.includes(networkOf(cardNo)) || (issuer !== null && !networks.includes(issuer))
}

export interface FilterPolicy {
  readonly filters: readonly FilterRow[]
  readonly networks: readonly string[] | null
  isListed(no: string, atMs: InstantMs): boolean
  /** When this card was charged before, as far as is known; null: never. */
  chargedMs(cardNo: string): InstantMs | null
}

const expiredAt = (cardExpire: string, atMs: InstantMs): boolean =>
  /^\d{8}$/.test(cardExpire) && bcdDateTimeOf(atMs).slice(0, 8) > cardExpire

/** The filter that stops the record of a card that paid, or null; in the order of A.2.3. */
export function stoppedBy(
  { obu, atMs }: Pick<ChargeFacts, 'obu' | 'atMs'>,
  policy: FilterPolicy,
): FilterRow | null {
  if (obu === null) return null
  const { cardNo, obuId, issuerHex, cardExpire } = obu
  const before = policy.chargedMs(cardNo)
  const stops: Readonly<Record<FilterId, () => boolean>> = {
    repeat: () => before !== null && before !== atMs && Math.abs(atMs - before) < repeatMs,
    expired: () => expiredAt(cardExpire, atMs),
    blacklisted: () => policy.isListed(cardNo, atMs) || policy.isListed(obuId, atMs),
    network: () => isForeign(policy.networks, { cardNo, issuerHex }),
    // A person released it before its card paid (5.2.1 d).
    large: () => false,
  }
  return policy.filters.find(({ id, when }) => when === 'both' && stops[id]()) ?? null
}
