// One command id means one command: its arguments are known by a digest, in this process and, through its audit row,
// after a restart. A repeat changes nothing; the id with other arguments is refused (ADR 285).
import { createHash } from 'node:crypto'
import { t } from '#base/pure/words/fault-text.ts'
import type { SettleMeans } from '#base/pure/values/payment-means.ts'
import type { ActAnswer, Who } from '#base/calls/rows.ts'
import { commandsMax } from '#ledger/pure/lot/command-words.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

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
  readonly outboxId?: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** Payment codes and keys: eight digits tell two values apart without revealing one. */
const shortened = ['code', 'value']

/**
 * A person who repeats an act may word name and reason differently, and a second one may approve: it is the same
 * command. A password could be guessed from its digest, so it is left out.
 */
export function digestOf(name: string, { commandId, ...args }: ActArgs): string {
  const { by: _by, reason: _reason, ...rest } = args
  const {
    approvedBy: _approvedBy,
    password: _password,
    ...object
  } = rest as Record<string, unknown>
  // The comparison digest is left out: after the import the same table no longer differs from anything.
  const compared = 'text' in object ? ['digest'] : []
  const counting = Object.entries(object).filter(([member]) => !compared.includes(member))
  const sent = counting.map(([member, value]) => [
    member,
    shortened.includes(member) ? sha256(`${commandId} ${canonicalJson(value)}`).slice(0, 8) : value,
  ])
  return sha256(`${commandId} ${name} ${canonicalJson(Object.fromEntries(sent))}`).slice(0, 32)
}

export const idIsOfAnother = (commandId: string, before: string): LaneFault =>
  new LaneFault('ACT-01', {
    field: '/commandId',
    value: commandId,
    note: t(`它是 ${before}`, `it is ${before}`),
  })

interface Done {
  readonly name: string
  readonly digest: string
}

/** Acts of this process with their arguments; the oldest are forgotten. */
export class DoneCommands {
  private readonly done = new Map<string, Done>()

  /** What the id was used for, or undefined. */
  get(commandId: string): Done | undefined {
    return this.done.get(commandId)
  }

  remember(commandId: string, done: Done): void {
    this.done.set(commandId, done)
    if (this.done.size <= commandsMax) return
    for (const oldest of this.done.keys()) {
      this.done.delete(oldest)
      return
    }
  }

  forget(commandId: string): void {
    this.done.delete(commandId)
  }

  /** Runs an act unless it was done; ACT-01 when the id belongs to another one. */
  once(name: string, args: ActArgs, run: () => void): ActAnswer {
    const { commandId } = args
    const before = this.get(commandId)
    const digest = digestOf(name, args)
    if (before === undefined) {
      run()
      this.remember(commandId, { name, digest })
      return { ok: true, repeated: false }
    }
    if (before.digest === digest) return { ok: true, repeated: true }
    throw idIsOfAnother(commandId, before.name)
  }
}

export type AuditDraft = Extract<RowDraft, { kind: 'audit' }>

interface Running {
  readonly digest: string
  calls: number
  /** Its audit row, once written. */
  row: AuditDraft | null
}

/** Commands in progress: their audit rows get the digest of their arguments. */
export class RunningCommands {
  private readonly running = new Map<string, Running>()
  private readonly disowned = new Set<string>()

  digestOf(commandId: string): string | undefined {
    return this.running.get(commandId)?.digest
  }

  /** A person is told that it was not carried out, so its request is refused (ACT-02) if it still arrives. */
  disown(commandId: string): void {
    this.disowned.add(commandId)
    if (this.disowned.size <= commandsMax) return
    for (const oldest of this.disowned) {
      this.disowned.delete(oldest)
      return
    }
  }

  /** Adds the digest to the audit row of a running command. */
  signed(draft: RowDraft): RowDraft {
    const own = draft.kind === 'audit' ? this.running.get(draft.body.commandId) : undefined
    if (own === undefined || draft.kind !== 'audit') return draft
    const row = { ...draft, body: { ...draft.body, digest: own.digest } }
    own.row ??= row
    return row
  }

  /**
   * ACT-01 while a call with this id and other arguments runs, ACT-02 for a disowned one. Returns a function that ends it
   * and returns its audit row.
   */
  begin(commandId: string, digest: string, words: string): () => AuditDraft | null {
    if (this.disowned.has(commandId))
      throw new LaneFault('ACT-02', { field: '/commandId', value: commandId })
    const own = this.running.get(commandId) ?? { digest, calls: 0, row: null }
    if (own.digest !== digest) throw idIsOfAnother(commandId, words)
    own.calls++
    this.running.set(commandId, own)
    return () => {
      if (--own.calls === 0) this.running.delete(commandId)
      return own.row
    }
  }
}

/**
 * Acts whose audit row precedes what they do, and that change nothing when they fail. None moves money or a boom: with
 * those, a failure after the row may be an act that was done.
 */
export const auditedFirst: ReadonlySet<string> = new Set<string>([
  'backup.key',
  'backup.place',
  'passport.make',
  'queue.export',
  'setup.begin',
  'setup.import',
  'setup.key',
  'setup.requestAnew',
  'setup.revert',
  'tariff.save',
])
