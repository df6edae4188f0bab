// Looks each second whether this process went on (lane/pure/lot/stood-still.ts). A standstill is a row of the ledger, an event, and
// a matter for a day, because somebody should look at the lanes that had a car.
import { stillLookMs, stoodStillRow } from '../../pure/lot/stood-still.ts'
import { LaneFault, tracedFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

export class StillWatch {
  private readonly runtime: LotRuntime
  private readonly task: SideTask
  private before: Parameters<typeof stoodStillRow>[0] = null
  /** Not written yet, for example on a full disk. */
  private unwritten: RowDraft[] = []
  private last: { readonly fault: LaneFault; readonly steadyMs: number } | null = null

  constructor(runtime: LotRuntime, tasks: Pick<TaskOwner, 'every'>) {
    this.runtime = runtime
    const pace = { firstMs: 0, everyMs: stillLookMs }
    this.task = tasks.every('stoodStill', pace, () => this.look())
  }

  stop(): void {
    this.task.stop()
  }

  notices(): readonly (CodedFault & { readonly code: FaultCode })[] {
    const { last } = this
    if (last === null || this.runtime.steadyMs() - last.steadyMs >= dayMs) return []
    return [codedFault<FaultCode>(last.fault.code, last.fault.detail.note)]
  }

  private look(): void {
    const { runtime, before } = this
    const now = { wallMs: runtime.nowMs(), steadyMs: runtime.steadyMs() }
    const row = stoodStillRow(before, now)
    const lanes = [...runtime.lanes].filter(([, { state }]) => state.car !== null)
    this.before = { ...now, carsIn: lanes.map(([laneId]) => laneId) }
    if (row !== null) {
      const { detail } = row.body
      const [from = '', seconds = ''] = detail.split(' ')
      const at = from.slice(0, 19).replace('T', ' ')
      const note = t(`${at} 起 ${seconds} 秒`, `${seconds} s from ${at}`)
      const fault = new LaneFault('RUN-06', { value: detail, note })
      this.last = { fault, steadyMs: now.steadyMs }
      this.unwritten.push(row)
      runtime.trace('', null, 'fault', tracedFault(fault))
    }
    if (this.unwritten.length > 0 && runtime.appendQuietly(this.unwritten)) this.unwritten = []
  }
}
