// Records that a platform refused, or that a check held back: nobody sends them again but a person.
import { many, t } from '#base/pure/words/fault-text.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const heldRecord = defineMatter({
  reads: 'queue.held',
  args: { limit: 1 },
  by: 'queue.mend',
  why: t(
    '修正或放行之前,平台收不到这些记录,对应的钱可能结不了算',
    'Until they are mended or released the platform does not have them, and their money may not be settled',
  ),
  button: t('去处理', 'Deal with them'),
  to: '/queue?row=',
  rowsOf: ({ count, rows }) =>
    count === 0
      ? []
      : [
          {
            key: 'held',
            what: t(`${count} 条上传记录被搁置`, `${many(count, 'record')} for upload held`),
            sinceIso: rows[0]?.atIso ?? null,
            isUrgent: true,
            thing: ofFile(rows[0]?.outboxId ?? ''),
          },
        ],
})
