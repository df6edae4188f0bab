// Daily sign-in of a direction (F.1 rows 1 and 3): each lane of that direction has a valid authorisation on each day
// with cars. Judged by the grants in the ledger and by the last answer to each lane: a refusal followed by a grant is
// normal after a fault of the platform.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import { isoOf } from '../core/values/instant.ts'
import { isTaken } from './accesses.ts'
import type { AcceptanceFacts } from './facts.ts'
import { accessEvidence, judged, rowEvidence, type Finding, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

const dayOf = (atMs: number): string => isoOf(atMs).slice(0, 10)

function refusedOf({ accesses }: AcceptanceFacts, laneIds: readonly string[]): readonly Wrong[] {
  return laneIds.flatMap((laneId): readonly Wrong[] => {
    const last = accesses.findLast(
      (one) => one.interfaceId === 'signIn' && one.laneId === laneId && one.status !== null,
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
}

/** PSAM states of the sign-in (P11): only 1 is an authorisation. */
const signedIn = 1

export function signInFinding(direction: 'entry' | 'exit', facts: AcceptanceFacts): Finding {
  const lanes = facts.lanes.filter((lane) => lane.direction === direction)
  const ids = lanes.map(({ laneId }) => laneId)
  const isOwn = ({ laneId = '' }: RowOf<'signIn'>): boolean => ids.includes(laneId)
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
  const days = [
    ...new Set(
      facts.rows
        .filter(({ kind, laneId = '' }) => kind === 'barrier' && ids.includes(laneId))
        .map(({ laneId, atMs }) => `${laneId} ${dayOf(atMs)}`),
    ),
  ]
  const unsigned = days.filter((one) => {
    const [laneId = '', day = ''] = one.split(' ')
    return !grants.some(
      (row) =>
        row.laneId === laneId && dayOf(row.atMs) <= day && dayOf(row.body.validUntilMs) >= day,
    )
  })
  const needsSignIn = lanes.some(({ hasAntenna }) => hasAntenna)
  const gaps = needsSignIn
    ? unsigned.map((one): Wrong => ({
        assertion: 'noGrant',
        words: t(`${one} 有过车,没有有效的签到`, `cars passed at ${one} without a valid sign-in`),
        evidence: [],
      }))
    : []
  return judged(
    [...wrong, ...refusedOf(facts, ids), ...gaps],
    missing(grants.length, needsSignIn),
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

export const signInSteps: readonly BilingualText[] = [
  t('车道运行满一天,或重启车道', 'Let the lane run for a full day, or restart it'),
  t(
    '查看每个有车的日子是否有平台授权',
    'Check that each day with cars has an authorisation of the platform',
  ),
]
