// Screens that a person leaves open on a wall: sessions that no idleness ends, and that may only look (`onWalls`).
import { z } from 'zod'
import { present } from '#base/pure/values/must.ts'
import { known, noArguments, type CallRows } from '../../call.ts'
import type { WallCalls } from './views.ts'

export const wallCalls: CallRows<WallCalls> = {
  'walls.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { secrets, person }) => secrets.walls(person),
  },
  'walls.open': {
    right: 'person',
    args: z.strictObject({ name: z.string().trim().min(1).max(40) }),
    async answer({ name: wall }, { secrets, person, token, keep }) {
      const own = present(token, 'a signed-in person has a token')
      keep(await secrets.openWall(person, own, wall), true)
      return { name: person.name, oneTime: false, wall }
    },
  },
  'walls.end': {
    right: 'person',
    args: z.strictObject({ wallId: z.string().regex(/^\d{1,18}$/) }),
    async answer({ wallId }, { secrets, person }) {
      known((await secrets.endWall(person, wallId)) || undefined, 'wallId', wallId)
      return null
    },
  },
}
