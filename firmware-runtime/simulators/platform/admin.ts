// What scripts may ask of the platform and change in it over the admin side: state, records, status
// list, accounts, PSAMs, results that come later, and the policy.
import { LaneFault } from '../../core/values/faults.ts'
import { isFen } from '../../core/values/fen.ts'
import { parseIso } from '../../core/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import type { Policy } from './call.ts'
import { statusOf } from './charges.ts'
import type { PlatformModel } from './model.ts'
import { actKinds, isLive } from './settlement-records.ts'
import type { Act, ActKind, PlatformState } from './settlement-records.ts'

const refuse = (field: string, value: unknown, note: string): LaneFault =>
  new LaneFault('ARG-01', { field: `/${field}`, value: JSON.stringify(value) ?? '', note })

const objectOf = (body: unknown): Readonly<Record<string, unknown>> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse('', body, 'a JSON object')
  }
  return { ...body }
}

function textOf(body: Readonly<Record<string, unknown>>, name: string, shape: RegExp): string {
  const value = body[name]
  if (typeof value !== 'string' || !shape.test(value)) {
    throw refuse(name, value, `must match ${shape.source}`)
  }
  return value
}

const cardShape = /^\d{20}$/
/** A card, or an OBU by 8 or 16 hex digits. */
const listedShape = /^(\d{20}|[0-9A-F]{8}|[0-9A-F]{16})$/

/** Of production, or of clients of the sandbox: what they do moves nothing. */
const actsOf = (state: PlatformState, kind: ActKind, ofSandbox = false): readonly Act[] =>
  [...(state.acts.get(kind)?.values() ?? [])].filter(
    ({ row }) => state.onboarding.tried.has(row.appId) === ofSandbox,
  )

/** Charges on record: what took money or will. Refused ones are the kind `rejected`. */
const liveCharges = (state: PlatformState, ofSandbox = false): readonly Act[] =>
  actsOf(state, 'exit-charges', ofSandbox).filter(isLive)

const sum = (acts: readonly Act[], of: (act: Act) => number): number =>
  acts.reduce((total, act) => total + of(act), 0)

const feeOf = (act: Act): number => act.row.charge?.realFee ?? 0
const refundOf = (act: Act): number =>
  act.status === 'SUCCESS' ? (act.row.refund?.refundFee ?? 0) : 0

function countsWith(state: PlatformState, kind: string): Record<string, number> {
  const out: Record<string, number> = {}
  for (const [key, count] of state.refused) {
    if (key.startsWith(`${kind} `)) out[key.slice(kind.length + 1)] = count
  }
  return out
}

/** The figures of contract.md section 4 (`platform`) and what explains them. */
export function stateOf(model: PlatformModel): Record<string, unknown> {
  const { state } = model
  const charges = liveCharges(state)
  const refused = countsWith(state, 'POST /v1/etc/exit-charges')
  const gate = countsWith(state, 'gate')
  const formatRejected = Object.entries(refused)
    .filter(([code]) => code.startsWith('2'))
    .reduce((n, [, count]) => n + count, 0)
  const businessRejected = actsOf(state, 'exit-charges').length - charges.length
  const refunds = actsOf(state, 'refunds')
  return {
    records: charges.length,
    amountFen: sum(charges, feeOf),
    duplicates: state.repeats.get('exit-charges') ?? 0,
    conflicts: state.clashes.get('exit-charges') ?? 0,
    rejected: formatRejected + businessRejected,
    formatRejected,
    businessRejected,
    rejectedByCode: refused,
    signatureFailures: gate['400006'] ?? 0,
    gateRefusals: gate,
    refunds: refunds.length,
    refundedFen: sum(refunds, refundOf),
    exceptions: actsOf(state, 'exceptions').length,
    signIns: actsOf(state, 'sign-ins').length,
    authorizations: actsOf(state, 'authorizations').length,
    batches: actsOf(state, 'batches').length,
    heartbeats: state.heartbeats,
    listVersion: String(state.listChanges.length),
    policy: model.policy,
  }
}

