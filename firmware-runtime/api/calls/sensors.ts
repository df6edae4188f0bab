// Calls about parking spaces and the sensors below them. Rows of the one table in table.ts.
// Nothing here moves anything.
import { z } from 'zod'
import { read, reply } from '../rows.ts'
import type { SpacesView } from '../sensors-views.ts'

export const sensorCalls = {
  'spaces.get': read('everyone', () => z.strictObject({}), reply<SpacesView>(), {
    rest: 'lanes',
    command: 'spaces',
  }),
} as const
