// References of a record to what this platform knows: lots and lanes that signed in, versions of its status list, charges
// and refunds. A platform without the interface of a kind knows none of it and does not judge it.
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { refuse, type Outcome } from '../answers.ts'
import { keyOf, listOf } from './by-application.ts'
import type { Call, Services } from '../call.ts'
import { windowMs } from '../envelope.ts'
import { stayPlace } from './filed.ts'
import { textOf, timeOf } from './members.ts'
import { sandboxAppId, stateOfApplication } from '../onboarding-records.ts'
import { actOf, actsAt, isLive, type ActKind } from './settlement-records.ts'
import { anyLot } from '../signed-in.ts'

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

/** The lane signed in as entry, exit or both, and not as a bay or a handheld. */
export const isGate = ({ state }: Services, { appId, members }: Call): boolean =>
  state.signedIn.gates.has(
    keyOf(appId, keyOf(textOf(members, 'parkId'), textOf(members, 'laneNo'))),
  )

/**
 * The lane belongs to the application that a sandbox was given for (000 A.2.2 b). An application whose lanes have no
 * numbers names none, and another channel has none.
 */
export function checkApplied({ state }: Services, { appId, members }: Call): Outcome | null {
  const own = [...state.onboarding.applications.values()].filter(
    (one) =>
      one.use === 'test' &&
      sandboxAppId(one.lotId) === appId &&
      stateOfApplication(one) === 'approved',
  )
  const lanes = own.flatMap(({ laneNos = [] }) => laneNos)
  if (lanes.length === 0) return null
  const [parkId, laneNo] = [textOf(members, 'parkId'), textOf(members, 'laneNo')]
  if (!own.some(({ lotId }) => lotId === parkId))
    return refuse('400009', '/parkId', parkId, 'not the lot of the application')
  return lanes.includes(laneNo)
    ? null
    : refuse('400009', '/laneNo', laneNo, 'no lane of the application')
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

const otherEntry = (call: Call, of: string): Outcome =>
  refuse('200004', '/enTime', textOf(call.members, 'enTime'), `entered at ${of}`)

const isApart = (call: Call, atMs: InstantMs): boolean =>
  Math.abs(timeOf(call.members, 'enTime') - atMs) > windowMs

/** The charge of a stay begins when the entry record of that stay says; null where there is no such record yet. */
export function checkEntry({ state }: Services, call: Call): Outcome | null {
  const no = `${textOf(call.members, 'parkId')}.${textOf(call.members, 'entryNo')}`
  const at = actOf(state, 'entry-records', call.appId, no)?.row.shown?.['time']
  return typeof at === 'string' && isApart(call, parseIso(at) ?? 0) ? otherEntry(call, at) : null
}

/** The same for an entry record that arrives behind the charge of its stay. A charge that was refused says nothing. */
export function checkEntryOfCharge({ state }: Services, call: Call): Outcome | null {
  const { appId, members } = call
  const at = stayPlace(appId, textOf(members, 'parkId'), textOf(members, 'entryNo'))
  for (const { row } of actsAt(state, 'exit-charges', at).filter(isLive))
    if (row.charge !== undefined && isApart(call, row.charge.enMs))
      return otherEntry(call, isoOf(row.charge.enMs))
  return null
}

/** Whether one of the kinds has this number. */
export const isKept = (
  { state }: Services,
  appId: string,
  no: string,
  kinds: readonly ActKind[],
): boolean => kinds.some((kind) => actOf(state, kind, appId, no) !== undefined)
