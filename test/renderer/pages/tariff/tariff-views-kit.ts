// The tariff of a lot, for tests of its page: the real check and the real prices, without a folder or a thread.
// The test sets what is saved and what a replay answers.
import { refused } from '#base/process/api-fault.ts'
import { tariffTrial } from '#money/desk/handlers/control-tariff.ts'
import { TariffReplays } from '#money/tariff/tariff-replays.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { TariffReplayView, TariffView } from '#money/calls/tariff-views.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { MemoryTariff } from '../../../firmware-runtime/runtime/control/tariff-kit.ts'

/** A Friday. */
const nowIso = '2026-11-20T10:00:00+08:00'

export class ScriptedTariff {
  readonly memory = new MemoryTariff({ list: [] }, () => parseIso(nowIso) ?? 0)
  replay: TariffReplayView = new TariffReplays(
    () => ({ sums: new Promise(() => undefined), stop: () => undefined }),
    () => 0,
  ).view

  private get view(): TariffView {
    const { current, parts, saved } = this.memory
    const digest = String(saved.length).padStart(64, '0')
    return { tariff: current, digest, nowIso, areas: parts.areas, versions: parts.versions() }
  }

  async answer(name: string, args: unknown, isSetup = false): Promise<ApiReply<unknown>> {
    try {
      return { ok: true, data: await this.data(name, args, isSetup) }
    } catch (error) {
      if (error instanceof LaneFault) return refused(error)
      throw error
    }
  }

  private data(name: string, args: unknown, isSetup: boolean): unknown {
    if (name === 'tariff.get') return this.view
    if (name.startsWith('tariff.replay')) return this.replay
    if (name === 'tariff.save') {
      const { tariff, by, reason } = args as ArgsOf<'tariff.save'>
      this.memory.parts.prepare(tariff as Tariff, { by, reason })()
      return { ok: true, repeated: false }
    }
    const handlers: Readonly<Record<string, (args: never, role: 'owner') => unknown>> = tariffTrial(
      isSetup ? null : this.memory.parts,
    )
    return handlers[name]?.(args as never, 'owner')
  }
}
