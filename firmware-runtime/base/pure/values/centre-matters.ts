// The kinds of what waits for a person of a centre of many lots, for its pages, mails and webhooks.
import { t, type BilingualText } from '../words/fault-text.ts'

interface MatterKind {
  readonly title: BilingualText
  /** It makes a sound until a person has taken it. */
  readonly isUrgent: boolean
  /** What ends it is seen by the centre: no person ends it by hand. */
  readonly endsItself: boolean
}

const byItself = (zh: string, en: string, isUrgent = true): MatterKind => ({
  title: t(zh, en),
  isUrgent,
  endsItself: true,
})
const byPerson = (zh: string, en: string, isUrgent: boolean): MatterKind => ({
  title: t(zh, en),
  isUrgent,
  endsItself: false,
})

export const matterKinds = {
  silent: byItself('停车场没有消息', 'Nothing is heard from the car park'),
  deviceDown: byItself('设备没有应答', 'A device does not answer'),
  carWaits: byItself('有车在等人处理', 'A car waits for a person'),
  boomLeftUp: byItself('道闸不该抬着', 'A boom is up that should not be'),
  clockDoubt: byItself('停车场的时钟说不准', 'The clock of the car park is in doubt'),
  diskLow: byItself('停车场的磁盘快满了', 'The disk of the car park is nearly full'),
  lotMatter: byItself('停车场里有急事', 'Something urgent at the car park'),
  recordsWait: byItself('上传的记录卡住了', 'Records for upload are stuck', false),
  certificateEnds: byItself('证书快到期或已过期', 'A certificate ends soon or has ended', false),
  forked: byPerson('有两份不同的历史', 'Two different histories', true),
  aside: byPerson('有一行记录读不懂', 'A row cannot be read', true),
  oddClock: byPerson('时钟偏得太远', 'A clock is far off', false),
  foldStopped: byPerson('有一行记录没法计入数字', 'A row cannot be counted', false),
  oddMoney: byPerson('有钱记在错误的日期上', 'Money has a date that cannot be right', false),
  keyRevoked: byPerson('被吊销的密钥还在用', 'A revoked key is still used', false),
} as const satisfies Readonly<Record<string, MatterKind>>

export type MatterKindName = keyof typeof matterKinds

const other = byPerson('要人看一下', 'Needs a person', false)
/** A kind that this version does not know is shown, and ended by hand. */
export const matterKindOf = (kind: string): MatterKind =>
  Object.hasOwn(matterKinds, kind) ? matterKinds[kind as MatterKindName] : other

const kindsThat = (holds: (kind: MatterKind) => boolean): readonly string[] =>
  Object.entries<MatterKind>(matterKinds).flatMap(([name, kind]) => (holds(kind) ? [name] : []))
export const urgentKinds = kindsThat(({ isUrgent }) => isUrgent)
export const selfEndingKinds = kindsThat(({ endsItself }) => endsItself)
