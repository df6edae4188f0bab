// Somebody else answers a candidate of an impolite sandbox once, right in everything but for the signature, where a charge that
// was answered already comes again. Who believes it has no reason to send that charge once more; who does not, does, and its
// report asks for that. At the first sending both would come again, and nothing would tell them apart.
import type { InstantMs } from '../../core/values/instant.ts'
import { keyOf } from './by-application.ts'
import type { PlatformRequest } from './envelope.ts'
import type { Delivery } from './exchange.ts'
import { textOf } from './members.ts'
import { chargePlace, placesOf, type PlatformModel } from './model.ts'
import { action, membersIn, type Mood } from './moods.ts'

export interface Stranger {
  /** How a request of a candidate goes on instead. */
  instead(appId: string, request: PlatformRequest, mood: Mood, nowMs: InstantMs): Mood
  /** What left for a request that it was asked about. */
  left(request: PlatformRequest, delivery: Delivery): void
}

/** Empty where it is no charge. */
const chargeNo = (request: PlatformRequest): string =>
  request.method === 'POST' && placesOf(request.method, request.path).includes(chargePlace)
    ? textOf(membersIn(request), 'outTradeNo')
    : ''

/** Signed, and no "come again". */
const isSaid = (delivery: Delivery): boolean =>
  delivery.do === 'answer' &&
  delivery.answer.status < 300 &&
  delivery.answer.headers['etc-signature'] !== undefined

export function createStranger(model: () => PlatformModel): Stranger {
  /** Charges that were answered, by channel and number. */
  const answered = new Set<string>()
  const keys = new WeakMap<PlatformRequest, string>()
  return {
    instead(appId, request, mood, nowMs) {
      const no = chargeNo(request)
      if (no === '') return mood
      const key = keyOf(appId, no)
      keys.set(request, key)
      const isFree = mood.before === null && mood.after === null
      const isMet = model().state.onboarding.strangers.has(appId)
      if (!isFree || isMet || !answered.has(key)) return mood
      model().record({ t: 'stranger', appId, no, atMs: nowMs })
      return { ...mood, before: action('forge') }
    },
    left(request, delivery) {
      const key = keys.get(request)
      if (key !== undefined && isSaid(delivery)) answered.add(key)
    },
  }
}
