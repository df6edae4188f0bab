// Calls about the queue of uploads: its state, export and import by stick, and records that a platform refused or a check
// held back: listing them, correcting one, sending one unchanged. A corrected record is a new one under the same number;
// the first stays in the ledger unchanged.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { rule } from '#base/pure/words/issue-why.ts'
import type { SealWhy } from '../pure/queue/mend.ts'
import type { MemberValue } from '#base/pure/rows/ledger-row.ts'
import { act, line, none, plainAct, read, reply, who, type ActAnswer } from '#base/calls/rows.ts'
import type { PackedView, TakenBackView } from './transfer-views.ts'
import type { QueueRecordView, QueueStatusView } from './ledger-views.ts'

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

/** A folder or file of this machine. */
const path = z.string().min(1).max(400)

export const queueCalls = {
  'queue.status': read('everyone', none, reply<QueueStatusView>(), { rest: 'folder' }),
  'queue.list': read(
    'desk',
    () => z.strictObject({ limit: z.int().min(1).max(1000).optional() }),
    reply<{
      rows: readonly QueueRecordView[]
      /** For a role without the books: number of waiting records of other shifts. */
      others?: number
    }>(),
    { rest: 'folder' },
  ),
  /** `inFiles`: sends card-side records in sealed files, when the platform accepts them. */
  'queue.retryNow': act(
    'attendant',
    () => z.strictObject({ ...who, inFiles: z.boolean().optional() }),
    reply<ActAnswer>(),
    { words: t('立即重试', 'Retry now') },
  ),
  /** Exports unsent records to a USB stick, sealed to a certificate (its file) or to the recovery key. */
  'queue.export': act(
    'installer',
    () => z.strictObject({ to: path, recipient: path, ...who }),
    reply<ActAnswer & PackedView>(),
    { long: true, words: t('导出到 U 盘', 'Export to a stick') },
  ),
  /** Imports answers that were brought in a folder of this machine. */
  'queue.import': act(
    'attendant',
    () => z.strictObject({ from: path, ...who }),
    reply<ActAnswer & TakenBackView>(),
    { long: true, words: t('导入回执', 'Answers taken back') },
  ),
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
