// Regular exchange with platforms beside the lanes of a running host: operator shifts, settings from the ETC operator,
// feedback, and lane states for monitoring platforms. Without a configured platform nothing is sent.
import { systemRandom } from '#base/time/system-clocks.ts'
import { isOfAnother, keepAccount } from '#base/files/kept-accounts.ts'
import { machineLoad } from '#base/service/machine-load.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { dutyNote } from '#lane/lot/queue/duty-fault.ts'
import { FeedbackDue } from '#lane/lot/queue/feedback-due.ts'
import { FeedbackPull } from '#lane/lot/queue/feedback-pull.ts'
import { LaneMonitor } from '#lane/lot/lane-monitor.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { RunningConfigurations } from '#lane/lot/files/running-configuration.ts'
import { ShiftPlans } from '#lane/lot/upkeep/shift-plans.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { tracedFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { lotAccountHere } from '#lane/folder/account-here.ts'
import { peopleFolder } from '#lane/folder/people-folder.ts'
import { DrillWatch } from '#acceptance/desk/papers/drill-watch.ts'
import type { RunningSetup } from './running-setup.ts'
import type { Site } from '../site/site-parts.ts'

interface DutyPorts {
  readonly dir: string
  readonly mono: MonoClock
  readonly tasks: TaskOwner
  readonly service: LedgerService
  /** Null when settings cannot be changed while the lanes run: no configuration is requested then. */
  readonly settings: RunningSetup | null
  board(): BoardView
}

function whoseConfiguration(dir: string, config: LotConfig, runtime: Pick<LotRuntime, 'trace'>) {
  const account = lotAccountHere(dir, config, 'etcOperator')
  return {
    isOfAnother: () => account !== null && isOfAnother(dir, 'configuration', account),
    keep(): void {
      const fault = account === null ? null : keepAccount(dir, 'configuration', account)
      if (fault !== null) runtime.trace('', null, 'fault', tracedFault(fault))
    },
  }
}

export function hostDuty({ runtime, config, duty, monitors }: Site, ports: DutyPorts) {
  const { dir, mono, tasks, service, settings, board } = ports
  const people = () => peopleFolder(dir).file.read()
  const plans =
    duty.shifts === null
      ? null
      : new ShiftPlans({ runtime, tasks, service, duty: duty.shifts, config, people })
  const configurations =
    duty.configuration === null || settings === null
      ? null
      : new RunningConfigurations({
          runtime,
          tasks,
          random: systemRandom(),
          service,
          duty: duty.configuration,
          config,
          whose: whoseConfiguration(dir, config, runtime),
          isBusy: () => settings.isWaiting,
          take: (next, by, reason) => settings.change(next, { by, reason }),
        })
  const { feedback } = duty
  const pull = feedback === null ? null : new FeedbackPull({ runtime, tasks, service, feedback })
  const load = machineLoad(dir)
  const shown = monitors.map(
    (monitor) =>
      new LaneMonitor({
        monitor,
        mono,
        tasks,
        configVersion: config.configVersion ?? null,
        board,
        psams: (laneId) => runtime.lanes.get(laneId)?.devices.rsu?.psams() ?? null,
        load,
        nowMs: () => runtime.nowMs(),
      }),
  )
  const due = new FeedbackDue({ runtime, tasks, service })
  const asking = [plans, configurations, pull, due].filter((one) => one !== null)
  const drill = new DrillWatch(dir, mono)
  return {
    notices: () => [
      ...asking.flatMap((one) =>
        one.notices().map((fault) => codedFault(fault.code, dutyNote(fault))),
      ),
      ...drill.notices(),
    ],
    /** Looks soon: a person may have confirmed that a change is taken now. */
    lookSoon(): void {
      for (const one of [plans, configurations]) tasks.once('told', () => one?.lookSoon())
    },
    stop(): void {
      for (const one of [...asking, ...shown]) one.stop()
    },
  }
}
