// Calls about people: who is signed in at a window, signing in and out, accounts, and approval of acts on money. The
// author comes from the session; `by` counts only with the machine's own token.
import { z } from 'zod'
import { roles } from '#base/pure/values/roles.ts'
import type {
  ActRequestView,
  GonePersonView,
  PersonView,
  SeatView,
  SignedInView,
} from './people-views.ts'
import { change, none, read, reply, said, who } from '#base/calls/rows.ts'

const personId = z.string().regex(/^p[1-9]\d{0,3}$/)
/** Its rules are in secret-rules.ts; here only its length is limited. */
const secret = z.string().min(1).max(200)
const by = said(60).optional()
/** Required for a signed-in person; optional for a script. */
const reason = said(200).optional()
/** A signed-in person types the own PIN for this id first (`people.confirm`). */
const commandId = who.commandId.optional()
const one = z.strictObject({ id: personId, by, reason, commandId })

export const peopleCalls = {
  'people.seat': read('seat', none, reply<SeatView>(), { rest: 'lanes' }),
  /** Ends the former session of the window: a change of shift is one call. */
  'people.signIn': change(
    'seat',
    () => z.strictObject({ personId, secret }),
    reply<SignedInView>(),
  ),
  'people.signOut': change('seat', none, reply<{ ok: true }>()),
  /** Reports input at the window, which keeps the session alive. */
  'people.touch': change('seat', none, reply<{ ok: true }>()),
  /** Ends all sessions of the person; the answer opens a new one. */
  'people.changeSecret': change(
    'seat',
    () => z.strictObject({ before: secret, secret }),
    reply<SignedInView>(),
  ),
  'people.list': read(
    'people',
    none,
    reply<{ rows: readonly PersonView[]; gone: readonly GonePersonView[] }>(),
    { rest: 'folder' },
  ),
  'people.add': change(
    'owner',
    () => z.strictObject({ name: said(60), role: z.enum(roles), secret, by, reason, commandId }),
    reply<PersonView>(),
  ),
  'people.setSecret': change(
    'owner',
    () => z.strictObject({ id: personId, secret, by, reason, commandId }),
    reply<PersonView>(),
  ),
  /** Sets a new secret with the role; ends all sessions of the person. */
  'people.setRole': change(
    'owner',
    () => z.strictObject({ id: personId, role: z.enum(roles), secret, by, reason, commandId }),
    reply<PersonView>(),
  ),
  /** Blocks sign-in until it is unlocked; ends its sessions at once. */
  'people.lock': change('owner', one, reply<PersonView>()),
  'people.remove': change('owner', one, reply<PersonView>()),
  'people.unlock': change('owner', one, reply<PersonView>()),
  /** Checks the person's own secret again, for the one act with this id. */
  'people.confirm': change(
    'everyone',
    () => z.strictObject({ commandId: who.commandId, secret }),
    reply<{ ok: true }>(),
  ),
  'people.requests': read('everyone', none, reply<{ rows: readonly ActRequestView[] }>(), {
    rest: 'lanes',
  }),
  /** By another person than the one who requested, at any window. */
  'people.approve': change(
    'everyone',
    () => z.strictObject({ requestId: z.string().regex(/^[0-9a-f]{16}$/), personId, secret }),
    reply<{ ok: true }>(),
  ),
} as const
