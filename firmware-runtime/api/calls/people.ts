// Calls of people: who sits at a window, signing in and out, accounts, and assent to acts on money.
// Who does it comes from the session; `by` counts only from the machine's own token.
import { z } from 'zod'
import { roles } from '../../core/values/roles.ts'
import type {
  ActRequestView,
  GonePersonView,
  PersonView,
  SeatView,
  SignedInView,
} from '../people-views.ts'
import { change, none, read, reply, said, who } from '../rows.ts'

const personId = z.string().regex(/^p[1-9]\d{0,3}$/)
/** Its rules are secret-rules.ts; here only what a call may weigh. */
const secret = z.string().min(1).max(200)
const by = said(60).optional()
/** A person who is signed in must say why; a script may. */
const reason = said(200).optional()
/** A person who is signed in types the own PIN for it first (`people.confirm`). */
const commandId = who.commandId.optional()
const one = z.strictObject({ id: personId, by, reason, commandId })

export const peopleCalls = {
  'people.seat': read('seat', none, reply<SeatView>(), { rest: 'lanes' }),
  /** The session that the window had before ends: a change at shift is one call. */
  'people.signIn': change(
    'seat',
    () => z.strictObject({ personId, secret }),
    reply<SignedInView>(),
  ),
  'people.signOut': change('seat', none, reply<{ ok: true }>()),
  /** A hand was on the window. */
  'people.touch': change('seat', none, reply<{ ok: true }>()),
  /** All sessions of the person end; the answer opens a new one. */
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
  /** Another role begins with a new secret; all sessions of the person end. */
  'people.setRole': change(
    'owner',
    () => z.strictObject({ id: personId, role: z.enum(roles), secret, by, reason, commandId }),
    reply<PersonView>(),
  ),
  /** Nobody signs in with it until it is unlocked; its sessions end at once. */
  'people.lock': change('owner', one, reply<PersonView>()),
  'people.remove': change('owner', one, reply<PersonView>()),
  'people.unlock': change('owner', one, reply<PersonView>()),
  /** The person's own secret again, for the one act with this id. */
  'people.confirm': change(
    'everyone',
    () => z.strictObject({ commandId: who.commandId, secret }),
    reply<{ ok: true }>(),
  ),
  'people.requests': read('everyone', none, reply<{ rows: readonly ActRequestView[] }>(), {
    rest: 'lanes',
  }),
  /** By another person than who asked, on whichever window. */
  'people.approve': change(
    'everyone',
    () => z.strictObject({ requestId: z.string().regex(/^[0-9a-f]{16}$/), personId, secret }),
    reply<{ ok: true }>(),
  ),
} as const
