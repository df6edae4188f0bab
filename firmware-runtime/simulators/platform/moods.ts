// Treatment of a sandbox candidate beyond the policy: magic charges have their outcome, and unless the sandbox is
// polite it is sometimes busy, loses answers, delays them, decides late, and writes members in another order with
// unknown ones. The dice depend on seed and channel, so that channels are independent.
import { parsed } from '#base/pure/data/json.ts'
import type { SimArguments } from '../shell/arguments.ts'
import type { FaultAction } from '../shell/faults.ts'
import { seededRandom } from '../shell/random.ts'
import { keyOf } from './records/by-application.ts'
import type { PlatformRequest } from './envelope.ts'
import { magicOf } from './magic.ts'
import { textOf, type Members } from './records/members.ts'
import { isMembers } from '../shell/members.ts'

export interface Mood {
  readonly before: FaultAction | null
  readonly after: FaultAction | null
  /** A charge is accepted (100002) and decided at its first query. */
  readonly isLate: boolean
  /** The text of an answer as sent. */
  dress(text: string): string
}

export const evenMood: Mood = { before: null, after: null, isLate: false, dress: (text) => text }

interface MoodPlan {
  readonly seed: number
  readonly isPolite: boolean
  /** The longest wait; 0: none. */
  readonly waitMaxMs: number
}

export interface Moods {
  /** Mood for the next exchange of a sandbox candidate. */
  next(appId: string, request: PlatformRequest): Mood
  /** Counts for its report; null: treated politely. */
  thrown(appId: string): Readonly<Record<string, unknown>> | null
}

/** Percent of exchanges; `late` is percent of charges. */
const percent = { busy: 5, lost: 5, wait: 5, late: 25, dressed: 50 } as const
type Thrown = keyof typeof percent

export const action = (what: string, more: Partial<FaultAction> = {}): FaultAction => ({
  do: what,
  ms: 0,
  bits: 0,
  status: 503,
  ...more,
})

/** Different for each channel. */
const seedOf = (seed: number, appId: string): number =>
  [...appId].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed) >>> 0

/** Reverses the members and adds an unknown one: nothing may depend on either. */
function dressed(text: string): string {
  const value = parsed(text)
  if (!isMembers(value)) return text
  const turned = (members: Members): Members =>
    Object.fromEntries(Object.entries({ ...members, notKnownYet: { any: 1 } }).toReversed())
  const { data } = value
  return JSON.stringify(turned(isMembers(data) ? { ...value, data: turned(data) } : value))
}

/** Members of a sent body; empty when it is not JSON. */
export const membersIn = ({ method, body }: PlatformRequest): Members => {
  const value = method === 'POST' ? parsed(Buffer.from(body).toString('utf8')) : null
  return isMembers(value) ? value : {}
}

const onceActions = {
  busy: { before: action('busy') },
  down: { before: action('status') },
  forged: { before: action('forge') },
  lost: { after: action('hangUp') },
} as const

export function createMoods({ seed, isPolite, waitMaxMs }: MoodPlan): Moods {
  const dice = new Map<string, () => number>()
  const counts = new Map<string, Partial<Record<Thrown, number>>>()
  const begun = new Set<string>()
  const rolled = (appId: string) => {
    const roll = dice.get(appId) ?? seededRandom(seedOf(seed, appId))
    dice.set(appId, roll)
    const own = counts.get(appId) ?? {}
    counts.set(appId, own)
    // The same number of rolls for each exchange, so that one exchange does not change the next.
    const values = { busy: roll(), lost: roll(), wait: roll(), late: roll(), dressed: roll() }
    const howLong = roll()
    const is = (what: Thrown): boolean => {
      const hit = values[what] * 100 < percent[what]
      if (hit) own[what] = (own[what] ?? 0) + 1
      return hit
    }
    return { is, howLong }
  }
  const magic = (appId: string, request: PlatformRequest): Partial<Mood> => {
    if (request.path !== '/v1/etc/exit-charges') return {}
    const members = membersIn(request)
    const once = magicOf(members)?.once
    const key = keyOf(appId, textOf(members, 'outTradeNo'))
    if (once === undefined || begun.has(key)) return {}
    begun.add(key)
    return onceActions[once]
  }
  return {
    next(appId, request) {
      const own = magic(appId, request)
      if (isPolite) return { ...evenMood, ...own }
      const { is, howLong } = rolled(appId)
      if (own.before !== undefined || own.after !== undefined) return { ...evenMood, ...own }
      const isBusy = is('busy')
      const isSlow = !isBusy && waitMaxMs > 0 && is('wait')
      return {
        before: isBusy
          ? action('busy')
          : isSlow
            ? action('delay', { ms: Math.round(howLong * waitMaxMs) })
            : null,
        after: !isBusy && is('lost') ? action('hangUp') : null,
        isLate: !isBusy && request.path === '/v1/etc/exit-charges' && is('late'),
        dress: is('dressed') ? dressed : evenMood.dress,
      }
    },
    thrown: (appId) => (isPolite ? null : { seed, ...counts.get(appId) }),
  }
}

/** The longest wait of an impolite platform: answers are late, but not lost. */
const waitMaxMs = 15_000

export const moodsOf = ({ seed, timing, extra }: SimArguments): Moods =>
  createMoods({
    seed,
    isPolite: extra['polite'] !== undefined,
    waitMaxMs: timing === 'instant' ? 0 : waitMaxMs,
  })
