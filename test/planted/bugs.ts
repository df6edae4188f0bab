// Bugs that would cost money, each as a change to one line of the product's source text, and the replay
// that detects it. Each line must occur exactly once. Bugs that no replay detects are in unit-bugs.ts.
import type { OfflinePolicy } from '#base/pure/lot/config.ts'
import type { Change } from './plant.ts'

export interface PlantedBug extends Change {
  readonly run: RunName
  /** How it is detected: in a violation, or in the crash. Another failure does not count. */
  readonly sees: RegExp
}

export interface Run {
  readonly charge: 'card' | 'online'
  /** A late answer of the platform must not turn card debits into other payments. */
  readonly offline: OfflinePolicy
  readonly variant: 'generic-bcc' | 'generic-ver'
  /** Faults of the simulators, by name (contract.md section 6). */
  readonly platform: readonly unknown[]
  readonly rsu: readonly unknown[]
}

/** The runs with the bug, and without it, when they must pass. */
export const runs = {
  card: {
    charge: 'card',
    offline: 'accept-within-caps',
    variant: 'generic-bcc',
    platform: [],
    rsu: [],
  },
  lostB5: {
    charge: 'card',
    offline: 'accept-within-caps',
    // It can fetch the proof again (C8), so that the platform gets every debit.
    variant: 'generic-ver',
    platform: [],
    // Several, each far longer than a lane waits for a B5 even on a slow machine.
    rsu: [1, 5].map((skip) => ({ at: 'B5', when: 'after', do: 'silence', ms: 4000, skip })),
  },
  lostRequest: {
    charge: 'online',
    offline: 'other-payment',
    variant: 'generic-bcc',
    platform: [1, 6].map((skip) => ({
      at: 'POST /v1/etc/exit-charges',
      when: 'before',
      do: 'cut',
      skip,
    })),
    rsu: [],
  },
} as const satisfies Record<string, Run>
export type RunName = keyof typeof runs

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'intent skipped',
    file: 'lane/pure/exit-parts.ts',
    find: 'return { car: next, rows: [intentRow(next, deduction, env)] }',
    plant: 'return { car: next, rows: [] }',
    run: 'card',
    sees: /assertion failed: row \d+ names a deduction/,
  },
  {
    name: 'barrier before outcome',
    file: 'lane/pure/steps.ts',
    find: "{ do: 'append', rows: [...options.rows, pass] },",
    plant: `{ do: 'barrier', command: { do: 'open', passId } },
            { do: 'append', rows: [...options.rows, pass] },`,
    run: 'card',
    sees: /M2 exit: open before its pass/,
  },
  {
    name: 'retry with a new number',
    file: 'lane/lot/queue/lot-uploads.ts',
    find: 'uploader.send({ ...record, body }, op,',
    plant: `const again = record.businessNo + 'R'
    const retried = { businessNo: again, body: body.replaceAll(record.businessNo, again) }
    uploader.send({ ...record, ...(record.attempts < 2 ? { body } : retried) }, op,`,
    run: 'lostRequest',
    sees: /M2 platform charge \w+ without an intent/,
  },
  {
    name: 'second C6',
    file: 'devices/pure/rsu/driver-commands.ts',
    find: "return trySend(t, 'C6', known(true)) || trySend(t, 'C6', known(false))",
    plant: `if (!trySend(t, 'C6', known(true))) trySend(t, 'C6', known(false))
  return trySend(t, 'C6', known(true)) || trySend(t, 'C6', known(false))`,
    run: 'card',
    sees: /M1 row \d+: card \d+ was debited 2 times/,
  },
  {
    name: 'lost B5 taken as unpaid',
    file: 'lane/pure/etc/suspect.ts',
    find: "return state.phase === 'OFFERED' ? investigate(state) : same(state)",
    plant: "return settle(state, { paid: false, source: 'b5', reason: 'b5Unpaid' })",
    run: 'lostB5',
    sees: /M1 row \d+: card \d+ was debited \d times, \d paid/,
  },
  {
    name: 'outbox duplicate',
    file: 'lane/pure/exit-late.ts',
    find: "return [freezeRow(env, 'exitUpload', facts)]",
    plant: "return [freezeRow(env, 'exitUpload', facts), freezeRow(env, 'exitUpload', facts)]",
    run: 'card',
    sees: /M3 row \d+: number \w+ was used twice/,
  },
  {
    name: 'paid and not uploaded',
    file: 'lane/pure/exit-late.ts',
    find: '    ...uploadRows(booked, env, proof),\n',
    plant: '',
    run: 'card',
    sees: /M11 row \d+: paid, and neither an upload nor a receipt nor an open item/,
  },
]
