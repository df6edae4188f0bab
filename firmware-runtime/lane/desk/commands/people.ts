// `etc-lane people add | list | pin | role | lock | remove | unlock --data DIR`: the accounts of a lot; secrets come on
// stdin. A running runtime does it; else the file is written here, after the row of its audit.
import { userInfo } from 'node:os'
import type { Doer, PeopleService } from '../../people/people-service.ts'
import { mustBeFree } from '../../folder/data-folder.ts'
import { peopleOffline } from '../../folder/people-offline.ts'
import { act, commandOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { mustExist, stdinSecret } from '#base/desk/commands/stdin-secret.ts'

interface Named {
  readonly id: string
  readonly name: string
  readonly role: string
}
interface Listed extends Named {
  /** Seconds of lock after wrong secrets; 0: not locked. */
  readonly lockedForSec: number
  /** Barred by an owner, until an owner unlocks it. */
  readonly isBarred: boolean
}

/** The people service of a folder without a runtime; LOCK-01 when a runtime has just taken it. */
function serviceOf(dir: string): PeopleService {
  mustExist(dir)
  mustBeFree(dir)
  return peopleOffline(dir, 'etc-lane people')
}

/** The author in the audit; a script without a reason is recorded as `etc-lane people`. */
const doerOf = (reason = 'etc-lane people'): Doer & { readonly reason: string } => ({
  by: `${userInfo().username}@etc-lane`,
  role: 'owner',
  reason,
})

const saidBy = ({ by, reason }: ReturnType<typeof doerOf>) => ({ by, reason })

/** One act on one account, by a user with access to the folder. */
async function done(
  data: string,
  live: (client: RuntimeClient) => Promise<Named>,
  here: (service: PeopleService) => Named | Promise<Named>,
): Promise<Exit> {
  const dir = folderOf(data)
  const client = clientOf(dir)
  const { id, name, role } = client === null ? await here(serviceOf(dir)) : await live(client)
  return printed({ id, name, role })
}

const add = act(
  [
    'people add --data DIR --name NAME --role owner|attendant|installer|support|auditor [--reason TEXT]',
  ],
  async ({ data, name, role, reason }, io) => {
    const given = { name, role, secret: await stdinSecret(io) }
    const doer = doerOf(reason)
    return done(
      data,
      (client) => client.call('people.add', { ...given, ...saidBy(doer) }),
      (service) => service.add(given, doer, !service.hasPeople),
    )
  },
)

const listHere = (service: PeopleService): readonly Listed[] =>
  service.accounts.map((account) => ({
    ...account,
    lockedForSec: Math.ceil(service.lockLeftMs(account) / 1000),
    isBarred: account.isBarred === true,
  }))

const list = act(['people list --data DIR'], async ({ data }) => {
  const dir = folderOf(data)
  const client = clientOf(dir)
  const rows: readonly Listed[] =
    client === null ? listHere(serviceOf(dir)) : (await client.call('people.list', {})).rows
  const people = rows.map(({ id, name, role: has, lockedForSec, isBarred }): Listed => ({
    id,
    name,
    role: has,
    lockedForSec,
    isBarred,
  }))
  return printed({ people })
})

const pin = act(
  ['people pin --data DIR --id ID [--reason TEXT]'],
  async ({ data, id, reason }, io) => {
    const doer = doerOf(reason)
    const secret = await stdinSecret(io)
    return done(
      data,
      (client) => client.call('people.setSecret', { id, secret, ...saidBy(doer) }),
      (service) => service.setSecret(id, secret, doer),
    )
  },
)

const role = act(
  [
    'people role --data DIR --id ID --role owner|attendant|installer|support|auditor [--reason TEXT]',
  ],
  async ({ data, id, role: wanted, reason }, io) => {
    const given = { id, role: wanted, secret: await stdinSecret(io) }
    const doer = doerOf(reason)
    return done(
      data,
      (client) => client.call('people.setRole', { ...given, ...saidBy(doer) }),
      (service) => service.setRole(given, doer),
    )
  },
)

/** An act whose only argument is the account. */
const onAccount = (verb: 'lock' | 'remove' | 'unlock', here: 'bar' | 'remove' | 'unlock') =>
  act([`people ${verb} --data DIR --id ID [--reason TEXT]`], ({ data, id, reason }) => {
    const doer = doerOf(reason)
    return done(
      data,
      (client) => client.call(`people.${verb}`, { id, ...saidBy(doer) }),
      (service) => service[here](id, doer),
    )
  })

export const peopleCommand = commandOf('people', [
  ...[add, list, pin, role],
  ...[onAccount('lock', 'bar'), onAccount('remove', 'remove'), onAccount('unlock', 'unlock')],
])
