// A running lot for first cars: a platform that stores records and answers, an antenna driven by the test, and a power cut
// after any row. The platform survives the cut, as a real one does.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { firstCarCalls } from '#devices/desk/handlers/control-first-car.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import { reportPart } from '#money/pure/billing/report-part.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import type { BarrierCommand } from '#devices/pure/lane/barrier.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { b5, loop, plate, proofFor } from '../../lane/pure/lane-bench.ts'
import { HandClock, listedRows, ListLedger, startMs } from './control-kit.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'

const meta = { httpStatus: 200, respCode: '100000', requestId: 'R' }

/** The expansion platform's settlement records by number: what it charged or accepted, and refunded. */
export class Platform {
  readonly charges = new Map<string, number>()
  readonly refunds = new Map<string, number>()
  /** Every request, in order. */
  readonly asked: string[] = []
  refundVerdict: QueueVerdict = { kind: 'confirmed', tradeNo: null }
  /** Requests arrive, but get no answer. */
  silent = false
  chargeVerdict: QueueVerdict | null = null
  /** Requests take effect, but their answer comes too late. */
  late = false

  take(op: string, kind: string, no: string, body: string): QueueVerdict {
    this.asked.push(`${op} ${kind}`)
    const members = JSON.parse(body) as Record<string, unknown>
    const records = kind === 'refund' ? this.refunds : this.charges
    const isKept = ['confirmed', 'processing'].includes(this.refundVerdict.kind)
    if (op === 'post' && kind === 'refund' && isKept) records.set(no, Number(members['refundFee']))
    if (op === 'post' && (kind === 'charge' || kind === 'exitUpload'))
      records.set(no, Number(members['realFee']))
    if (kind !== 'exception' && kind !== 'refund' && this.chargeVerdict !== null)
      return this.chargeVerdict
    if (kind === 'exception') return { kind: 'confirmed', tradeNo: null }
    if (kind === 'refund' && this.refundVerdict.kind !== 'confirmed') return this.refundVerdict
    return records.has(no) ? { kind: 'confirmed', tradeNo: 'T1' } : { kind: 'notFound' }
  }
}

class CutLedger extends ListLedger {
  /** Row counts after each transaction: a power cut leaves whole transactions. */
  readonly ends: number[] = []

  override append(drafts: Parameters<ListLedger['append']>[0]): readonly LedgerRow[] {
    const rows = super.append(drafts)
    this.ends.push(this.list.length)
    return rows
  }
}

export class FirstCarLot {
  readonly clock: HandClock
  readonly ledger: CutLedger
  readonly runtime: LotRuntime
  readonly platform: Platform
  readonly told: RsuCommand[] = []
  opens: string[] = []
  private acts = 0
  private readonly mode: ChargeMode
  private readonly control: ReturnType<typeof firstCarCalls>

  constructor(
    mode: ChargeMode,
    rows: readonly LedgerRow[] = [],
    platform: Platform | null = new Platform(),
    clock = new HandClock(),
  ) {
    this.mode = mode
    this.clock = clock
    this.ledger = new CutLedger(rows)
    this.platform = platform ?? new Platform()
    const nowMs = (): number => startMs + Math.floor(clock.us / 1000)
    const business = { nowMs, steadyMs: nowMs }
    const uploader: Uploader = {
      clockOffsetMs: 0,
      send: (record, op, _timeoutMs, done) => {
        const verdict = this.platform.take(op, record.op, record.businessNo, record.body)
        if (this.platform.silent) return
        const silence = { kind: 'silence', reason: 'timeout', sent: true } as const
        if (this.platform.late) return void clock.after(3000, () => done(silence, meta))
        clock.after(5, () => done(verdict, meta))
      },
      signIn: () => undefined,
    }
    this.runtime = new LotRuntime({
      dialect: guangxi,
      config: {
        ...lotFile(),
        chargeMode: mode,
        ...(platform === null ? { platform: 'later' } : {}),
      } as LotConfig,
      tariff: demoTariff,
      ledger: this.ledger,
      crypto: standInCrypto,
      business,
      mono: clock,
      uploader: platform === null ? null : uploader,
      devicesOf: () => ({
        rsu: {
          send: (command) => this.told.push(command),
          hasProof: false,
          silenceMs: 0,
          resultTimeMs: 5000,
          psams: () => [{ terminal: '1', authorised: true }],
        },
        barrier: {
          send: (command: BarrierCommand) => {
            if (command.do === 'open') this.opens.push(command.passId)
          },
        },
        display: null,
      }),
      fatal: (fault) => {
        throw fault
      },
      idle: () => undefined,
      statusList: { version: 'v1', asOfMs: startMs, has: () => false },
      version: 'test',
      repair: 'B',
      times: standardTimes,
    })
    this.runtime.start()
    const { runtime } = this
    runtime.append([
      {
        kind: 'signIn',
        atMs: runtime.nowMs(),
        body: { psamNo: '1', validUntilMs: startMs + 86_400_000, status: 1 },
      },
    ])
    this.control = firstCarCalls({ runtime, acts: new ControlActs(runtime, clock) })
    this.give({ type: 'rsuUp', psamTerminals: [], rsuId: '' }, { type: 'barrierUp' })
    this.give(loop('arrive', 'off'), loop('under', 'off'))
  }

  give(...events: readonly Parameters<LotRuntime['dispatch']>[1][]): void {
    for (const event of events) this.runtime.dispatch('exit', event)
  }

  private who() {
    return { laneId: 'exit', by: '装机员', reason: '首车', commandId: `first-${++this.acts}-cmd` }
  }

  start(of = plate): void {
    this.control['first.start']({ ...this.who(), plate: of }, 'installer')
  }

  stop(): void {
    this.control['first.stop'](this.who(), 'installer')
  }

  get test() {
    return this.control['first.state']({ laneId: 'exit' }).test
  }

  get phase() {
    return this.test?.phase
  }

  /** The card's answer to C6, where the lot debits cards. */
  debited(): void {
    if (this.mode === 'card') this.give(b5('paid', proofFor(9_999)))
  }

  leave(): void {
    this.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
    this.give({ type: 'passed', passId: this.opens.at(-1) ?? '' })
  }

  /** Advances two hours, minute by minute. */
  later(): void {
    for (let minutes = 0; minutes < 120; minutes++) this.clock.advance(60_000)
  }

  rows<K extends LedgerRow['kind']>(kind: K): Extract<LedgerRow, { kind: K }>[] {
    return this.ledger.list.filter(
      (row): row is Extract<LedgerRow, { kind: K }> => row.kind === kind,
    )
  }
}

/** The refunds in cash by the report. */
export function cashBack(lot: FirstCarLot) {
  const span = { fromMs: startMs, toMs: startMs + 86_400_000 }
  const setting = { tariffsMs: [], countedSeq: 0 }
  const { refunds } = reportPart(listedRows(lot.ledger.list, span), span, setting)
  return refunds.filter(({ means }) => means === 'cash')
}
