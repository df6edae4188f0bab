// Keeps the status list of a lot up to date: fetches changes every quarter of an hour and the whole list once a day
// (P18). It runs outside the lanes' thread; a failure is reported once and retried sooner, and the former list stays in
// use.
import { codedFault } from '#base/process/api-fault.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { ListView } from '#base/calls/list-views.ts'
import { listLimits, listState } from '#ledger/pure/etc/list-age.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Random } from '#base/ports/clocks.ts'
import type { ListService, ListTaken } from '#ledger/ports/list-service.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

/** The list that the lanes use now. */
export interface ListInUse {
  readonly version: string
  readonly asOfMs: InstantMs | null
  readonly fullAtMs: InstantMs | null
  readonly count: number | null
  readonly source: ListView['source']
  /** Reads the stored list again after a change. */
  reload(): void
}

interface ListUpkeepParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'trace'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly random: Random
  readonly list: ListInUse
  /** Null: no platform was joined, and nothing is downloaded. */
  readonly service: ListService | null
  /** Interval of the province, ms. */
  readonly everyMs: number
  /** Age limit of the lot, ms. */
  readonly ageMaxMs: number
  readonly chargeMode: LotConfig['chargeMode']
}

export class ListUpkeep {
  private readonly parts: ListUpkeepParts
  private readonly task: SideTask
  private triedMs: InstantMs | null = null
  private nextMs: InstantMs | null = null
  private fault: LaneFault | null = null
  private failures = 0
  private stopped = false
  /** Each task starts when the one before it has ended. */
  private work: Promise<unknown> = Promise.resolve()

  constructor(parts: ListUpkeepParts) {
    this.parts = parts
    const pace = {
      firstMs: parts.service === null ? null : this.planned(listLimits.firstMs),
      everyMs: parts.everyMs,
    }
    this.task = parts.tasks.every('statusList', pace, () => this.quarter())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  view(): ListView {
    const { list, runtime, ageMaxMs } = this.parts
    const { version, asOfMs, count, source } = list
    const nowMs = runtime.nowMs()
    const iso = (ms: InstantMs | null): string | null => (ms === null ? null : isoOf(ms))
    return {
      version,
      count,
      source,
      asOfIso: iso(asOfMs),
      ageSec: asOfMs === null ? null : Math.max(0, Math.floor((nowMs - asOfMs) / 1000)),
      state: listState(asOfMs, nowMs, ageMaxMs),
      endsIso: asOfMs === null ? null : isoOf(asOfMs + ageMaxMs),
      triedIso: iso(this.triedMs),
      nextIso: iso(this.nextMs),
      fault:
        this.fault === null
          ? null
          : codedFault(this.fault.code, this.fault.detail.note ?? this.fault.detail.value),
    }
  }

  /** Lasting faults for display; none before the first answer after a start. */
  notices(): readonly { readonly code: 'LIST-08' | 'LIST-09'; readonly note: string }[] {
    const { list, runtime, ageMaxMs, chargeMode, service } = this.parts
    if (service === null || this.failures === 0) return []
    const state = listState(list.asOfMs, runtime.nowMs(), ageMaxMs)
    if (state === 'fresh') return []
    const stops = chargeMode === 'card' && state !== 'old'
    const note = list.asOfMs === null ? '' : isoOf(list.asOfMs)
    return [{ code: stops ? 'LIST-09' : 'LIST-08', note }]
  }

  /** A download that a person started. */
  async now(full: boolean): Promise<ListView> {
    await this.inTurn((service) => service.fetchList(full, full))
    return this.view()
  }

  async take(path: string): Promise<ListView> {
    await this.inTurn((service) => service.takeList(path))
    return this.view()
  }

  /** The delay until the next download. */
  private planned(afterMs: number): number {
    // Varied by a tenth, so that the lots of a platform do not all ask at the same moment.
    const [draw = 128] = this.parts.random.bytes(1)
    const waitMs = Math.round(afterMs * (0.9 + (0.2 * draw) / 255))
    this.nextMs = this.parts.runtime.nowMs() + waitMs
    return waitMs
  }

  private async quarter(): Promise<number> {
    const { list, runtime } = this.parts
    const { fullAtMs } = list
    const full = fullAtMs === null || runtime.nowMs() - fullAtMs >= listLimits.fullEveryMs
    try {
      await this.inTurn((service) => service.fetchList(full))
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
    }
    return this.planned(
      this.failures === 0
        ? this.parts.everyMs
        : Math.min(listLimits.retryMs * 2 ** (this.failures - 1), this.parts.everyMs),
    )
  }

  private inTurn(step: (service: ListService) => Promise<ListTaken>): Promise<ListTaken> {
    const taken = this.work.then(() => this.carryOut(step))
    this.work = taken.catch(() => undefined)
    return taken
  }

  private async carryOut(step: (service: ListService) => Promise<ListTaken>): Promise<ListTaken> {
    const { service, runtime, list } = this.parts
    if (service === null)
      throw new LaneFault('LIST-03', {
        note: t('还没有接入平台', 'no platform has been joined yet'),
      })
    this.triedMs = runtime.nowMs()
    try {
      const taken = await step(service)
      list.reload()
      if (taken.jumpedFrom !== undefined)
        runtime.trace('', null, 'fault', `statusListJumped ${taken.jumpedFrom} > ${taken.version}`)
      this.fault = null
      this.failures = 0
      return taken
    } catch (error) {
      if (error instanceof LaneFault && !this.stopped) this.failed(error)
      throw error
    }
  }

  private failed(fault: LaneFault): void {
    this.failures++
    if (this.fault?.code !== fault.code) {
      const { value, note, field } = fault.detail
      const text = [fault.code, field, value, note].filter((one) => (one ?? '') !== '').join(' ')
      this.parts.runtime.trace('', null, 'fault', text)
    }
    this.fault = fault
  }
}
