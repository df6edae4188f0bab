// Rules of the judge that are newer than a package: it stays verifiable, and says what nobody asked when it was made.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { AcceptRecord } from './record.ts'

interface JudgeRule {
  readonly id: string
  readonly words: BilingualText
  /** The member of the first line that the rule came with. */
  readonly member: keyof AcceptRecord['head']
}

const rules: readonly JudgeRule[] = [
  {
    id: 'provenance',
    words: t(
      '记录属于哪个停车场,由账本的启动记录判定',
      'The starts in the ledger decide whose rows are judged',
    ),
    member: 'starts',
  },
  {
    id: 'certificates',
    words: t(
      '平台的 TLS 证书由账本的记录判定',
      'The ledger decides under which TLS certificates the platforms answered',
    ),
    member: 'certificates',
  },
  {
    id: 'past',
    words: t(
      '没有启动记录,或账本的过去没有外部证据(平台、时间戳),不通过',
      'Without a start, or without a platform or time stamp that binds the past of the ledger, nothing passes',
    ),
    member: 'past',
  },
]

/** Empty for a package of this version. */
export const newerThan = ({ head }: AcceptRecord): readonly JudgeRule[] =>
  rules.filter(({ member }) => head[member] === undefined)
