// What the issuer's side of the platform has of one channel (table I.1), for who judges it: contracts looked up by card and by OBU,
// what was asked and answered, each charge against its booking, each day against its charges.
import { isoOf, parseIso } from '../../core/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { refuse } from './admin-members.ts'
import { keyOf } from './by-application.ts'
import { takenFen } from './issuer.ts'
import type { PlatformModel } from './model.ts'
import type { RequestLog } from './request-log.ts'

interface IssuerLine {
  readonly kind: string
  readonly ok: boolean
  readonly ref: string
  readonly text: string
}

interface Wanted {
  readonly appId: string
  readonly fromMs: number
}

/** Interfaces behind which the issuer stands. */
const services: Readonly<Record<string, string>> = {
  'POST /v1/status-list/check': 'statusCheck',
  'POST /v1/etc/exit-charges': 'charge',
  'POST /v1/etc/consumptions/{consumptionNo}/confirm': 'charge',
  'POST /v1/etc/refunds': 'refund',
  'GET /v1/etc/exit-charges/{outTradeNo}': 'query',
  'GET /v1/etc/refunds/{outRefundNo}': 'query',
  'GET /v1/bills/exit': 'bill',
}
/** A bill that is still being made. */
const notYet = '100002'

/** A refusal of business (3xxxxx) is an answer: a poor card is refused as it should be. */
function asked(log: RequestLog, { appId, fromMs }: Wanted): readonly IssuerLine[] {
  const all = log.list({ after: 0, limit: 1_000, appId, name: null, code: null })
  return all.flatMap(({ seq, atMs, name, respCode, status, did }) => {
    const kind = services[name]
    if (kind === undefined || atMs < fromMs || (kind === 'bill' && respCode === notYet)) return []
    const ok = (did === 'answer' || did === 'twice') && /^[13]/.test(respCode)
    const said = [isoOf(atMs), name, status ?? did, respCode].join(' ').trim()
    return [{ kind, ok, ref: String(seq), text: said }]
  })
}

/** By OBU the same as by card. */
const contracts = ({ state }: PlatformModel): readonly IssuerLine[] =>
  [...new Set(state.contracts.values())].map(({ contractNo, cardNo, obuId }) => {
    const found = [cardNo, obuId].flatMap((no) =>
      no === undefined ? [] : [state.contracts.get(no)],
    )
    const ok = found.every((one) => one?.contractNo === contractNo)
    const text = `${cardNo} ${obuId ?? '-'} ${found.map((one) => one?.contractNo ?? '-').join(' ')}`
    return { kind: 'contractNo', ok, ref: contractNo, text }
  })

function booked({ state }: PlatformModel, { appId, fromMs }: Wanted): readonly IssuerLine[] {
  const lines: IssuerLine[] = []
  const days = new Map<string, [number, number]>()
  for (const act of state.acts.get('exit-charges')?.values() ?? []) {
    const { no, charge, atMs } = act.row
    if (charge === undefined || act.row.appId !== appId || atMs < fromMs) continue
    const [taken, own] = [takenFen(act), state.booked.get(keyOf(appId, no)) ?? 0]
    const day = isoOf(charge.transMs).slice(0, 10)
    const [dayTaken, dayOwn] = days.get(day) ?? [0, 0]
    days.set(day, [dayTaken + taken, dayOwn + own])
    if (taken === 0 && own === 0) continue
    const text = `charged ${taken} fen, booked ${own}`
    lines.push({ kind: 'bookkeeping', ok: taken === own, ref: no, text })
  }
  const sums = [...days].map(([day, [taken, own]]): IssuerLine => ({
    kind: 'reconciliation',
    ok: taken === own,
    ref: day,
    text: `charged ${taken} fen, booked ${own}`,
  }))
  return [...lines, ...sums]
}

/** GET /issuer?appId=&from=: what is older than `from` is left out, contracts excepted. */
export const issuerBookRoutes = (
  model: () => PlatformModel,
  log: RequestLog,
  testAppId: string,
): AdminRoutes => ({
  'GET /issuer': ({ query }) => {
    const from = query.get('from')
    const fromMs = from === null ? 0 : parseIso(from)
    if (fromMs === null) throw refuse('from', from, 'ISO 8601 with offset')
    const wanted = { appId: query.get('appId') ?? testAppId, fromMs }
    return { lines: [...contracts(model()), ...asked(log, wanted), ...booked(model(), wanted)] }
  },
})
