// Daily sign-in of a direction (F.1 rows 1 and 3): each lane of that direction has an authorisation in force at each car.
// Judged by the grants in the ledger, to the second, and by the last answer of the expansion platform to each lane: a
// refusal followed by a grant is normal after a fault of the platform.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { isTaken } from './accesses.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import { accessEvidence, judged, rowEvidence, type Finding, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

type SignIn = RowOf<'signIn'>

/** Sign-ins of a lane at the platform that grants; lines of older versions name neither. */
const isAsked = ({ interfaceId, laneId, destination }: AccessFact, own: string): boolean =>
  interfaceId === 'signIn' &&
  (laneId === undefined || laneId === own) &&
  (destination === undefined || destination === 'platform')

const refusedOf = ({ accesses }: AcceptanceFacts, laneIds: readonly string[]): readonly Wrong[] =>
  laneIds.flatMap((laneId): readonly Wrong[] => {
    const last = accesses.findLast(
      (one) => isAsked(one, laneId) && one.laneId === laneId && one.status !== null,
    )
    if (last === undefined || isTaken(last)) return []
    const said = `${last.status} ${last.respCode ?? ''}`
    return [
      {
        assertion: 'refused',
        words: t(`${laneId} 的签到答复 ${said}`, `the sign-in of ${laneId} was answered ${said}`),
        evidence: [accessEvidence(last)],
      },
    ]
  })

/** A grant of the judged period without a request that the platform answered with success. */
function unshownOf(
  { accesses }: AcceptanceFacts,
  own: readonly SignIn[],
): readonly BilingualText[] {
  const ids = [...new Set(own.map(({ laneId = '' }) => laneId))]
  return ids
    .filter((laneId) => !accesses.some((one) => isAsked(one, laneId) && isTaken(one)))
    .map((laneId) =>
      t(
        `访问记录里没有拓展平台对 ${laneId} 签到的成功答复`,
        `the access log has no successful answer of the expansion platform to the sign-in of ${laneId}`,
      ),
    )
}

/** PSAM states of the sign-in (P11): only 1 is an authorisation. */
const signedIn = 1

/** After a start the sign-in is given that long (assumed): cars that do not pay by ETC pass before it. */
const startMs = 10 * minuteMs

/** "Daily" is asked each day: a grant counts that long, whatever its end is (an hour of slack is assumed). */
const dailyMs = 25 * 60 * minuteMs

const isInForce = ({ atMs, body }: SignIn, carMs: InstantMs): boolean =>
  body.status === signedIn &&
  atMs - startMs <= carMs &&
  carMs < Math.min(body.validUntilMs, atMs + dailyMs)

/** A PSAM is in one lane at a time: by then it had signed in at another one. */
const isElsewhere = (grant: SignIn, carMs: InstantMs, all: readonly SignIn[]): boolean =>
  all.some(
    ({ laneId, atMs, seq, body }) =>
      laneId !== grant.laneId &&
      body.psamNo === grant.body.psamNo &&
      body.status === signedIn &&
      (atMs > grant.atMs || (atMs === grant.atMs && seq > grant.seq)) &&
      atMs <= carMs,
  )

/** Cars of a lane without an authorisation in force: one fault for each day, with its first car. */
function gapsOf(
  facts: AcceptanceFacts,
  laneId: string,
  grants: readonly SignIn[],
): readonly Wrong[] {
  const own = grants.filter((row) => row.laneId === laneId)
  const all = ofKind([...facts.before, ...facts.rows], 'signIn')
  const isHeld = (carMs: InstantMs): boolean =>
    own.some((grant) => isInForce(grant, carMs) && !isElsewhere(grant, carMs, all))
  const cars = ofKind(facts.rows, 'barrier').filter(
    (row) => row.laneId === laneId && !isHeld(row.atMs),
  )
  const days = Map.groupBy(cars, ({ atMs }) => isoOf(atMs).slice(0, 10))
  return [...days.values()].flatMap(([car]) =>
    car === undefined
      ? []
      : [
          {
            assertion: 'noGrant',
            words: t(
              `${laneId} 在 ${isoOf(car.atMs)} 过车,没有有效的签到`,
              `a car passed at ${laneId} at ${isoOf(car.atMs)} without a valid sign-in`,
            ),
            evidence: [rowEvidence(car)],
          },
        ],
  )
}

export function signInFinding(direction: 'entry' | 'exit', facts: AcceptanceFacts): Finding {
  const lanes = facts.lanes.filter((lane) => lane.direction === direction)
  const ids = lanes.map(({ laneId }) => laneId)
  const isOwn = ({ laneId = '' }: SignIn): boolean => ids.includes(laneId)
  const own = ofKind(facts.rows, 'signIn').filter(isOwn)
  // Granted before the judged period, and still valid when it began.
  const held = ofKind(facts.before, 'signIn').filter(
    (row) => isOwn(row) && row.body.status === signedIn && row.body.validUntilMs >= facts.fromMs,
  )
  const grants = [...held, ...own]
  const wrong = own
    .filter(({ body }) => body.status !== signedIn || body.validUntilMs <= 0)
    .map((row): Wrong => ({
      assertion: 'notGranted',
      words: t(
        `${row.laneId} 的 PSAM ${row.body.psamNo} 签到状态为 ${row.body.status}`,
        `the sign-in of PSAM ${row.body.psamNo} at ${row.laneId} has status ${row.body.status}`,
      ),
      evidence: [rowEvidence(row)],
    }))
  // A lane without antenna signs in by its identity, where the platform asks for it.
  const asked = lanes.filter(({ hasAntenna }) => hasAntenna || grants.length > 0)
  const needsSignIn = lanes.some(({ hasAntenna }) => hasAntenna)
  return judged(
    [
      ...wrong,
      ...refusedOf(facts, ids),
      ...asked.flatMap(({ laneId }) => gapsOf(facts, laneId, grants)),
    ],
    [...missing(grants.length, needsSignIn), ...unshownOf(facts, own)],
    t(
      `${grants.length} 次签到,平台已授权`,
      `${grants.length} sign-ins were authorised by the platform`,
    ),
    [
      ...grants.map(rowEvidence),
      ...facts.accesses.filter(({ interfaceId }) => interfaceId === 'signIn').map(accessEvidence),
    ],
  )
}

function missing(grants: number, needsSignIn: boolean): readonly BilingualText[] {
  if (grants > 0) return []
  if (needsSignIn) return [t('还没有签到', 'there is no sign-in yet')]
  return [
    t(
      '这个方向没有天线和 PSAM,还没有按车道身份签到',
      'there is no antenna with a PSAM in this direction, and no sign-in with the lane identity yet',
    ),
  ]
}
