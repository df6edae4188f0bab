// Calls about the centre of many lots that this lot sends its rows to; rows of the table in table.ts.
import { t } from '../../core/values/fault-text.ts'
import type { CentreView } from '../centre-views.ts'
import { none, plainAct, read, reply } from '../rows.ts'

export const centreCalls = {
  'centre.state': read('everyone', none, reply<CentreView>(), {
    rest: 'lanes',
    command: 'feed status',
  }),
  /** New keys and new digits; certificates in use stay until the new ones are accepted. */
  'centre.pairAgain': plainAct('installer', () => ({}), {
    words: t('重新向运营中心申请配对', 'Pairing with the centre requested again'),
    command: 'feed pair-again',
  }),
} as const