const chargeRow = (act: Act): Record<string, unknown> => ({
  outTradeNo: act.row.no,
  mode: act.row.charge?.mode,
  realFee: feeOf(act),
  status: statusOf(act),
  requests: act.requests,
  bodySm3: act.row.bodySm3,
  tradeNo: act.row.charge?.tradeNo,
  entryNo: act.row.charge?.entryNo ?? null,
  refundedFee: act.refundedFen,
  respCode: act.row.outcome.respCode,
})

const refundRow = (act: Act): Record<string, unknown> => ({
  outRefundNo: act.row.no,
  outTradeNo: act.row.refund?.outTradeNo,
  refundFee: act.row.refund?.refundFee,
  status: act.status,
  requests: act.requests,
  bodySm3: act.row.bodySm3,
})

const otherRow = (act: Act): Record<string, unknown> => ({
  no: act.row.no,
  status: act.status,
  requests: act.requests,
  bodySm3: act.row.bodySm3,
  ...act.row.shown,
})

/** GET /books?kind=&sandbox=: rows in order of arrival; `after` is how many were read before. */
export function storePage(
  state: PlatformState,
  page: { readonly after: number; readonly limit: number; readonly query: URLSearchParams },
): Record<string, unknown> {
  const kind = page.query.get('kind') ?? 'exit-charges'
  const known = actKinds.find((one) => one === kind)
  if (!known && kind !== 'rejected') {
    throw refuse('kind', kind, `one of ${[...actKinds, 'rejected'].join(' ')}`)
  }
  const charges = kind === 'exit-charges' || kind === 'rejected'
  const ofSandbox = page.query.get('sandbox') === 'true'
  const acts = !charges
    ? actsOf(state, known ?? 'exceptions', ofSandbox)
    : kind === 'rejected'
      ? actsOf(state, 'exit-charges', ofSandbox).filter((act) => !isLive(act))
      : liveCharges(state, ofSandbox)
  const rowOf = charges ? chargeRow : kind === 'refunds' ? refundRow : otherRow
  const rows = acts.slice(page.after, page.after + page.limit).map(rowOf)
  const read = page.after + rows.length
  return {
    kind,
    count: acts.length,
    totalFen: kind === 'refunds' ? sum(acts, refundOf) : sum(acts, feeOf),
    rows,
    next: read < acts.length ? read : null,
  }
}

const chargeStatuses = ['SUCCESS', 'FAILED', 'PROCESSING', 'CLOSED'] as const
const refundStatuses = ['PENDING_REVIEW', 'APPROVED', 'SUCCESS', 'REJECTED', 'ABNORMAL'] as const

/** Only from a state that can still change: money that was paid back stays paid back. */
function setStatus(
  model: PlatformModel,
  appId: string,
  kind: 'exit-charges' | 'refunds',
  body: unknown,
): unknown {
  const from = objectOf(body)
  const name = kind === 'refunds' ? 'outRefundNo' : 'outTradeNo'
  const no = textOf(from, name, /^.{1,64}$/)
  const allowed: readonly string[] = kind === 'refunds' ? refundStatuses : chargeStatuses
  const status = textOf(from, 'status', /^[A-Z_]+$/)
  if (!allowed.includes(status)) throw refuse('status', status, `one of ${allowed.join(' ')}`)
  const act = model.state.acts.get(kind)?.get(`${appId}/${no}`)
  if (!act) throw refuse(name, no, 'not in the books')
  const settled = kind === 'refunds' ? ['SUCCESS', 'REJECTED'] : ['SUCCESS', 'REFUNDED', 'FAILED']
  if (settled.includes(act.status)) throw refuse('status', status, `it is ${act.status} for good`)
  model.record({ t: 'status', kind, appId, no, status })
  return { [name]: no, status: act.status }
}

