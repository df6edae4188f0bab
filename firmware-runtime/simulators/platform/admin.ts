// The administration routes for scripts: read and change state, records, status list, accounts, PSAMs, delayed results
// and the policy.
import { isFen } from '#base/pure/values/fen.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { membersOf, pageOf, refuse, type Members } from '../shell/members.ts'
import { billFaults, clearingStatuses, type BillFault } from './records/bill-faults.ts'
import { balanceOf, everybody, listOf, ofApp } from './records/by-application.ts'
import type { Policy } from './call.ts'
import { statusOf } from './records/charges.ts'
import type { PlatformModel } from './model.ts'
import { actKinds, isLive } from './records/settlement-records.ts'
import type { Act, ActKind, PlatformState } from './records/settlement-records.ts'

function textOf(body: Members, name: string, shape: RegExp): string {
  const value = body[name]
  if (typeof value !== 'string' || !shape.test(value)) {
    throw refuse(name, value, `must match ${shape.source}`)
  }
  return value
}

const channelShape = /^[A-Za-z0-9]{1,32}$/

/** The named channel, else `otherwise`. */
export function channelIn(body: Members, otherwise = everybody): string {
  const { appId } = body
  return appId === undefined || appId === '' ? otherwise : textOf(body, 'appId', channelShape)
}

const cardShape = /^\d{20}$/
/** A card, or an OBU by 8 or 16 hex digits. */
const listedShape = /^(\d{20}|[0-9A-F]{8}|[0-9A-F]{16})$/

/** What the routes of one part need. */
export interface AdminPlan {
  model(): PlatformModel
  /** Channel of a call that names none. */
  readonly appId: string
  /** Makes a change durable before its 200. */
  settled(): Promise<void>
  nowMs(): number
}

/** One channel, production, or the sandbox clients, whose calls change nothing in production. */
type Whose = { readonly appId: string } | { readonly isSandbox: boolean }
const production: Whose = { isSandbox: false }

const actsOf = (state: PlatformState, kind: ActKind, whose: Whose = production): readonly Act[] =>
  [...(state.acts.get(kind)?.values() ?? [])].filter(({ row }) =>
    'appId' in whose
      ? row.appId === whose.appId
      : state.onboarding.tried.has(row.appId) === whose.isSandbox,
  )

/** Charges on record that took or will take money. Refused ones are of kind `rejected`. */
const liveCharges = (state: PlatformState, whose: Whose = production): readonly Act[] =>
  actsOf(state, 'exit-charges', whose).filter(isLive)

const sum = (acts: readonly Act[], of: (act: Act) => number): number =>
  acts.reduce((total, act) => total + of(act), 0)

const feeOf = (act: Act): number => act.row.charge?.realFee ?? 0
const refundOf = (act: Act): number =>
  act.status === 'SUCCESS' ? (act.row.refund?.refundFee ?? 0) : 0

/** Counts by the rest of their key, of one channel or of all. */
function countsWith(
  counts: ReadonlyMap<string, number>,
  kind: string,
  appId: string,
): Record<string, number> {
  const out: Record<string, number> = {}
  for (const [key, count] of counts) {
    const at = key.indexOf('/')
    const [of, what] = [key.slice(0, at), key.slice(at + 1)]
    if ((appId !== everybody && of !== appId) || !what.startsWith(kind)) continue
    const rest = what.slice(kind.length).trim()
    out[rest] = (out[rest] ?? 0) + count
  }
  return out
}

