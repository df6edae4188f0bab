// Calls about orders of other billing systems, for people of the access system; rows of the table in table.ts.
import { z } from 'zod'
import { t } from '#base/pure/words/fault-text.ts'
import type { PartnerRow, SentOrderRow } from './partner-views.ts'
import { line, none, plainAct, read, reply } from '#base/calls/rows.ts'

export const partnerCalls = {
  /** Open orders, and those that ended within a week; the newest first, at most 1,000. */
  'partners.orders': read(
    'desk',
    none,
    reply<{ readonly rows: readonly SentOrderRow[]; readonly partners: readonly PartnerRow[] }>(),
    { rest: 'lanes', command: 'partners orders' },
  ),
  /** The record of a disputed charge goes to the platform after all. */
  'partners.review': plainAct('owner', () => ({ orderId: z.string().min(1).max(40) }), {
    words: t('有异议的扣费照原样上传', 'Disputed charge uploaded as it is'),
    guard: 'fourEyes',
    command: 'partners review',
    form: {
      reasons: 'stays',
      usual: 0,
      title: t('照原样上传这次扣费', 'Upload this charge as it is'),
      do: t('上传', 'Upload'),
      done: t('已放行上传', 'Its record goes up'),
      says: [
        line(
          '计费系统对金额或车牌有异议,这次扣费的记录还没有上传。先与计费系统核对;钱确实应退的,上传以后再退。',
          'The billing system disputes its amount or plate, and the record of the charge has not gone up. Check with that system first; money that is to go back is refunded after the upload.',
        ),
      ],
    },
  }),
} as const
