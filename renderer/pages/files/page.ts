// The page /survey/files.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/survey/files',
  place: 'works',
  order: 50,
  title: t('勘测文件与证据', 'Survey files and evidence'),
  short: t('勘测文件', 'Survey files'),
  also: t('打开文件 签名', 'Open a file signatures'),
  reads: 'survey.list',
  bench: true,
} as const satisfies Page
