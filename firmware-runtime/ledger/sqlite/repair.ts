// The lettered repair table of the ledger at start: found on disk -> letter -> action -> why.
// Data only. Every disk state matches exactly one letter (a test walks all of them).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'

/** The state of the data folder before anything was changed. */
export interface DiskFacts {
  /**
   * `empty`: a database without any table (first start interrupted). `foreign`: it has rows of another node and no rows
   * of this one. `damaged`: not a ledger database, or SQLite cannot read it.
   */
  readonly db: 'absent' | 'empty' | 'older' | 'current' | 'newer' | 'damaged' | 'foreign'
  /** `left`: ledger.db-wal holds bytes, so the last run did not close. */
  readonly wal: 'none' | 'left'
  readonly head: 'absent' | 'bad' | 'torn' | 'whole'
  /** The head file against the rows; `differs`: same number, other hash. */
  readonly place: 'none' | 'level' | 'behind' | 'ahead' | 'differs'
  readonly chain: 'none' | 'ok' | 'broken'
  /**
   * Other traces of a ledger in the folder: `none`, `some` (a chain key made before this start, backups, a stored
   * fold), or `newer` (a nightly backup or stored fold has rows that this ledger lacks).
   */
  readonly others: 'none' | 'some' | 'newer'
}

type DiskPattern = { readonly [F in keyof DiskFacts]?: readonly DiskFacts[F][] }

type RepairAction = 'create' | 'go' | 'writeHead' | 'migrate'

export interface RepairRow {
  readonly letter: string
  readonly found: readonly DiskPattern[]
  readonly action: RepairAction | { readonly stop: FaultCode }
  readonly why: BilingualText
}

const notPast = ['none', 'level', 'behind'] as const
const notOlder = ['none', 'some'] as const

export const repairTable: readonly RepairRow[] = [
  {
    letter: 'A',
    found: [{ db: ['absent'], head: ['absent'], wal: ['none'], others: ['none'] }],
    action: 'create',
    why: t('全新的目录:这里从未有过账本', 'a fresh folder: no ledger was ever here'),
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
    why: t('上次运行正常关闭', 'the last run closed in order'),
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
    why: t(
      '账本头在行之后写入,可能落后',
      'the head is written after the rows, so it may be behind',
    ),
  },
  {
    letter: 'D',
    found: [
      { db: ['current', 'older', 'empty'], place: ['ahead'] },
      { db: ['current', 'older'], chain: ['ok'], place: notPast, others: ['newer'] },
    ],
    action: { stop: 'LEDGER-03' },
    why: t(
      '账本头、备份或保存的状态中有账本缺少的行:丢失了,或放回了旧的副本',
      'the head, a backup or a kept state has rows that the ledger lacks: lost, or an old copy was put back',
    ),
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
    why: t(
      '这里原有账本,现在没有了;用空账本顶替会隐去每一笔扣费',
      'a ledger was here and is gone; an empty one in its place would hide every charge',
    ),
  },
  {
    letter: 'F',
    found: [{ db: ['current', 'older'], chain: ['broken'], place: notPast }],
    action: { stop: 'LEDGER-04' },
    why: t(
      '有一行被没有链密钥的人改动、删除或插入,或有一位翻转',
      'a row was changed, removed or put in by someone without the chain key, or a bit flipped',
    ),
  },
  {
    letter: 'G',
    found: [{ db: ['current'], chain: ['ok'], head: ['bad'], others: notOlder }],
    action: 'writeHead',
    why: t(
      '账本头的两个位置都已损坏,各行完好;账本头所知的已失去,因此写明',
      'both head slots are damaged, the rows are whole; what the head knew is gone, so it is said',
    ),
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
    why: t(
      '写一个位置时断电;以另一个为准',
      'power went while one slot was written; the other one speaks',
    ),
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
    why: t(
      '上次运行被中断;已读回预写日志',
      'the last run was cut off; the write-ahead log was read back',
    ),
  },
  {
    letter: 'J',
    found: [{ db: ['newer'] }],
    action: { stop: 'LEDGER-01' },
    why: t(
      '由更新的版本写成;迁移没有退路',
      'a newer version wrote it; there is no way back through a migration',
    ),
  },
  {
    letter: 'K',
    found: [{ db: ['damaged'] }],
    action: { stop: 'LEDGER-05' },
    why: t('不是账本数据库,或读不出来', 'it is not a ledger database, or it cannot be read'),
  },
  {
    letter: 'L',
    found: [{ db: ['current', 'older'], place: ['differs'] }],
    action: { stop: 'LEDGER-04' },
    why: t(
      '写账本头时,该处是另一行:历史被替换过',
      'the row at the head was another one when the head was written: history was replaced',
    ),
  },
  {
    letter: 'M',
    found: [{ db: ['older'], chain: ['ok'], place: notPast, others: notOlder }],
    action: 'migrate',
    why: t(
      '由较旧的版本写成;每项迁移各是一个事务',
      'an older version wrote it; migrations run one transaction each',
    ),
  },
  {
    letter: 'N',
    found: [
      { db: ['empty'], head: ['absent'], others: ['none'] },
      { db: ['empty'], place: ['level'], others: ['none'] },
    ],
    action: 'migrate',
    why: t(
      '首次启动在建第一张表之前被中断;从未记录任何内容',
      'the first start was cut off before the first table; nothing was ever recorded',
    ),
  },
  {
    letter: 'O',
    found: [{ db: ['current'], chain: ['ok'], head: ['absent'], others: notOlder }],
    action: 'writeHead',
    why: t(
      '账本头文件不在(或尚未生成);各行完好,因此重新生成',
      'the head file is gone (or was not yet made); the rows are whole, so it is made again',
    ),
  },
  {
    letter: 'P',
    found: [{ db: ['foreign'] }],
    action: { stop: 'LEDGER-04' },
    why: t('这些行属于另一台电脑', 'the rows belong to another node'),
  },
]

const matches = (pattern: DiskPattern, facts: DiskFacts): boolean =>
  (pattern.db?.includes(facts.db) ?? true) &&
  (pattern.wal?.includes(facts.wal) ?? true) &&
  (pattern.head?.includes(facts.head) ?? true) &&
  (pattern.place?.includes(facts.place) ?? true) &&
  (pattern.chain?.includes(facts.chain) ?? true) &&
  (pattern.others?.includes(facts.others) ?? true)

/** All rows that match; exactly one for every state of a folder. */
export const repairRowsFor = (facts: DiskFacts): readonly RepairRow[] =>
  repairTable.filter((row) => row.found.some((pattern) => matches(pattern, facts)))
