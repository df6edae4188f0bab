// Tells the hook of help calls what else waits urgently for a person, such as a lost device: once, when it has lasted for
// some minutes. Waiting cars and calls for help are told by person-calls.ts at once.
import { createHash } from 'node:crypto'
import type { MatterView } from '../calls/inbox.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { CallHook } from '#base/ports/call-hook.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'

interface TellerParts {
  /** Null: nobody outside is informed. */
  readonly hook: CallHook | null
  readonly lotId: string
  readonly tasks: Pick<TaskOwner, 'every'>
  waiting(): Promise<readonly MatterView[]>
  nowMs(): InstantMs
}

const everyMs = 60_000
/** What ends by itself within this time is not told. */
export const lastsMs = 5 * 60_000
const toldAtOnce: readonly string[] = ['car', 'helpCall']

interface Told {
  readonly sinceMs: InstantMs
  state: 'waits' | 'out' | 'told'
  cancel?: Cancel
}

export class MatterTeller {
  readonly #parts: TellerParts
  readonly #task: SideTask | null
  readonly #seen = new Map<string, Told>()

  constructor(parts: TellerParts) {
    this.#parts = parts
    const pace = { firstMs: everyMs, everyMs }
    this.#task = parts.hook === null ? null : parts.tasks.every('matters', pace, () => this.#look())
  }

  stop(): void {
    this.#task?.stop()
    for (const { cancel } of this.#seen.values()) cancel?.()
  }

  async #look(): Promise<number> {
    const rows = (await this.#parts.waiting()).filter(
      ({ kind, isUrgent }) => isUrgent && !toldAtOnce.includes(kind),
    )
    const keys = new Set(rows.map(({ key }) => key))
    for (const key of this.#seen.keys()) if (!keys.has(key)) this.#seen.delete(key)
    const nowMs = this.#parts.nowMs()
    for (const row of rows) {
      const seen: Told = this.#seen.get(row.key) ?? { sinceMs: nowMs, state: 'waits' }
      this.#seen.set(row.key, seen)
      if (seen.state === 'waits' && nowMs - seen.sinceMs >= lastsMs) this.#tell(row, seen)
    }
    return everyMs
  }

  #tell({ key, kind, what, why, sinceIso }: MatterView, seen: Told): void {
    const { hook, lotId } = this.#parts
    if (hook === null) return
    const firstIso = isoOf(seen.sinceMs)
    const atIso = sinceIso ?? firstIso
    const digest = createHash('sha256').update(`${lotId} ${key} ${firstIso}`).digest('hex')
    const callId = `m-${digest.slice(0, 16)}`
    const body = JSON.stringify({ lotId, callId, cause: 'matter', kind, what, why, atIso })
    seen.state = 'out'
    seen.cancel = hook.post(body, callId, (isTaken) => {
      seen.state = isTaken ? 'told' : 'waits'
    })
  }
}
