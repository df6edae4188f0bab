// Free spaces of the lot in the published interface (000 clause 6.3), for guidance systems, city platforms and apps.
import { z } from 'zod'
import { iso } from './shapes.ts'
import type { ActsOf, Subject } from './subject.ts'

const count = z.int().min(0)

const part = z.object({
  name: z.string(),
  capacity: count.nullable().describe('null: not known, nor is `free`'),
  inside: count,
  unwatched: count.describe('Streets: spaces whose watcher is silent and that had no car'),
  free: count.nullable(),
})

const schemas = {
  Spaces: z.object({
    atIso: iso.describe('When it was counted'),
    capacity: count,
    inside: count.describe('Cars'),
    kept: count.describe('Bays kept for reservations'),
    unwatched: count,
    free: count.describe('For cars without a reservation; 0: full'),
    isOpen: z.boolean().describe('false: only cars with a reservation are let in'),
    isSure: z.boolean().describe('false: cars may have come or gone uncounted'),
    parts: z.array(part).describe('Areas of an enclosed car park, streets of an open one'),
    kinds: z
      .object({ ordinary: count, charging: count, special: count })
      .nullable()
      .describe('Capacity by kind; null: all are ordinary'),
    eventsAfter: count.describe('Events behind this number are newer'),
  }),
} as const

export const spaceSubject = {
  right: 'spaces',
  pathMembers: {},
  schemas,
  operations: {
    spaces: {
      method: 'GET',
      path: '/v1/spaces',
      does: 'The free spaces of the car park, and of each area or street',
      answer: 'Spaces',
    },
  },
  news: { events: ['spaces'], members: { spaces: schemas.Spaces.nullish() } },
} as const satisfies Subject

export const spaceActs: ActsOf<typeof spaceSubject> = { spaces: (spaces) => spaces.now() }
