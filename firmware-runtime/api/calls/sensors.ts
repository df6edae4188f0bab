// Calls about parking spaces and the sensors in them; rows of the table in table.ts.
// They only read.
import { z } from 'zod'
import { read, reply } from '../rows.ts'
import type { SpacesView } from '../sensors-views.ts'

export const sensorCalls = {
  'spaces.get': read('everyone', () => z.strictObject({}), reply<SpacesView>(), {
    rest: 'lanes',
    command: 'spaces',
  }),
} as const
