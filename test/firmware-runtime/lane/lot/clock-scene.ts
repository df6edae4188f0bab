// A lot of two lanes whose clock a test sets, with its ledger and uploads.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { expect } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { noStatusList } from '#ledger/pure/etc/status-list.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { HandClock, ListLedger, startMs } from '../../runtime/control/control-kit.ts'
import { lotFile } from './lot-kit.ts'

export const hourMs = 3_600_000
const silence = { kind: 'silence', reason: 'timeout', sent: true } as const
const noMeta = { httpStatus: null, respCode: null, requestId: null } as const

export class Scene {
  /** Requests sent to the platform that have no answer yet. */
  readonly asked: { readonly word: string; readonly silent: () => void }[] = []
  readonly mono = new HandClock()
  readonly ledger: ListLedger
  readonly sent: RsuCommand[] = []
  readonly opens: string[] = []
  /** How far the wall clock was set, in ms. */
  setMs: number
  /** Time suspended: the wall clock and the steady count advance, the timers' clock does not. */
  private asleepMs = 0
  readonly runtime: LotRuntime

  constructor(rows: readonly LedgerRow[] = [], setMs = 0) {
    this.setMs = setMs
    this.ledger = new ListLedger(rows)
    const uploader: Uploader = {
      clockOffsetMs: null,
      send: (record, op, _timeoutMs, done) =>
        void this.asked.push({
          word: `${op} ${record.op} ${record.businessNo}`,
          silent: () => done(silence, noMeta),
        }),
      signIn: () => undefined,
    }
    const steadyMs = (): number => Math.floor(this.mono.us / 1000) + this.asleepMs
    this.runtime = new LotRuntime({
      dialect: guangxi,
      config: { ...lotFile(), chargeMode: 'online' } as LotConfig,
      tariff: demoTariff,
      ledger: this.ledger,
      crypto: standInCrypto,
      business: { nowMs: () => startMs + steadyMs() + this.setMs, steadyMs },
      mono: this.mono,
      uploader,
      devicesOf: () => ({
        rsu: {
          send: (command) => this.sent.push(command),
          hasProof: false,
          silenceMs: 0,
          resultTimeMs: 5000,
          psams: () => [],
        },
        barrier: { send: (c) => void (c.do === 'open' && this.opens.push(c.passId)) },
        display: null,
      }),
      fatal: (fault) => {
        throw fault
      },
      idle: () => undefined,
      statusList: noStatusList,
      version: 'test',
      repair: 'B',
      times: standardTimes,
    })
    this.runtime.start()
    for (const laneId of ['entry', 'exit']) {
      this.give(laneId, { type: 'rsuUp', psamTerminals: [], rsuId: '' }, { type: 'barrierUp' })
      this.give(laneId, loop('arrive', 'off'), loop('under', 'off'))
    }
  }

  give(laneId: string, ...events: readonly Parameters<LotRuntime['dispatch']>[1][]): void {
    for (const event of events) this.runtime.dispatch(laneId, event)
  }

  wait(ms: number): this {
    this.mono.advance(ms)
    return this
  }

  sleep(ms: number): this {
    this.asleepMs += ms
    return this
  }

  /** Nothing runs for that long, though the timers' clock goes on: a stopped process, or sleep on Windows. */
  stop(ms: number): this {
    this.mono.us += ms * 1000
    return this.wait(0)
  }

  enter(): this {
    this.give('entry', loop('arrive', 'on'), plateEvent(plate), loop('under', 'on'))
    this.give('entry', loop('arrive', 'off'), loop('under', 'off'))
    const { pass } = this.runtime.lanes.get('entry')?.state.car ?? { pass: null }
    this.give('entry', { type: 'passed', passId: pass?.passId ?? '' })
    this.opens.length = 0
    return this
  }

  arrive(): this {
    this.give('exit', loop('arrive', 'on'), plateEvent(plate))
    return this
  }

  get exit() {
    const host = this.runtime.lanes.get('exit')
    if (host === undefined) throw new Error('the lot has an exit')
    return host
  }

  get orders(): readonly (number | undefined)[] {
    return this.ledger.list.filter((r) => r.kind === 'orderMade').map((r) => r.amountFen)
  }

  get clockRows(): readonly string[] {
    return this.ledger.list.flatMap((r) =>
      r.kind === 'event' && r.body.type.startsWith('clock')
        ? [`${r.body.type} ${r.body.detail.split(' ', 1)[0] ?? ''}`]
        : [],
    )
  }

  /** The car waits at the exit without a price, with both clock readings. */
  waitsForPerson(cause: string): void {
    const { state } = this.exit
    expect(state).toMatchObject({ name: 'manual', car: { manual: 'clockUnsure', orderId: null } })
    expect(state.car?.clock?.cause).toBe(cause)
    expect(this.orders).toEqual([])
    expect(this.opens).toEqual([])
  }
}
