// Calls about parking spaces and what watches them; rows of the table in table.ts.
import { z } from 'zod'
import { t } from '../../core/values/fault-text.ts'
import { plainAct, read, reply } from '../rows.ts'
import type { SpacesView } from '../sensors-views.ts'

export const sensorCalls = {
  'spaces.get': read('everyone', () => z.strictObject({}), reply<SpacesView>(), {
    rest: 'lanes',
    command: 'spaces',
  }),
  /** A camera that was covered, turned or frozen sees its spaces again. */
  'spaces.trust': plainAct('installer', () => ({ sourceId: z.string().min(1).max(16) }), {
    words: t('确认泊位相机的画面', 'Confirm the picture of a camera of spaces'),
    command: 'spaces trust',
  }),
} as const
