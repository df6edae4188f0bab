// The issuer's books of one channel (table I.1), for judging an acceptance: contracts by card and by OBU, requests and
// answers, each charge against its booking, each day against its charges.
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { refuse } from '../../shell/members.ts'
import { keyOf } from './by-application.ts'
import { takenFen } from './issuer.ts'
import type { PlatformModel } from '../model.ts'
import { services } from './served-records.ts'

interface IssuerLine {
  readonly kind: string
  readonly ok: boolean
  readonly ref: string
  readonly text: string
  /** Members of an issuer's fact (ledger/pure/facts.ts). */
  readonly contractNos?: readonly (string | null)[]
  readonly status?: number
  readonly answer?: 'success' | 'refused' | 'fault'
  readonly chargedFen?: number
  readonly bookedFen?: number
  readonly day?: string
}

interface Wanted {
  readonly appId: string
  readonly fromMs: InstantMs
  readonly untilMs: InstantMs
}

/** Code for a bill that is still being made. */
const notYet = '100002'
/** Limit of lines per service; failures are never left out for successes. */
const linesMax = 1_000

/** A business refusal (3xxxxx) counts as an answer, for example for a poor card; by itself it proves no service. */
function asked(
  { state }: PlatformModel,
  { appId, fromMs, untilMs }: Wanted,
): readonly IssuerLine[] {
  const own = state.served.get(appId) ?? []
  const lines = own.flatMap(({ atMs, name, status, did, respCode }, at) => {
    const kind = services[name]
    if (kind === undefined || atMs < fromMs || atMs > untilMs) return []
    if (kind === 'bill' && respCode === notYet) return []
    const isWhole = did === 'answer' || did === 'twice'
    const text = [isoOf(atMs), name, status ?? did, respCode].join(' ').trim()
    const [done, ok] = [isWhole && respCode.startsWith('1'), isWhole && /^[13]/.test(respCode)]
    const answer = done ? 'success' : ok ? 'refused' : 'fault'
    const about = { ...(status === null ? {} : { status }), answer } as const
    return [{ done, line: { kind, ok, ref: String(at + 1), text, ...about } }]
  })
  return [...new Set(Object.values(services))].flatMap((kind) => {
    const ofKind = lines.filter(({ line }) => line.kind === kind)
    const isShown = ofKind.some(({ done }) => done)
    const all = ofKind.map(({ line }) => line)
    const well = isShown ? all.filter(({ ok }) => ok).slice(-linesMax) : []
    return [...all.filter(({ ok }) => !ok).slice(-linesMax), ...well]
  })
}

/** Lookups by OBU and by card must agree. */
const contracts = ({ state }: PlatformModel): readonly IssuerLine[] =>
  [...new Set(state.contracts.values())].map(({ contractNo, cardNo, obuId }) => {
    const found = [cardNo, obuId].flatMap((no) =>
      no === undefined ? [] : [state.contracts.get(no)],
    )
    const ok = found.every((one) => one?.contractNo === contractNo)
    const text = `${cardNo} ${obuId ?? '-'} ${found.map((one) => one?.contractNo ?? '-').join(' ')}`
    const contractNos = found.map((one) => one?.contractNo ?? null)
    return { kind: 'contractNo', ok, ref: contractNo, text, contractNos }
  })

function booked({ state }: PlatformModel, { appId, fromMs }: Wanted): readonly IssuerLine[] {
  const lines: IssuerLine[] = []
  const days = new Map<string, [number, number]>()
  for (const act of state.acts.get('exit-charges')?.values() ?? []) {
    const { no, charge, atMs } = act.row
    if (charge === undefined || act.row.appId !== appId || atMs < fromMs) continue
    const [taken, own] = [takenFen(act), state.booked.get(keyOf(appId, no)) ?? 0]
    // Refunds are movements, too.
    if (taken + act.refundedFen === 0 && own === 0) continue
    const day = isoOf(charge.transMs).slice(0, 10)
    const [dayTaken, dayOwn] = days.get(day) ?? [0, 0]
    days.set(day, [dayTaken + taken, dayOwn + own])
    const text = `charged ${taken} fen, booked ${own}`
    const sums = { chargedFen: taken, bookedFen: own, day }
    lines.push({ kind: 'bookkeeping', ok: taken === own, ref: no, text, ...sums })
  }
  const sums = [...days].map(([day, [taken, own]]): IssuerLine => ({
    kind: 'reconciliation',
    ok: taken === own,
    ref: day,
    text: `charged ${taken} fen, booked ${own}`,
    chargedFen: taken,
    bookedFen: own,
  }))
  return [...lines, ...sums]
}

/** GET /issuer?appId=&from=&until=: leaves out what is older, except contracts, and later requests. */
export const issuerBookRoutes = (model: () => PlatformModel, testAppId: string): AdminRoutes => ({
  'GET /issuer': ({ query }) => {
    const instantIn = (name: 'from' | 'until', otherwise: InstantMs): InstantMs => {
      const text = query.get(name)
      const atMs = text === null ? otherwise : parseIso(text)
      if (atMs === null) throw refuse(name, text, 'ISO 8601 with offset')
      return atMs
    }
    const wanted = {
      appId: query.get('appId') ?? testAppId,
      fromMs: instantIn('from', 0),
      untilMs: instantIn('until', Number.MAX_SAFE_INTEGER),
    }
    return { lines: [...contracts(model()), ...asked(model(), wanted), ...booked(model(), wanted)] }
  },
})
