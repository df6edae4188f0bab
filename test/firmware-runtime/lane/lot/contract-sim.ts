// The world of the contract of `Orders` over the simulated access system, a second implementation that shares no rule with ours.
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { AccessModel } from '#simulators/access/model.ts'
import type { AccessRow } from '#simulators/access/orders.ts'
import { ordersOver } from '../../../kit/partner-client.ts'
import { t0 } from '../pure/lot/row-kit.ts'
import { minute, type ContractWorld } from './contract.ts'

const stepMs = 50

export function simulated(): ContractWorld {
  const rows: AccessRow[] = []
  const build = () =>
    new AccessModel({ lotId: 'SIM1', rows: [...rows], keep: (row) => rows.push(row) })
  let model = build()
  let nowMs = t0
  const plate = (n: number): string => `测A1${String(n).padStart(4, '0')}`
  const run = (ms: number): void => {
    const endMs = nowMs + ms
    while (nowMs < endMs) {
      nowMs = Math.min(nowMs + stepMs, endMs)
      model.advance(nowMs)
    }
  }
  return {
    us: ordersOver(async (method, path, body) =>
      model.serve({ method, path }, body === '' ? null : JSON.parse(body), nowMs),
    ),
    other: null,
    nowMs: () => nowMs,
    run,
    plate,
    comes(n) {
      const car = { plate: plate(n), cardNo: '0'.repeat(20), balanceFen: 10_000, obuId: '0A0B0C0D' }
      model.cars.set('exit', { ...car, laneId: 'exit', sinceMs: nowMs, stayMs: null })
    },
    loseResult() {
      model.policy.charges = 'unknown'
      model.policy.chargeMs = 6_000
    },
    findResult(orderNo) {
      run(minute)
      model.charge(present(model.books.orders.get(orderNo), isoOf(nowMs)), nowMs)
    },
    restart() {
      const { cars } = model
      model = build()
      for (const [laneId, car] of cars) model.cars.set(laneId, car)
    },
    violations: () => [...model.books.orders.values()].filter(({ charges }) => charges > 1),
  }
}
