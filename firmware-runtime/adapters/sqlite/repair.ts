// The lettered repair table of the ledger at start: found on disk -> letter -> action -> why.
// Data only. Every disk state matches exactly one letter (a test walks all of them).
import type { FaultCode } from '../../core/values/faults.ts'

/** What was found in the data folder before anything was changed. */
export interface DiskFacts {
  /**
   * `empty`: a database without any table (first start interrupted). `foreign`: rows of another
   * node and none of ours. `damaged`: not a database, not ours, or SQLite cannot read it.
   */
  readonly db: 'absent' | 'empty' | 'older' | 'current' | 'newer' | 'damaged' | 'foreign'
  /** `left`: ledger.db-wal holds bytes, so the last run did not close. */
  readonly wal: 'none' | 'left'
  readonly head: 'absent' | 'bad' | 'torn' | 'whole'
  /** Where the head stands against the rows; `differs` = same seq, other hash. */
  readonly place: 'none' | 'level' | 'behind' | 'ahead' | 'differs'
  readonly chain: 'none' | 'ok' | 'broken'
  /**
   * What else in the folder tells of a ledger: nothing, `some` (a chain key made before this start,
   * backups, a kept state), or `newer` (a nightly backup or kept state has rows that this one lacks).
   */
  readonly others: 'none' | 'some' | 'newer'
}

type DiskPattern = { readonly [F in keyof DiskFacts]?: readonly DiskFacts[F][] }

type RepairAction = 'create' | 'go' | 'writeHead' | 'migrate'

export interface RepairRow {
  readonly letter: string
  readonly found: readonly DiskPattern[]
  readonly action: RepairAction | { readonly stop: FaultCode }
  readonly why: string
}

const notPast = ['none', 'level', 'behind'] as const
const notOlder = ['none', 'some'] as const

export const repairTable: readonly RepairRow[] = [
  {
    letter: 'A',
    found: [{ db: ['absent'], head: ['absent'], wal: ['none'], others: ['none'] }],
    action: 'create',
    why: 'a fresh folder: no ledger was ever here',
  },
  {
    letter: 'B',
    found: [
      {
        db: ['current'],
        chain: ['ok'],
        head: ['whole'],
        place: ['level'],
        wal: ['none'],
        others: notOlder,
      },
    ],
    action: 'go',
    why: 'the last run closed in order',
  },
  {
    letter: 'C',
    found: [
      {
        db: ['current'],
        chain: ['ok'],
        head: ['whole'],
        place: ['behind'],
        wal: ['none'],
        others: notOlder,
      },
    ],
    action: 'writeHead',
    why: 'the head is written after the rows, so it may be behind',
  },
  {
    letter: 'D',
    found: [
      { db: ['current', 'older', 'empty'], place: ['ahead'] },
      { db: ['current', 'older'], chain: ['ok'], place: notPast, others: ['newer'] },
    ],
    action: { stop: 'LEDGER-03' },
    why: 'the head, a backup or a kept state has rows that the ledger lacks: lost, or an old copy was put back',
  },
  {
    letter: 'E',
    found: [
      { db: ['absent'], head: ['bad', 'torn', 'whole'] },
      { db: ['absent'], head: ['absent'], wal: ['left'] },
      { db: ['absent'], head: ['absent'], wal: ['none'], others: ['some', 'newer'] },
      { db: ['empty'], head: ['bad'] },
      { db: ['empty'], head: ['absent'], others: ['some', 'newer'] },
      { db: ['empty'], place: ['level'], others: ['some', 'newer'] },
    ],
    action: { stop: 'LEDGER-02' },
    why: 'a ledger was here and is gone; an empty one in its place would hide every charge',
  },
  {
    letter: 'F',
    found: [{ db: ['current', 'older'], chain: ['broken'], place: notPast }],
    action: { stop: 'LEDGER-04' },
    why: 'a row was changed, removed or put in by someone without the chain key, or a bit flipped',
  },
  {
    letter: 'G',
    found: [{ db: ['current'], chain: ['ok'], head: ['bad'], others: notOlder }],
    action: 'writeHead',
    why: 'both head slots are damaged, the rows are whole; what the head knew is gone, so it is said',
  },
  {
    letter: 'H',
    found: [
      {
        db: ['current'],
        chain: ['ok'],
        head: ['torn'],
        place: ['level', 'behind'],
        others: notOlder,
      },
    ],
    action: 'writeHead',
    why: 'power went while one slot was written; the other one speaks',
  },
  {
    letter: 'I',
    found: [
      {
        db: ['current'],
        chain: ['ok'],
        head: ['whole'],
        place: ['level', 'behind'],
        wal: ['left'],
        others: notOlder,
      },
    ],
    action: 'writeHead',
    why: 'the last run was cut off; the write-ahead log was read back',
  },
  {
    letter: 'J',
    found: [{ db: ['newer'] }],
    action: { stop: 'LEDGER-01' },
    why: 'a newer version wrote it; there is no way back through a migration',
  },
  {
    letter: 'K',
    found: [{ db: ['damaged'] }],
    action: { stop: 'LEDGER-05' },
    why: 'it is not a ledger database, or it cannot be read',
  },
  {
    letter: 'L',
    found: [{ db: ['current', 'older'], place: ['differs'] }],
    action: { stop: 'LEDGER-04' },
    why: 'the row at the head was another one when the head was written: history was replaced',
  },
  {
    letter: 'M',
    found: [{ db: ['older'], chain: ['ok'], place: notPast, others: notOlder }],
    action: 'migrate',
    why: 'an older version wrote it; migrations run one transaction each',
  },
  {
    letter: 'N',
    found: [
      { db: ['empty'], head: ['absent'], others: ['none'] },
      { db: ['empty'], place: ['level'], others: ['none'] },
    ],
    action: 'migrate',
    why: 'the first start was cut off before the first table; nothing was ever recorded',
  },
  {
    letter: 'O',
    found: [{ db: ['current'], chain: ['ok'], head: ['absent'], others: notOlder }],
    action: 'writeHead',
    why: 'the head file is gone (or was not yet made); the rows are whole, so it is made again',
  },
  {
    letter: 'P',
    found: [{ db: ['foreign'] }],
    action: { stop: 'LEDGER-04' },
    why: 'the rows belong to another node',
  },
]

const matches = (pattern: DiskPattern, facts: DiskFacts): boolean =>
  (pattern.db?.includes(facts.db) ?? true) &&
  (pattern.wal?.includes(facts.wal) ?? true) &&
  (pattern.head?.includes(facts.head) ?? true) &&
  (pattern.place?.includes(facts.place) ?? true) &&
  (pattern.chain?.includes(facts.chain) ?? true) &&
  (pattern.others?.includes(facts.others) ?? true)

/** All rows that match; exactly one for every state a disk can be in. */
export const repairRowsFor = (facts: DiskFacts): readonly RepairRow[] =>
  repairTable.filter((row) => row.found.some((pattern) => matches(pattern, facts)))
