// The day of a lot whose ledger is in memory and whose sums are empty.
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import type { World } from '../../../lane/lot/pay-lot.ts'
import { MemoryLedgerService } from '../../../runtime/control/control-kit.ts'

export function dayOf({ runtime, time, ledger }: World): ControlDay {
  const service = new MemoryLedgerService(ledger as never)
  const sums = () => Promise.resolve({ stays: 0, payments: [], refunds: [] })
  const parts = { runtime, service: Object.assign(service, { sums }), config: { capacity: 60 } }
  return new ControlDay(parts as never, new ControlActs(runtime, time.clock))
}
