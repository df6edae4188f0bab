// Platforms of table G.1 and H.1 in words: each is shown by what went to it, and what went to another shows nothing of it.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { PlatformName } from './facts.ts'

export const partyWords: Readonly<Record<PlatformName, BilingualText>> = {
  platform: t('拓展平台', 'the expansion platform'),
  operator: t('运营服务商平台', "the operator's platform"),
  etcOperator: t('ETC 运营商平台', "the ETC operator's platform"),
}
