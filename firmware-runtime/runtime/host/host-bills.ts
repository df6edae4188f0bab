// The sources of a lot's bills of days and their schedule, joined for the control API.
// Both see the same tries.
import { BillScheduler } from '#lane/lot/upkeep/bill-scheduler.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { Site } from '../site/site-parts.ts'

interface BillPorts {
  readonly tasks: Pick<TaskOwner, 'every'>
  onFault(fault: LaneFault): void
}

export function hostBills(
  { runtime, bills }: Pick<Site, 'runtime' | 'bills'>,
  service: LedgerService,
  ports: BillPorts,
) {
  const dayBills = new DayBills({ runtime, service, bills })
  return { dayBills, scheduler: new BillScheduler({ runtime, service, bills: dayBills, ...ports }) }
}
