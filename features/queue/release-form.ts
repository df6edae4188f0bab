// Sends a held record unchanged, or ends it because its platform has a record of its number: with the reason of the person
// who decides it.
import type { HeldRecordView } from '../../firmware-runtime/api/calls/queue.ts'
import { ask } from '../../renderer/api/client.ts'
import { actForm } from '../../renderer/kit/act-form.ts'
import { said } from '../../renderer/kit/said.ts'
import type { Words } from '../../renderer/kit/words.ts'

export const releaseForm = (words: Words, { outboxId, businessNo, why }: HeldRecordView) =>
  actForm({
    title: words.t('queue.mend.releaseTitle'),
    reasons: 'mend',
    says: [{ text: said(words, why) }, { text: words.t('queue.mend.releaseWhy'), tone: 'quiet' }],
    fields: {},
    doLabel: words.t('queue.mend.releaseDo', { no: businessNo }),
    call: (_, who) => ask('queue.release', { outboxId, ...who }),
  })

export const endForm = (words: Words, { outboxId, businessNo, why }: HeldRecordView) =>
  actForm({
    title: words.t('queue.mend.endTitle'),
    reasons: 'mend',
    says: [{ text: said(words, why) }, { text: words.t('queue.mend.endWhy'), tone: 'quiet' }],
    fields: {},
    doLabel: words.t('queue.mend.endDo', { no: businessNo }),
    call: (_, who) => ask('queue.end', { outboxId, ...who }),
  })
