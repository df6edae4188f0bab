// Signing in and out, and a person's own secret.
import { z } from 'zod'
import { present } from '#base/pure/values/must.ts'
import { noArguments, type CallRows } from '../../call.ts'
import type { SessionCalls } from './views.ts'

const secret = z.string().min(1).max(200)

export const sessionCalls: CallRows<SessionCalls> = {
  'session.begin': {
    right: 'anybody',
    args: z.strictObject({ name: z.string().trim().min(1).max(80), secret }),
    async answer({ name, secret: given }, { secrets, from, keep, keepBrowser }) {
      const { token, browser, person } = await secrets.signIn(name, given, from)
      keep(token)
      keepBrowser(browser)
      return { name: person.name, oneTime: person.oneTime, wall: null }
    },
  },
  'session.get': {
    right: 'oneTime',
    onWalls: true,
    args: noArguments,
    answer: (_, { person: { name, oneTime, wall } }) => Promise.resolve({ name, oneTime, wall }),
  },
  'session.end': {
    right: 'anybody',
    args: noArguments,
    async answer(_, { secrets, token, keep }) {
      await secrets.signOut(token)
      keep(null)
      return null
    },
  },
  'session.setSecret': {
    right: 'oneTime',
    args: z.strictObject({ secret, wanted: z.string().max(200) }),
    async answer({ secret: now, wanted }, { secrets, person, token, from }) {
      const own = present(token, 'a signed-in person has a token')
      await secrets.change(person, own, { secret: now, wanted, ...from })
      return { name: person.name, oneTime: false, wall: null }
    },
  },
}
