// Calls about the centre of many lots that this lot sends its rows to; rows of the table in table.ts.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentreView } from './centre-views.ts'
import { line, none, plainAct, read, reply } from '#base/calls/rows.ts'

export const centreCalls = {
  'centre.state': read('everyone', none, reply<CentreView>(), {
    rest: 'lanes',
    command: 'feed status',
  }),
  /** New keys and new digits; certificates in use stay until the new ones are accepted. */
  'centre.pairAgain': plainAct('installer', () => ({}), {
    words: t('重新向运营中心申请配对', 'Pairing with the centre requested again'),
    command: 'feed pair-again',
    form: {
      reasons: 'pairAgain',
      title: t('重新申请配对', 'Ask for pairing again'),
      do: t('重新申请', 'Ask again'),
      says: [
        line(
          '两边会出现新的六位数字,由运营中心的人比对后接受。',
          'New digits appear on both sides; a person at the centre compares and accepts them.',
        ),
      ],
    },
  }),
} as const
