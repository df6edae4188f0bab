// What is said of a paper by how far it is: filled in, read by a second person, changed since.
// Words of documents and of rules.
import { t } from '../../core/values/fault-text.ts'

export const stateWords = {
  open: t('未填完', 'not filled in'),
  filled: t('待评审', 'waits for a review'),
  accepted: t('评审通过', 'accepted by a review'),
  returned: t('退回修改', 'returned by its review'),
  changed: t('评审后改过,须再评审', 'changed after its review'),
} as const
