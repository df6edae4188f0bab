// The joint test of a lot with the sandbox of its platform (000 A.2.2 e), as a list: every interface of the dialect,
// with right requests and deliberately wrong ones. Numbers and bodies depend on the run alone, so an interrupted trial
// is repeated unchanged.
import type { ProtocolLine, TrialKind } from '#ledger/calls/onboarding-views.ts'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import { dayMs, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type {
  Call,
  Dialect,
  InterfaceId,
  InterfaceRow,
  LotNames,
  PlatformAnswer,
  PlatformRequest,
} from '#ledger/ports/dialect.ts'
import type { LaneHeartbeat } from '#base/ports/platform-monitor.ts'
import type { Verdict } from '#ledger/ports/verdict.ts'

interface JointRun {
  /** Prefix of its numbers. */
  readonly runId: string
  readonly startedAtMs: InstantMs
}

export interface TriedLot extends LotNames {
  readonly name: string
  readonly laneId: string
}

export interface Trial {
  readonly interfaceId: InterfaceId
  readonly what: TrialKind
}

interface Judged {
  readonly ok: boolean
  /** The answer, as a word or a code. */
  readonly said: string
  /** Decided later: how the result is found; absent: finished. */
  readonly next?: 'query' | 'send'
}

interface Asked {
  readonly request: PlatformRequest
  judge(answer: PlatformAnswer): Judged
}

interface MadeTrial extends Asked {
  /** Query for a result that is decided later; null: none. */
  readonly query: Asked | null
}

const amountFen = 100
/** Numbers that no card, OBU or PSAM has. */
const [cardNo, psamTerminal] = ['00000000000000000000', '000000000000']

const isQuery = (id: InterfaceId): id is 'chargeQuery' | 'refundQuery' => id.endsWith('Query')

/** The number of each interface's trial. */
const numberOf = ({ runId }: JointRun, id: InterfaceId): string =>
  `${runId}${id.replace('Query', '').slice(0, 1).toUpperCase()}`

function facts(run: JointRun, lot: TriedLot): ChargeFacts {
  const businessNo = numberOf(run, 'charge')
  return {
    deductionId: null,
    stayId: `${businessNo}S`,
    orderId: null,
    laneId: lot.laneId,
    businessNo,
    outTradeNo: null,
    plate: '测A00000',
    colour: 'blue',
    enteredAtMs: run.startedAtMs - 60 * minuteMs,
    atMs: run.startedAtMs,
    amountFen,
    obu: null,
    proof: null,
    offline: false,
  }
}

const unnumbered = ['list', 'listCheck', 'bill', 'splitBill', 'certificates', 'monitor'] as const

type Numbered = Exclude<InterfaceId, (typeof unnumbered)[number]>

function bodyOf(dialect: Dialect, id: Numbered, run: JointRun, lot: TriedLot): string {
  const own = facts(run, lot)
  const { startedAtMs: atMs } = run
  const { laneId, plate, stayId } = own
  switch (id) {
    case 'charge':
      return dialect.chargeBody(lot, 'charge', own, '0')
    case 'signIn': {
      const listNo = numberOf(run, id)
      const { lotId, name: lotName } = lot
      return dialect.signInBody(lot, { listNo, psamTerminal, lotId, lotName, laneId, atMs })
    }
    case 'exception':
      return dialect.exceptionBody(lot, {
        exceptionNo: numberOf(run, id),
        exceptionType: 'obuNotRead',
        handling: 'otherPayment',
        atMs,
        laneId,
        stayId,
        plate,
        orderId: null,
        outTradeNo: null,
        obuId: null,
        cardNo: null,
        paid: null,
      })
    case 'refund': {
      const deduction = { deductionId: stayId, orderId: stayId, stayId, laneId, amountFen }
      return dialect.refundBody({
        refundId: numberOf(run, id),
        deduction: { ...deduction, outTradeNo: own.businessNo },
        amountFen,
        atMs,
        reason: '联调',
      })
    }
    case 'chargeQuery':
    case 'refundQuery':
      return ''
  }
}

const saidOf = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'confirmed':
      return `${verdict.state}${verdict.replayed ? ' replayed' : ''}`
    case 'refused':
    case 'rejected':
      return `${verdict.respCode} ${verdict.reason}`
    case 'hold':
    case 'silence':
    case 'retry':
      return verdict.why
    case 'notFound':
    case 'processing':
      return verdict.kind
  }
}

const fits = (what: TrialKind, verdict: Verdict): boolean => {
  if (what === 'unknown') return verdict.kind === 'notFound'
  // A repeat is recognised also where its first answer, "in progress", is what comes again.
  if (what === 'repeat' && verdict.kind === 'processing') return verdict.replayed === true
  return verdict.kind === 'confirmed' && (what !== 'repeat' || verdict.replayed)
}

function numbered(dialect: Dialect, { interfaceId, what }: Trial, run: JointRun, lot: TriedLot) {
  const op = interfaceId as Numbered
  const no = numberOf(run, op)
  const asks = op === 'charge' || op === 'refund' ? dialect.queryOf(op) : null
  const call: Call = {
    op,
    businessNo: what === 'unknown' ? `${no}X` : no,
    body: bodyOf(dialect, op, run, lot),
    amountFen: op === 'exception' || op === 'signIn' ? null : amountFen,
  }
  const judged =
    (of: Call, again: readonly Verdict['kind'][]) =>
    (answer: PlatformAnswer): Judged => {
      const verdict = dialect.judge(of, answer)
      const found = { ok: fits(what, verdict), said: saidOf(verdict) }
      if (asks === null || found.ok) return found
      if (verdict.kind === 'processing') return { ...found, next: 'query' }
      return again.includes(verdict.kind) ? { ...found, next: 'send' } : found
    }
  const result: Call | null = asks === null ? null : { ...call, op: asks, body: '' }
  return {
    request: dialect.requestFor(call),
    judge: judged(call, []),
    // Decided by now: a repeat must be recognised.
    query:
      result === null
        ? null
        : { request: dialect.requestFor(result), judge: judged(result, ['confirmed']) },
  }
}

