// The calls about people: each goes to the gate and its service with the caller. A workbench without a folder has no
// accounts and requires no sign-in.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { refusedFor } from '#runtime/api/check.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { mayDo } from '#base/pure/values/roles.ts'
import type { SignedIn } from '../../people/people-service.ts'

const ok = { ok: true } as const
const nobody = { hasPeople: false, people: [], me: null, fault: null, waitingLanes: [] } as const

interface PeopleLot extends Lot<'gate'> {
  readonly config: { readonly name: BilingualText; readonly district?: string | undefined }
}

export const peopleCalls = defineCalls(({ gate, config }: PeopleLot) => {
  const { name, district = '' } = config
  const here = needed(gate, 'LOT-01')
  const signedIn = (found: SignedIn) => ({ token: found.token, me: here().me(found) })
  return {
    'people.seat': (_args, role, caller) => {
      const seat = gate?.seat(caller) ?? nobody
      const refused = refusedFor(seat.hasPeople ? (seat.me?.role ?? null) : role)
      return { ...seat, lot: { name, district }, refused }
    },
    'people.signIn': async ({ personId, secret }, _role, { token }) =>
      signedIn(await here().service.signIn(personId, secret, token ?? '')),
    'people.signOut': (_args, _role, { token }) => {
      if (token !== null) gate?.service.signOut(token)
      return ok
    },
    'people.touch': (_args, _role, { token }) => {
      if (token !== null) gate?.service.touch(token)
      return ok
    },
    'people.changeSecret': async ({ before, secret }, role, caller) => {
      const { service } = here()
      const { id, name } = here().personOf(caller)
      await service.check(id, before, 'people.confirm')
      await service.setSecret(id, secret, { by: name, role, id })
      return signedIn(await service.signIn(id, secret, caller.token ?? ''))
    },
    'people.list': () => {
      const own = here()
      return { rows: own.service.accounts.map((one) => own.view(one)), gone: own.gone() }
    },
    'people.add': async ({ name, role: wanted, secret, by, ...how }, _role, caller) => {
      const own = here()
      const isFirst = !own.service.hasPeople
      const doer = own.changerOf(caller, { by: by ?? (isFirst ? name : undefined), ...how })
      return own.view(await own.service.add({ name, role: wanted, secret }, doer, isFirst))
    },
    'people.setSecret': async ({ id, secret, ...how }, _role, caller) => {
      const own = here()
      return own.view(await own.service.setSecret(id, secret, own.changerOf(caller, how)))
    },
    'people.setRole': async ({ id, role: wanted, secret, ...how }, _role, caller) => {
      const own = here()
      const given = { id, role: wanted, secret }
      return own.view(await own.service.setRole(given, own.changerOf(caller, how)))
    },
    'people.lock': ({ id, ...how }, _role, caller) =>
      here().view(here().service.bar(id, here().changerOf(caller, how))),
    'people.remove': ({ id, ...how }, _role, caller) =>
      here().view(here().service.remove(id, here().changerOf(caller, how))),
    'people.unlock': ({ id, ...how }, _role, caller) =>
      here().view(here().service.unlock(id, here().changerOf(caller, how))),
    'people.confirm': async ({ commandId, secret }, _role, caller) => {
      await here().confirm(commandId, secret, caller)
      return ok
    },
    // Requests that this caller may not see are left out, with their amounts and people.
    'people.requests': (_args, role) => ({
      rows: (gate?.openRequests() ?? []).filter(({ right }) => mayDo(role, right)),
    }),
    'people.approve': async ({ requestId, personId, secret }) => {
      await here().approve(requestId, personId, secret)
      return ok
    },
  }
})
