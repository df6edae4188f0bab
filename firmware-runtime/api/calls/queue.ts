// Calls about records that a platform refused, or that a check held back: listing them, correcting one, sending one
// unchanged. A corrected record is a new one under the same number; the first stays in the ledger unchanged.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { rule } from '../../core/values/issue-why.ts'
import type { SealWhy } from '../../core/queue/mend.ts'
import type { MemberValue } from '../../core/values/rows/ledger-row.ts'
import { act, line, plainAct, read, reply, who, type ActAnswer } from '../rows.ts'
import type { QueueRecordView } from '../views.ts'

/** Allowed values of a member; null: read only. */
export interface MemberTakes {
  readonly kind: 'text' | 'whole' | 'oneOf'
  /** Longest text. */
  readonly max: number | null
  readonly min: number | null
  readonly oneOf: readonly number[]
  /** It may be absent. */
  readonly optional: boolean
}

export interface HeldMemberView {
  readonly name: string
  /** Null: the record does not have it yet. */
  readonly value: MemberValue
  readonly takes: MemberTakes | null
  /** Why it is read only; `unknown`: no document names it; `accepted`: the platform refused other members. */
  readonly sealed: SealWhy | 'unknown' | 'accepted' | null
  /** Clause of the document that says so. */
  readonly clause: string
}

export interface HeldRecordView extends Omit<QueueRecordView, 'state' | 'note'> {
  /** Why it is held back. */
  readonly why: string
  /** The members named by the platform, with blanks between them; empty: none named. */
  readonly named: string
  readonly mayMend: boolean
  readonly mayRelease: boolean
  /** The platform has a record of its number: it may be ended without sending it. */
  readonly mayEnd: boolean
  /** Other platforms that were told of this car: a changed plate does not reach them. */
  readonly plateAlsoAt: readonly string[]
  readonly members: readonly HeldMemberView[]
}

const outboxId = z.string().min(1).max(40)
const member = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])

export const queueCalls = {
  'queue.held': read(
    'books',
    () => z.strictObject({ limit: z.int().min(1).max(200).optional() }),
    reply<{ readonly rows: readonly HeldRecordView[]; readonly count: number }>(),
    { rest: 'folder', command: 'queue held' },
  ),
  'queue.mend': act(
    'mender',
    () =>
      z.strictObject({
        outboxId,
        members: z
          .record(z.string().regex(/^(?!__proto__$)\w{1,40}$/), member)
          .refine(
            (given) => Object.keys(given).length <= 40,
            rule('最多 40 个字段', 'at most 40 members'),
          ),
        ...who,
      }),
    reply<ActAnswer & { readonly outboxId: string | null }>(),
    {
      words: t('修正记录', 'Record mended'),
      guard: 'pin',
      command: 'queue mend',
      flags: { outboxId: 'id', members: 'set' },
    },
  ),
  'queue.end': plainAct('mender', () => ({ outboxId }), {
    words: t('结束搁置的记录', 'Held record ended'),
    guard: 'pin',
    command: 'queue end',
    flags: { outboxId: 'id' },
    form: {
      reasons: 'mend',
      title: t('结束这条记录,不再发送', 'End this record without sending it'),
      do: t('结束 {businessNo}', 'End {businessNo}'),
      says: [
        line(
          '平台已有这个编号的记录,这一条再发也不会收。它留在账本里,不再待传,也不再算在风险金额里。',
          'The platform already has a record of this number and will not accept this one. It stays in the ledger, is no longer waiting, and no longer counts as money at risk.',
          'quiet',
        ),
      ],
    },
  }),
  'queue.release': plainAct('mender', () => ({ outboxId }), {
    words: t('照样发送', 'Record sent all the same'),
    guard: 'pin',
    command: 'queue release',
    flags: { outboxId: 'id' },
    form: {
      reasons: 'mend',
      title: t('照样发送这条记录', 'Send this record unchanged'),
      do: t('照样发送 {businessNo}', 'Send {businessNo} unchanged'),
      says: [
        line(
          '按原编号、原内容再发给平台。平台仍不收,它会再次搁置。',
          'The record is sent again with the same number and content. If the platform still does not accept it, it is set aside again.',
          'quiet',
        ),
      ],
    },
  }),
} as const
