// Sends a candidate of an impolite sandbox one forged answer, right in everything but its signature, when it repeats a
// charge that was answered already. A client that trusts it has no reason to send that charge again; one that does not
// trust it sends it once more, which its report requires. At the first sending both would repeat, so that they could
// not be told apart.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { keyOf } from '../records/by-application.ts'
import type { PlatformRequest } from '../envelope.ts'
import type { Delivery } from '../records/exchange.ts'
import { textOf } from '../records/members.ts'
import { chargePlace, placesOf, type PlatformModel } from '../model.ts'
import { action, membersIn, type Mood } from '../moods.ts'

export interface Stranger {
  /** Replaces the mood of a candidate's request, when it gets the forged answer. */
  instead(appId: string, request: PlatformRequest, mood: Mood, nowMs: InstantMs): Mood
  /** Takes the delivery of a request that was given to `instead`. */
  left(request: PlatformRequest, delivery: Delivery): void
}

/** Number of a charge; empty for another request. */
const chargeNo = (request: PlatformRequest): string =>
  request.method === 'POST' && placesOf(request.method, request.path).includes(chargePlace)
    ? textOf(membersIn(request), 'outTradeNo')
    : ''

/** Signed, and not a request to come again. */
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
