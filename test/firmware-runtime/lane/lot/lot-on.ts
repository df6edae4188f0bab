// A lot of two lanes on a ledger in memory, whose platform the test answers for; shared by the runtime tests.
// The test moves time and may set a fault of the ledger.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { noStatusList } from '#ledger/pure/etc/status-list.ts'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LotParts } from '#lane/lot/lot-parts.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import type { BarrierCommand } from '#devices/pure/lane/barrier.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { loop } from '../pure/lane-bench.ts'
import { HandClock, ListLedger, startMs, steadyClock } from '../../runtime/control/control-kit.ts'
import { lotFile } from './lot-kit.ts'

export const ok: QueueVerdict = { kind: 'confirmed', tradeNo: 'T1' }
export const silence: QueueVerdict = { kind: 'silence', reason: 'timeout', sent: true }
const noMeta = { httpStatus: 200, respCode: '100000', requestId: 'R' }

export type Given = readonly Parameters<LotRuntime['dispatch']>[1][]
export const nobody: Given = [loop('arrive', 'off'), loop('under', 'off')]

/** `seen`: the first events of the barrier. */
export function lotOn(
  rows: readonly LedgerRow[],
  over: Partial<LotConfig> = {},
  seen: Given = nobody,
  fromMs = startMs,
  twoStep = false,
  more: Partial<Pick<LotParts, 'accounts' | 'openVehicle' | 'statusList'>> = {},
) {
  const clock = new HandClock()
  clock.us = (fromMs - startMs) * 1000
  const ledger = new ListLedger(rows)
  const asked: { word: string; answer: (verdict: QueueVerdict) => void }[] = []
  const opens: string[] = []
  const toRsu: RsuCommand[] = []
  const toOperator: typeof asked = []
  const linkInto = (list: typeof asked): Uploader => ({
    twoStep,
    clockOffsetMs: 0,
    send: (record, op, _timeoutMs, done) => {
      const { no = 0 } = record.consumption ?? {}
      const word = `${op} ${record.op} ${record.businessNo}${no === 0 ? '' : `-${no}`}`
      list.push({ word, answer: (verdict) => done(verdict, noMeta) })
    },
    signIn: () => undefined,
  })
  const config = { ...lotFile(), chargeMode: 'online', ...over } as LotConfig
  const runtime = new LotRuntime({
    dialect: guangxi,
    config,
    tariff: demoTariff,
    ledger,
    crypto: standInCrypto,
    business: steadyClock(() => startMs + Math.floor(clock.us / 1000)),
    mono: clock,
    uploader: linkInto(asked),
    others: { operator: config.operator === undefined ? null : linkInto(toOperator) },
    devicesOf: () => ({
      rsu: {
        send: (command) => void toRsu.push(command),
        hasProof: false,
        silenceMs: 0,
        resultTimeMs: 5000,
        psams: () => [{ terminal: '370100000001', authorised: true }],
      },
      barrier: {
        send: (command: BarrierCommand) =>
          void (command.do === 'open' && opens.push(command.passId)),
      },
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
    ...more,
  })
  runtime.start()
  const give = (...events: Given): void => {
    for (const event of events) runtime.dispatch('exit', event)
  }
  give({ type: 'rsuUp', psamTerminals: [], rsuId: '' }, { type: 'barrierUp' })
  give(...seen)
  const answer = (verdict: QueueVerdict): string => {
    const next = asked.shift()
    next?.answer(verdict)
    return next?.word ?? 'nothing'
  }
  return { runtime, ledger, clock, asked, toOperator, toRsu, opens, give, answer }
}
export type Lot = ReturnType<typeof lotOn>
