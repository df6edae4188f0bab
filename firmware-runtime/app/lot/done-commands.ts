// The acts that were carried out in this process, by their command ids: a repeat changes nothing, and an
// id that comes again for another act, lane or object is refused.
import { t } from '../../core/values/fault-text.ts'
import type { ActAnswer, ApiName, SettleMeans, Who } from '../../api/table.ts'
import { commandsMax } from '../../core/lot/lot.ts'
import { LaneFault } from '../../core/values/faults.ts'

export type ActArgs = Who & {
  readonly laneId?: string | undefined
  readonly means?: SettleMeans
  readonly plate?: string | undefined
  readonly stayId?: string | undefined
  readonly exitStayId?: string | undefined
  readonly deductionId?: string
  readonly found?: string
  readonly refundId?: string
  readonly attemptNo?: string
  readonly refundFen?: number
}

/** A person who tries again may word name and reason differently: it is the same command. */
function content(name: ApiName, args: ActArgs): string {
  const { commandId: _, by: _by, reason: _reason, ...object } = args
  const sorted = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${name} ${JSON.stringify(sorted)}`
}

/** All that the acts of a process were told to do; the oldest are forgotten. */
export class DoneCommands {
  private readonly done = new Map<string, string>()

  /** What the id was used for, or undefined. */
  get(commandId: string): string | undefined {
    return this.done.get(commandId)
  }

  isThis(name: ApiName, args: ActArgs): boolean {
    return this.done.get(args.commandId) === content(name, args)
  }

  remember(name: ApiName, args: ActArgs): void {
    this.done.set(args.commandId, content(name, args))
    if (this.done.size <= commandsMax) return
    for (const oldest of this.done.keys()) {
      this.done.delete(oldest)
      return
    }
  }

  /** Runs an act unless it was; ACT-01 for an id of another one. */
  once(name: ApiName, args: ActArgs, run: () => void): ActAnswer {
    const before = this.get(args.commandId)
    if (before === undefined) {
      run()
      this.remember(name, args)
      return { ok: true, repeated: false }
    }
    if (this.isThis(name, args)) return { ok: true, repeated: true }
    throw idIsOfAnother(args.commandId, before)
  }
}

export const idIsOfAnother = (commandId: string, before: string): LaneFault =>
  new LaneFault('ACT-01', {
    field: '/commandId',
    value: commandId,
    note: t(`它是 ${before}`, `it was ${before}`),
  })
