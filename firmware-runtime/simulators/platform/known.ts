// References of a record to what this platform knows: lots and lanes that signed in, versions of its status list, charges
// and refunds. A platform without the interface of a kind knows none of it and does not judge it.
import { refuse, type Outcome } from './answers.ts'
import { keyOf, listOf } from './by-application.ts'
import type { Call, Services } from './call.ts'
import { textOf } from './members.ts'
import { actOf, type ActKind } from './settlement-records.ts'
import { anyLot } from './signed-in.ts'

const notSignedIn = (member: string, value: string): Outcome =>
  refuse('400009', `/${member}`, value, 'no lane of it signed in')

/**
 * A channel is judged from its first sign-in on: a lot that joins sends what it kept before its antennas wake and sign
 * in. A platform without sign-ins judges none.
 */
const isJudged = ({ state, offers }: Services, appId: string): boolean =>
  offers('POST /v1/psam/sign-in') && state.signedIn.channels.has(appId)

/** The lot signed in by one of its lanes. A lane that cannot sign in still reports its faults. */
export function checkPark(
  services: Services,
  { appId, members }: Pick<Call, 'appId' | 'members'>,
): Outcome | null {
  const { parks } = services.state.signedIn
  const parkId = textOf(members, 'parkId')
  const isKnown = [parkId, anyLot].some((one) => parks.has(keyOf(appId, one)))
  return isKnown || !isJudged(services, appId) ? null : notSignedIn('parkId', parkId)
}

/** The lane signed in, whatever it was answered: without a valid PSAM it charges online. */
export function checkLane(services: Services, call: Call): Outcome | null {
  const { appId, members } = call
  const unknown = checkPark(services, call)
  if (unknown !== null || !isJudged(services, appId)) return unknown
  const [parkId, laneNo] = [textOf(members, 'parkId'), textOf(members, 'laneNo')]
  const isKnown = [parkId, anyLot].some((one) =>
    services.state.signedIn.lanes.has(keyOf(appId, keyOf(one, laneNo))),
  )
  return isKnown ? null : notSignedIn('laneNo', laneNo)
}

/** A version that this platform counts and has not reached. Another name means a list that came another way. */
export function checkListVersion({ state }: Services, { appId, members }: Call): Outcome | null {
  const version = textOf(members, 'listVersion')
  const newest = listOf(state.lists, appId).changes.length
  return /^\d+$/.test(version) && Number(version) > newest
    ? refuse('200004', '/listVersion', version, `the newest is ${newest}`)
    : null
}

/** A record about a charge of another lot; null when the charge is unknown: it may still arrive (8.3.1 b). */
export function checkLotOf(
  { state }: Services,
  { appId, members }: Call,
  outTradeNo: string,
): Outcome | null {
  const lot = lotOfCharge(state, appId, outTradeNo)
  const parkId = textOf(members, 'parkId')
  return lot === null || lot === parkId
    ? null
    : refuse('200004', '/parkId', parkId, `the charge is of ${lot}`)
}

function lotOfCharge(state: Services['state'], appId: string, no: string): string | null {
  const charge = actOf(state, 'exit-charges', appId, no)?.row.charge
  const record = actOf(state, 'exit-records', appId, no)?.row.shown
  const lot = charge?.parkId ?? record?.['parkId']
  return typeof lot === 'string' ? lot : null
}

/** Whether one of the kinds has this number. */
export const isKept = (
  { state }: Services,
  appId: string,
  no: string,
  kinds: readonly ActKind[],
): boolean => kinds.some((kind) => actOf(state, kind, appId, no) !== undefined)
