// An owner's open window is not enough to change an account: each change asks for the caller's own secret, valid for that
// change only. Otherwise a passer-by could take over every account of the lot.
import { expect, it } from 'vitest'
import type { SignedInView } from '#lane/calls/people-views.ts'
import { makeLot } from '../../runtime/control/control-kit.ts'
import { MemoryPeople } from './people-kit.ts'

const ownSecret = 'correct horse'

it('each change of an account asks for the own secret, and it is used up with that change', async () => {
  const memory = new MemoryPeople()
  const none = undefined
  const lot = makeLot([], none, none, none, none, none, none, none, memory)
  const { call } = lot.control.session('owner')
  await call('people.add', { name: '王老板', role: 'owner', secret: ownSecret })
  await call('people.add', { name: '李四', role: 'attendant', secret: '274916' })
  memory.people = memory.people.map((one) => ({ ...one, mustChange: false }))
  lot.control.close()
  const again = makeLot([], none, none, none, none, none, none, none, memory)
  const { call: ask } = again.control.session('owner')
  const signedIn = await ask('people.signIn', { personId: 'p1', secret: ownSecret }, '')
  const { token } = (signedIn as { data: SignedInView }).data
  const before = memory.people
  const commandId = 'account-0001'
  const secret = 'another horse'
  for (const [name, args] of [
    ['people.setSecret', { id: 'p1', secret }],
    ['people.setRole', { id: 'p1', role: 'owner', secret }],
    ['people.setRole', { id: 'p2', role: 'owner', secret }],
    ['people.add', { name: '路过的', role: 'owner', secret }],
    ['people.lock', { id: 'p2' }],
    ['people.unlock', { id: 'p2' }],
    ['people.remove', { id: 'p2' }],
  ] as const)
    for (const said of [{ reason: '测试', commandId }, { reason: '测试' }])
      expect(await ask(name, { ...args, ...said }, token), name).toMatchObject({
        error: { code: 'PEOPLE-05', field: '/commandId' },
      })
  expect(memory.people).toBe(before)
  await ask('people.confirm', { commandId, secret: ownSecret }, token)
  const add = { name: '新来的', role: 'attendant', secret: '618305', reason: '测试', commandId }
  expect(await ask('people.add', add, token)).toMatchObject({ ok: true })
  expect(await ask('people.add', { ...add, name: '又一个' }, token)).toMatchObject({
    error: { code: 'PEOPLE-05' },
  })
  again.control.close()
})