/** `short`: at once, and without its last charge. */
const billTimes = ['nextDay', 'atOnce', 'short', 'none'] as const

function policyOf(body: unknown): Partial<Policy> {
  const from = objectOf(body)
  const out: { -readonly [K in keyof Policy]?: Policy[K] } = {}
  for (const [name, value] of Object.entries(from)) {
    if (name === 'charges' && (value === 'SUCCESS' || value === 'PROCESSING')) out.charges = value
    else if (name === 'list' && (value === 'right' || value === 'older' || value === 'gap'))
      out.list = value
    else if (name === 'bills') {
      const when = billTimes.find((one) => one === value)
      if (!when) throw refuse(name, value, `one of ${billTimes.join(' ')}`)
      out.bills = when
    } else if (name === 'requirePsam' && typeof value === 'boolean') out.requirePsam = value
    else if (name === 'largeFeeFen' && (value === null || isFen(value))) out.largeFeeFen = value
    else if (name === 'refunds') {
      const status = refundStatuses.find((one) => one === value)
      if (!status) throw refuse(name, value, `one of ${refundStatuses.join(' ')}`)
      out.refunds = status
    } else throw refuse(name, value, 'not a policy or not a value of it')
  }
  return out
}

/** The routes beside those every simulator has. `settled` keeps a change durable before its 200. */
export function platformRoutes(
  model: () => PlatformModel,
  appId: string,
  settled: () => Promise<void>,
): AdminRoutes {
  const durable = async (answer: unknown): Promise<unknown> => {
    await settled()
    return answer
  }
  return {
    'GET /policy': () => model().policy,
    'POST /policy': ({ body }) => model().setPolicy(policyOf(body)),
    'POST /status-list': ({ body }) => {
      const from = objectOf(body)
      const first = textOf(from, 'first', cardShape)
      const { count } = from
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 1_000_000)
        throw refuse('count', count, '1 to 1000000')
      model().record({ t: 'listedMany', first, count, fromMs: 0 })
      return durable({ version: String(model().state.listChanges.length) })
    },
    'POST /blacklist': ({ body }) => {
      const from = objectOf(body)
      const cardNo = textOf(from, 'cardNo', listedShape)
      const { listed = true, fromIso } = from
      if (typeof listed !== 'boolean') throw refuse('listed', listed, 'true or false')
      const fromMs = fromIso === undefined ? 0 : parseIso(String(fromIso))
      if (fromMs === null) throw refuse('fromIso', fromIso, 'ISO 8601 with offset')
      model().record({ t: 'listed', cardNo, listed, fromMs })
      return durable({ cardNo, listed })
    },
    'POST /accounts': ({ body }) => {
      const from = objectOf(body)
      const cardNo = textOf(from, 'cardNo', cardShape)
      const { balanceFen } = from
      if (balanceFen !== null && !isFen(balanceFen)) {
        throw refuse('balanceFen', balanceFen, 'integer fen, or null for no limit')
      }
      model().record({ t: 'account', cardNo, balanceFen })
      return durable({ cardNo, balanceFen })
    },
    'GET /accounts/:id': ({ id }) => ({
      cardNo: id,
      balanceFen: model().state.accounts.get(id) ?? null,
    }),
    'POST /psams': ({ body }) => {
      const from = objectOf(body)
      const psamNo = textOf(from, 'psamNo', cardShape)
      const status = from['status']
      if (status !== 1 && status !== 2 && status !== 3 && status !== 4) {
        throw refuse('status', status, '1 normal, 2 blacklisted, 3 locked, 4 not registered')
      }
      model().record({ t: 'psam', psamNo, status })
      return durable({ psamNo, status })
    },
    'POST /charges': ({ body }) => durable(setStatus(model(), appId, 'exit-charges', body)),
    'POST /refunds': ({ body }) => durable(setStatus(model(), appId, 'refunds', body)),
  }
}
