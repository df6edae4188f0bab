// The page /settings.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/settings',
  place: 'works',
  order: 20,
  title: t('停车场', 'Car park'),
  also: t('开通 设置 平台 扣费方式 收银 打印机', 'Set-up settings platform charging printer'),
  reads: 'setup.save',
  needs: 'ownLot',
  screen: 'setup/SetupScreen.vue',
} as const satisfies Page
