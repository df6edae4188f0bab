// State of an acceptance document: filled in, read by a second person, changed since; and what is not filled in.
// Words of the documents, of their rules and of the window.
import { t } from '../words/fault-text.ts'

export const paperStateWords = {
  open: t('未填完', 'not filled in'),
  filled: t('待评审', 'waits for a review'),
  accepted: t('评审通过', 'accepted'),
  returned: t('退回修改', 'returned'),
  changed: t('评审后改过,须再评审', 'changed after its review'),
} as const
export type PaperState = keyof typeof paperStateWords

export const paperWords = {
  nobody: t('还没有填写', 'not filled in yet'),
  unknown: t('系统不知道', 'Not known to the system'),
  ofLot: t('(系统)', '(system)'),
} as const
