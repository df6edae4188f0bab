// Words of the evidence of a stay in a space; its sentences come from the runtime.
import { t } from '#base/pure/words/fault-text.ts'

export const evidence = {
  title: t('停车的依据', 'Evidence of the stay'),
  position: t('位置', 'Position'),
  whole: t('依据齐全', 'Nothing is missing'),
}
