// The nightly time stamp over the head of the ledger, where the lot names a service.
import { stat } from 'node:fs/promises'
import { keptStamps } from '#ledger/files/head-stamps.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { dayStartMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { headHere, stampHead } from '#lane/folder/head-stamps.ts'

/** The lanes come first after a start. */
const firstMs = 2 * minuteMs
/** Also the delay after a failure. */
const everyMs = 30 * minuteMs

interface StampsParts {
  readonly dir: string
  readonly config: Pick<LotConfig, 'stamps'>
  readonly tasks: TaskOwner
  nowMs(): InstantMs
}

/** Null: the lot names no service. A stamp is taken once a day, at the first look after midnight. */
export function hostStamps({ dir, config, tasks, nowMs }: StampsParts): SideTask | null {
  const url = config.stamps?.url
  if (url === undefined) return null
  return tasks.every('stamps', { firstMs, everyMs }, async () => {
    const last = keptStamps(dir).at(-1)
    const lastMs = last === undefined ? 0 : (await stat(last.file)).mtimeMs
    // A ledger without a new row is bound by the stamp that it has.
    if (lastMs < dayStartMs(nowMs()) && headHere(dir).seq > (last?.seq ?? 0))
      await stampHead(dir, { tsa: url, tsaCa: undefined })
  })
}
