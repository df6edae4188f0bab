// A lot of layout 7.1.1 under `etc-lane billing`: camera, barrier and display as simulators, and an ETC access system of
// another maker as a process. The antenna is the access system's.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LaneView } from '#lane/calls/views.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows, verdictOn } from './ledger-rows.ts'
import { Program, type Line } from './live-program.ts'
import { RunLot, nothingFree } from './run-lot.ts'

interface SimOrderLine {
  readonly orderNo: string
  readonly plate: string
  readonly state: string
  readonly charges: number
  readonly amountFen: number
  readonly paidFen: number
  readonly refundedFen: number
}

interface AccessState {
  readonly open: number
  readonly charges: number
  readonly paidFen: number
  readonly refundedFen: number
  readonly refunds: readonly {
    readonly refundNo: string
    readonly orderNo: string
    readonly amountFen: number
    readonly by: string
  }[]
}

const cardOf = (no: number): string => `450122990000000123${String(no).padStart(2, '0')}`

export class BillingLot extends RunLot {
  private admin = ''
  private cars = 0
  private retries = 0

  constructor() {
    super({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
  }

  /** Starts the simulators and makes the access system the platform of the lot. */
  async prepare(): Promise<void> {
    await this.startSims()
    const sim = new Program(['access-sim', '--listen', 'https://127.0.0.1:0'])
    const { endpoints } = await sim.line(({ event }) => event === 'ready')
    const at = endpoints as Record<'baseUrl' | 'caFile' | 'certDir' | 'appId' | 'admin', string>
    this.admin = at.admin
    const { baseUrl: url, caFile, certDir, appId } = at
    const file = join(this.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as { lanes: object[] }
    const platform = { url, caFile, certDir, appId, interface: 'access' }
    const lanes = config.lanes.map((lane) => ({ ...lane, rsu: null }))
    writeFileSync(file, JSON.stringify({ ...config, lanes, platform }))
  }

  bills(): Promise<void> {
    return this.start('exit', new Program(['billing', '--data', this.dir, '--timing', 'instant']))
  }

  async ask<T = Line>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.admin}${path}`, {
      method,
      headers: { connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as T
  }

  state(): Promise<AccessState> {
    return this.ask('GET', '/state')
  }

  async ordersOf(plate: string): Promise<SimOrderLine[]> {
    const { rows } = await this.ask<{ rows: SimOrderLine[] }>('GET', '/books')
    return rows.filter((row) => row.plate === plate)
  }

  /** A new car comes in and waits at the exit; `obu`: the antenna of the access system can read it. */
  async standsAtExit(obu: 'read' | 'none'): Promise<string> {
    const no = ++this.cars
    const plate = `测A12${String(no).padStart(3, '0')}`
    const car = { plate, colour: 'blue' }
    await this.until('entry', ({ state }) => state === 'idle')
    await this.goesIn('entry', car)
    await this.until('exit', ({ state }) => state === 'idle')
    if (obu === 'read') await this.obuCame(plate)
    await this.comes('exit', car)
    return plate
  }

  async obuCame(plate: string): Promise<void> {
    const obuId = `1A2B3C${String(this.cars).padStart(2, '0')}`
    const car = { laneId: 'exit', obuId, plate, cardNo: cardOf(this.cars), balanceFen: 50_000 }
    await this.ask('POST', '/cars', car)
  }

  async leavesExit(): Promise<void> {
    await this.leaves('exit')
    await this.ask('DELETE', '/cars/exit')
  }

  settle(means: string): Promise<Line> {
    const args = {
      laneId: 'exit',
      means,
      reason: '现金',
      by: '甲',
      commandId: `billing-${means}-${this.cars}-0001`,
    }
    return this.run.call('lane.settle', args)
  }

  rowsOf(plate: string): LedgerRow[] {
    const rows = ledgerRows(this.dir)
    const stay = rows.findLast((row) => row.kind === 'stayOpened' && row.body.plate === plate)
    return rows.filter(({ stayId }) => stayId === stay?.stayId)
  }

  paidBy(plate: string): string[] {
    return this.rowsOf(plate).flatMap((row) => (row.kind === 'payment' ? [row.body.means] : []))
  }

  waitsWith(manual: string): Promise<LaneView> {
    return this.until('exit', ({ car }) => car?.manual === manual)
  }

  /** Every order has ended at the access system, and every record of the lot is sent. */
  async drained(): Promise<void> {
    const who = { by: '甲', reason: '重试', commandId: `billing-retry-${++this.retries}` }
    await this.run.call('queue.retryNow', who)
    await eventually(
      async () => {
        const { open } = await this.state()
        const ended = new Set<string>()
        let unsent = 0
        for (const row of ledgerRows(this.dir)) {
          if (row.kind === 'outbox') unsent++
          if (row.kind !== 'outboxState' || !['confirmed', 'rejected'].includes(row.body.state))
            continue
          if (!ended.has(row.body.outboxId)) unsent--
          ended.add(row.body.outboxId)
        }
        return { open, unsent }
      },
      ({ open, unsent }) => open === 0 && unsent === 0,
      { of: this.of },
    )
  }

  /** The ledger against itself and against the books of the access system; all is well where nothing is named. */
  async judge() {
    const rows = ledgerRows(this.dir)
    const { config } = loadLot(this.dir)
    const { rows: orders } = await this.ask<{ rows: SimOrderLine[] }>('GET', '/books?limit=1000')
    const { refunds } = await this.state()
    const report = checkInvariants(
      rows,
      {
        charges: null,
        cardDebits: null,
        refunds: refunds.flatMap(({ refundNo, amountFen, by }) =>
          by === 'billing'
            ? [{ outRefundNo: refundNo.replace('refund-', ''), refundFee: amountFen }]
            : [],
        ),
      },
      {
        passesOf: passesOf(config),
        chainOk: verdictOn(this.dir, config.nodeId).ok,
        unsent: 0,
        unknown: 0,
        exposureFen: 0,
        lanesReady: true,
        healed: true,
      },
    )
    // What the access system gave back after a settlement was never taken by the lot.
    const own = refunds.filter(({ by }) => by === 'access').map(({ orderNo }) => orderNo)
    const theirs = orders.flatMap((o) =>
      o.paidFen > 0 && !own.includes(o.orderNo) ? [`${o.orderNo} ${o.paidFen}`] : [],
    )
    return {
      violations: report.violations,
      chargedTwice: orders.filter(({ charges }) => charges > 1),
      otherRecords: rows.flatMap((row) =>
        row.kind === 'outbox' && !['charge', 'refund'].includes(row.body.op) ? [row.body.op] : [],
      ),
      unequal: [...new Set([...paidOrders(rows), ...theirs])].filter(
        (one) => !(paidOrders(rows).includes(one) && theirs.includes(one)),
      ),
    }
  }
}

/** Orders that the ledger books as paid by ETC, with their amounts. */
function paidOrders(rows: readonly LedgerRow[]): string[] {
  const numbers = new Map(
    rows.flatMap((row) =>
      row.kind === 'intent' ? [[row.deductionId, row.body.outTradeNo] as const] : [],
    ),
  )
  return rows.flatMap((row) =>
    row.kind === 'outcome' && row.body.state === 'paid'
      ? [`${numbers.get(row.deductionId)} ${row.amountFen}`]
      : [],
  )
}

export const allIsWell = { violations: [], chargedTwice: [], otherRecords: [], unequal: [] }