/** The figures of contract.md section 4 (`platform`) with their details: of one channel, or of all in production. */
export function stateOf(model: PlatformModel, appId = everybody): Record<string, unknown> {
  const { state } = model
  const whose: Whose = appId === everybody ? production : { appId }
  const actsIn = (kind: ActKind): readonly Act[] => actsOf(state, kind, whose)
  const charges = liveCharges(state, whose)
  const refused = countsWith(state.refused, 'POST /v1/etc/exit-charges', appId)
  const gate = countsWith(state.refused, 'gate', appId)
  const formatRejected = Object.entries(refused)
    .filter(([code]) => code.startsWith('2'))
    .reduce((n, [, count]) => n + count, 0)
  const businessRejected = actsIn('exit-charges').length - charges.length
  const refunds = actsIn('refunds')
  return {
    records: charges.length,
    amountFen: sum(charges, feeOf),
    duplicates: countsWith(state.repeats, 'exit-charges', appId)[''] ?? 0,
    conflicts: countsWith(state.clashes, 'exit-charges', appId)[''] ?? 0,
    rejected: formatRejected + businessRejected,
    formatRejected,
    businessRejected,
    rejectedByCode: refused,
    signatureFailures: gate['400006'] ?? 0,
    gateRefusals: gate,
    refunds: refunds.length,
    refundedFen: sum(refunds, refundOf),
    exceptions: actsIn('exceptions').length,
    signIns: actsIn('sign-ins').length,
    authorizations: actsIn('authorizations').length,
    batches: actsIn('batches').length,
    entryRecords: actsIn('entry-records').length,
    exitRecords: actsIn('exit-records').length,
    shiftRecords: actsIn('shift-records').length,
    feedbackRecords: actsIn('feedback-records').length,
    feedbackStates: actsIn('feedback-states').length,
    plateRecords: actsIn('plate-records').length,
    heartbeats: [...state.heartbeats]
      .filter(([one]) => (appId === everybody ? !state.onboarding.tried.has(one) : one === appId))
      .reduce((total, [, count]) => total + count, 0),
    listVersion: String(listOf(state.lists, appId).changes.length),
    policy: model.policyOf(appId),
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
  ...(act.review === undefined ? {} : { reviewedBy: act.review.by, reason: act.review.reason }),
})

const otherRow = (act: Act): Record<string, unknown> => ({
  no: act.row.no,
  status: act.status,
  requests: act.requests,
  bodySm3: act.row.bodySm3,
  ...act.row.shown,
})

/** An exception about a charge that never arrived is lawful (8.3.1 b), and shown as such. */
const exceptionRow =
  ({ acts }: PlatformState) =>
  (act: Act): Record<string, unknown> => {
    const { appId, shown } = act.row
    const no = shown?.['outTradeNo']
    const matched = typeof no === 'string' ? acts.get('exit-charges')?.has(`${appId}/${no}`) : null
    return { ...otherRow(act), matched }
  }

/** GET /books?kind=&sandbox=&appId=: rows in order of arrival; `after` is the number of rows read before. */
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
  const appId = page.query.get('appId') ?? ''
  const isSandbox = page.query.get('sandbox') === 'true'
  const whose: Whose = appId === '' ? { isSandbox } : { appId }
  const acts = !charges
    ? actsOf(state, known ?? 'exceptions', whose)
    : kind === 'rejected'
      ? actsOf(state, 'exit-charges', whose).filter((act) => !isLive(act))
      : liveCharges(state, whose)
  const small = kind === 'exceptions' ? exceptionRow(state) : otherRow
  const rowOf = charges ? chargeRow : kind === 'refunds' ? refundRow : small
  const { count, rows, next } = pageOf(acts, page)
  const totalFen = sum(acts, kind === 'refunds' ? refundOf : feeOf)
  return { kind, count, totalFen, rows: rows.map(rowOf), next }
}

const chargeStatuses = ['SUCCESS', 'FAILED', 'PROCESSING', 'CLOSED'] as const
const refundStatuses = ['PENDING_REVIEW', 'APPROVED', 'SUCCESS', 'REJECTED', 'ABNORMAL'] as const

