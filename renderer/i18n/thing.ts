// Words of the page of one thing.
import { t } from '#base/pure/words/fault-text.ts'

export const thing = {
  close: t('← 回到列表', '← Back to the list'),
  copy: t('复制地址', 'Copy address'),
  copied: t('✓ 已复制', '✓ Copied'),
  open: t('打开地址 {address}', 'Open {address}'),
}