/** An invalid list gives the rule that it breaks. */
const listIn = (dialect: Dialect, body: Uint8Array): string =>
  onFault(
    () => `version ${dialect.readList(body, () => undefined).version}`,
    (error) => error.code,
  )

/** Heartbeat of a lane without known devices. */
const heartbeatOf = ({ startedAtMs }: JointRun, { laneId }: TriedLot): LaneHeartbeat => ({
  laneId,
  seq: 1,
  atMs: startedAtMs,
  clockOffsetMs: null,
  clockReadMs: null,
  softwareVersion: '0',
  configVersion: null,
  listVersion: null,
  listAgeSec: null,
  psam: 9,
  signedInUntilMs: null,
  machine: { cpuPct: null, memPct: null, diskFreePct: null },
  antenna: 9,
  camera: 9,
  barrier: 9,
  coil: 9,
  queued: 0,
  oldestQueuedSec: null,
  todayCount: 0,
  todayFen: 0,
})

function read(dialect: Dialect, id: InterfaceId, run: JointRun, lot: TriedLot): Asked {
  const { certificates, monitor } = dialect
  const bill = id === 'splitBill' ? dialect.splitBill : dialect.bill
  const day = isoOf(run.startedAtMs - 2 * dayMs).slice(0, 10)
  const seen = (answer: PlatformAnswer, isRight: boolean, said: string): Judged => {
    const { verified, status } = answer
    if (verified !== 'valid' || status !== 200) return { ok: false, said: `${verified} ${status}` }
    return { ok: isRight, said }
  }
  if (id === 'listCheck')
    return {
      request: dialect.listCheck(cardNo),
      judge(answer) {
        const isListed = dialect.readListCheck(answer.body, cardNo)
        return seen(answer, isListed !== null, isListed === null ? 'unreadable' : 'answered')
      },
    }
  if ((id === 'bill' || id === 'splitBill') && bill !== null)
    return {
      request: bill.request(day),
      judge(answer) {
        const found = bill.judge(day, answer)
        return { ok: ['bill', 'sealed', 'notYet'].includes(found.kind), said: found.kind }
      },
    }
  if (id === 'certificates' && certificates !== null)
    return {
      request: certificates.request(),
      judge(answer) {
        const found = certificates.read(answer.body)
        return seen(answer, found !== null, `${found?.length ?? 0} certificates`)
      },
    }
  if (id === 'monitor' && monitor !== null)
    return {
      request: monitor.request(lot, heartbeatOf(run, lot)),
      judge: (answer) => seen(answer, monitor.isWanted(answer.body), 'taken'),
    }
  return {
    request: dialect.listRequest('0'),
    judge(answer) {
      const said = listIn(dialect, answer.body)
      return seen(answer, said.startsWith('version'), said)
    },
  }
}

const isNumbered = (id: InterfaceId): id is Numbered => unnumbered.every((one) => one !== id)

/** A signature over other bytes has to be refused, in a signed answer of the platform. */
function refusedSignature(dialect: Dialect, answer: PlatformAnswer): Judged {
  const { status, verified, body } = answer
  const code = dialect.respCodeOf(new TextDecoder().decode(body.subarray(0, 4096)))
  const ok = (status === 401 || status === 403) && verified === 'valid'
  return { ok, said: ok ? (code ?? String(status)) : `${verified} ${status}` }
}

export function madeTrial(dialect: Dialect, trial: Trial, run: JointRun, lot: TriedLot): MadeTrial {
  const { interfaceId, what } = trial
  const made = isNumbered(interfaceId)
    ? numbered(dialect, trial, run, lot)
    : { ...read(dialect, interfaceId, run, lot), query: null }
  return what === 'forged'
    ? { ...made, judge: (answer) => refusedSignature(dialect, answer) }
    : made
}

/** A platform takes no record of a lane that has not signed in. */
const signInFirst = (rows: readonly InterfaceRow[]): readonly InterfaceRow[] =>
  rows.toSorted((a, b) => Number(b.id === 'signIn') - Number(a.id === 'signIn'))

/** Right requests first; then those to be refused or recognised as repeats. */
export const trialsOf = (rows: readonly InterfaceRow[]): readonly Trial[] =>
  signInFirst(rows).flatMap(({ id: interfaceId }) => {
    const more: TrialKind = isQuery(interfaceId) ? 'unknown' : 'repeat'
    const kinds: readonly TrialKind[] = isNumbered(interfaceId) ? [more] : []
    return (['right', ...kinds, 'forged'] as const).map((what) => ({ interfaceId, what }))
  })

export const lastOf = (lines: readonly ProtocolLine[], trial: Trial): ProtocolLine | undefined =>
  lines.findLast((one) => one.interfaceId === trial.interfaceId && one.what === trial.what)

/** The remaining trials, in order. */
export const openTrials = (
  rows: readonly InterfaceRow[],
  lines: readonly ProtocolLine[],
): readonly Trial[] => trialsOf(rows).filter((trial) => lastOf(lines, trial)?.ok !== true)