/** Only from a state that can still change: a refund that was paid stays paid. */
function setStatus(
  model: PlatformModel,
  otherwise: string,
  kind: 'exit-charges' | 'refunds',
  body: unknown,
): unknown {
  const from = membersOf(body)
  const appId = channelIn(from, otherwise)
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

const tookMoney: readonly string[] = ['SUCCESS', 'REFUNDED']

/** Sets the clearing state of a charge, for its bill. */
function setClearing(model: PlatformModel, appId: string, body: unknown): unknown {
  const from = membersOf(body)
  const outTradeNo = textOf(from, 'outTradeNo', /^.{1,64}$/)
  const status = clearingStatuses.find((one) => one === from['status']) ?? 'UNCLEARED'
  const { accountDate = null } = from
  const act = model.state.acts.get('exit-charges')?.get(`${appId}/${outTradeNo}`)
  if (act === undefined) throw refuse('outTradeNo', outTradeNo, 'not in the books')
  if (!tookMoney.includes(act.status)) throw refuse('status', act.status, 'it took no money')
  const isDay = typeof accountDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(accountDate)
  if (isDay !== (status === 'CLEARED'))
    throw refuse('accountDate', accountDate, 'the day of CLEARED, and of nothing else')
  const day = isDay ? accountDate : null
  model.record({ t: 'clearing', appId, no: outTradeNo, status, accountDate: day })
  return { outTradeNo, status, accountDate: day }
}

const isClearing = (body: unknown): boolean =>
  clearingStatuses.some((one) => one === membersOf(body)['status'])

/** `short`: at once, without the last charge. */
const billTimes = ['nextDay', 'atOnce', 'short', 'none'] as const

function billFaultsOf(value: unknown): readonly BillFault[] {
  if (!Array.isArray(value)) throw refuse('billFaults', value, 'a list')
  return value.map((one: unknown) => {
    const from = membersOf(one)
    const what = billFaults.find((name) => name === from['do'])
    if (!what) throw refuse('billFaults/do', from['do'], `one of ${billFaults.join(' ')}`)
    return { do: what, outTradeNo: textOf(from, 'outTradeNo', /^[A-Za-z0-9_-]{1,32}$/) }
  })
}

function splitOf(value: unknown): Policy['split'] {
  if (!Array.isArray(value)) throw refuse('split', value, 'a list')
  const parties = value.map((one: unknown) => {
    const from = membersOf(one)
    const { shareBp } = from
    if (typeof shareBp !== 'number' || !Number.isInteger(shareBp) || shareBp < 0)
      throw refuse('split/shareBp', shareBp, '0 to 10000')
    return { partyId: textOf(from, 'partyId', /^\w{1,32}$/), shareBp }
  })
  const sumBp = parties.reduce((sum, { shareBp }) => sum + shareBp, 0)
  if (sumBp !== 10_000) throw refuse('split', sumBp, 'shares that add up to 10000')
  return parties
}

function shapesOf(value: unknown): Policy['shapes'] {
  if (!Array.isArray(value)) throw refuse('shapes', value, 'a list')
  return value.map((one: unknown) => {
    const from = membersOf(one)
    const kind = actKinds.find((known) => known === from['kind'])
    if (kind === undefined)
      throw refuse('shapes/kind', from['kind'], `one of ${actKinds.join(' ')}`)
    const shape = textOf(from, 'shape', /^.{1,100}$/)
    return { kind, member: textOf(from, 'member', /^\w{1,40}$/), shape }
  })
}

const among =
  (...words: readonly unknown[]) =>
  (value: unknown): boolean =>
    words.includes(value)
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
/** Settings that are taken as they are when they fit. */
const plainPolicy: Readonly<Record<string, (value: unknown) => boolean>> = {
  charges: among('SUCCESS', 'PROCESSING'),
  list: among('right', 'older', 'gap'),
  requirePsam: isFlag,
  encryptVehicleIds: isFlag,
  fileCipher: among('SM4-GCM', 'SM4-CBC'),
  largeFeeFen: (value) => value === null || isFen(value),
  consumptions: among('open', 'required'),
  consumptionSec: Number.isInteger,
}
const wordsOfPolicy: Readonly<Record<string, readonly string[]>> = {
  bills: billTimes,
  refunds: refundStatuses,
}
const listsOfPolicy: Readonly<Record<string, (value: unknown) => unknown>> = {
  billFaults: billFaultsOf,
  split: splitOf,
  shapes: shapesOf,
}

function policyOf(from: Members): Partial<Policy> {
  const settings = Object.entries(from).map(([name, value]) => {
    const words = Object.hasOwn(wordsOfPolicy, name) ? wordsOfPolicy[name] : undefined
    if (words?.every((one) => one !== value)) throw refuse(name, value, `one of ${words.join(' ')}`)
    if (words !== undefined || plainPolicy[name]?.(value) === true) return [name, value]
    const list = Object.hasOwn(listsOfPolicy, name) ? listsOfPolicy[name] : undefined
    if (list === undefined) throw refuse(name, value, 'not a policy or not a value of it')
    return [name, list(value)]
  })
  return Object.fromEntries(settings) as Partial<Policy>
}

/** Operator plans, rules and feedback. Not checked, so that lots can be tested with invalid ones. */
const dutyRoutes = (
  model: () => PlatformModel,
  appId: string,
  durable: (answer: unknown) => Promise<unknown>,
): AdminRoutes => ({
  'POST /shifts': ({ body }) => {
    const from = membersOf(body)
    const parkId = textOf(from, 'parkId', /^[A-Za-z0-9]{1,32}$/)
    const day = textOf(from, 'date', /^\d{4}-\d{2}-\d{2}$/)
    const { shifts } = from
    if (!Array.isArray(shifts)) throw refuse('shifts', shifts, 'a list')
    model().record({ t: 'plan', appId: channelIn(from), parkId, day, shifts })
    return durable({ parkId, date: day, shifts: shifts.length })
  },
  'POST /feedback': ({ body }) => {
    const { appId: _, ...message } = membersOf(body)
    const whom = channelIn(membersOf(body), appId)
    model().record({ t: 'feedback', appId: whom, message })
    return durable({ lastSeq: model().state.feedback.get(whom)?.length })
  },
  'POST /configuration': ({ body }) => {
    const from = membersOf(body)
    const parkId = textOf(from, 'parkId', /^[A-Za-z0-9]{1,32}$/)
    const whom = channelIn(from)
    const settings = membersOf(from['settings'])
    model().record({ t: 'configuration', appId: whom, parkId, settings })
    const { configurations } = model().state.duty
    return durable({ parkId, version: ofApp(configurations, whom, parkId)?.version })
  },
})

/** The routes beside those of every simulator. `settled` makes a change durable before its 200. */
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
    'GET /policy': ({ query }) => model().policyOf(query.get('appId') ?? everybody),
    'POST /policy': ({ body }) => {
      const { appId: _, ...change } = membersOf(body)
      return model().setPolicy(policyOf(change), channelIn(membersOf(body)))
    },
    'POST /status-list': ({ body }) => {
      const from = membersOf(body)
      const first = textOf(from, 'first', cardShape)
      const { count } = from
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 1_000_000)
        throw refuse('count', count, '1 to 1000000')
      const whom = channelIn(from)
      model().record({ t: 'listedMany', appId: whom, first, count, fromMs: 0 })
      return durable({ version: String(listOf(model().state.lists, whom).changes.length) })
    },
    'POST /blacklist': ({ body }) => {
      const from = membersOf(body)
      const cardNo = textOf(from, 'cardNo', listedShape)
      const { listed = true, fromIso } = from
      if (typeof listed !== 'boolean') throw refuse('listed', listed, 'true or false')
      const fromMs = fromIso === undefined ? 0 : parseIso(String(fromIso))
      if (fromMs === null) throw refuse('fromIso', fromIso, 'ISO 8601 with offset')
      model().record({ t: 'listed', appId: channelIn(from), cardNo, listed, fromMs })
      return durable({ cardNo, listed })
    },
    'POST /accounts': ({ body }) => {
      const from = membersOf(body)
      const cardNo = textOf(from, 'cardNo', cardShape)
      const { balanceFen } = from
      if (balanceFen !== null && !isFen(balanceFen)) {
        throw refuse('balanceFen', balanceFen, 'integer fen, or null for no limit')
      }
      model().record({ t: 'account', appId: channelIn(from), cardNo, balanceFen })
      return durable({ cardNo, balanceFen })
    },
    'GET /accounts/:id': ({ id, query }) => {
      const whom = query.get('appId') ?? appId
      return { cardNo: id, balanceFen: balanceOf(model().state.accounts, whom, id) ?? null }
    },
    'POST /psams': ({ body }) => {
      const from = membersOf(body)
      const psamNo = textOf(from, 'psamNo', cardShape)
      const status = from['status']
      if (status !== 1 && status !== 2 && status !== 3 && status !== 4) {
        throw refuse('status', status, '1 normal, 2 blacklisted, 3 locked, 4 not registered')
      }
      model().record({ t: 'psam', appId: channelIn(from), psamNo, status })
      return durable({ psamNo, status })
    },
    ...dutyRoutes(model, appId, durable),
    'POST /charges': ({ body }) =>
      durable(
        isClearing(body)
          ? setClearing(model(), appId, body)
          : setStatus(model(), appId, 'exit-charges', body),
      ),
    'POST /refunds': ({ body }) => durable(setStatus(model(), appId, 'refunds', body)),
  }
}
