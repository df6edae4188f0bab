// The call that ends a doubt of the clock: a person has compared it with a correct clock. Owners only: a wrong clock
// that is confirmed prices every car wrongly.
import { t } from '#base/pure/words/fault-text.ts'
import { plainAct } from '#base/calls/rows.ts'

export const clockCalls = {
  'clock.confirm': plainAct('owner', () => ({}), {
    words: t('确认时钟', 'Clock confirmed'),
    guard: 'pin',
  }),
} as const
