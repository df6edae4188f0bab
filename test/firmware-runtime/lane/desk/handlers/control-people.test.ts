// Every row of the call table over loopback HTTP, by every role, without a session, with an expired or foreign session or
// token, and from a foreign Origin and Host. Then the name recorded for an act, and what acts on money need in addition.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApiServer, type ApiServer } from '#base/api/http-server.ts'
import { api, type ApiName } from '#runtime/api/table.ts'
import { roles, type Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { PersonView, SeatView, SignedInView } from '#lane/calls/people-views.ts'
import { expectedCalls, expectedRights } from '../../../runtime/api/expected-rights.ts'
import { MemoryPeople } from '../../people/people-kit.ts'
import { carAtExit, makeLot, withBoom, type TestLot } from '../../../runtime/control/control-kit.ts'
import {
  idOf,
  lotOf,
  nameOf,
  peopled,
  secretOf,
  signIn,
} from '../../../runtime/control/people-lot.ts'
import { eventually } from '../../../../kit/eventually.ts'

const names = Object.keys(api) as ApiName[]
const token = 'ab'.repeat(32)
const fullSpeed = { callsBurst: 100_000, callsPerSec: 100_000, connectionsMax: 64 }

describe('every row', () => {
  let lot: TestLot
  let server: ApiServer
  const seats = new Map<Role, string>()
  let stale = ''
  let foreign = ''

  beforeAll(async () => {
    lot = await peopled(new MemoryPeople())
    const session = lot.control.session('owner')
    server = await openApiServer({
      token,
      session: () => session,
      failed: (error) => {
        throw error
      },
      limits: fullSpeed,
    })
    for (const role of roles) seats.set(role, await signIn(lot, role))
    stale = await signIn(lot, 'owner')
    await session.call('people.signOut', {}, stale)
    const others = new MemoryPeople()
    // Advances the random numbers, so that the other lot has other tokens.
    others.random.bytes(1)
    for (let n = 0; n < 50; n++) others.random.bytes(1)
    foreign = await signIn(await peopled(others), 'owner')
  })
  afterAll(async () => {
    await server.close()
    lot.control.close()
  })

  interface Asking {
    readonly bearer?: string | null
    readonly seat?: string
    readonly more?: Readonly<Record<string, string>>
  }

  /** Sends an argument that no call has: a permitted caller gets an argument error, and nothing is ever done. */
  function ask(name: ApiName, { bearer = token, seat, more = {} }: Asking) {
    const body = JSON.stringify({ name, args: { nonsense: 1 } })
    const headers = {
      'content-type': 'application/json',
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(seat === undefined ? {} : { 'x-etc-lane-seat': seat }),
      ...more,
    }
    return new Promise<{ status: number; code: string }>((done, fail) => {
      const asked = request(`${server.url}/v1/call`, { method: 'POST', headers }, (response) => {
        let text = ''
        response.on('data', (part: Buffer) => (text += part.toString()))
        response.on('end', () => {
          const reply = JSON.parse(text) as ApiReply<unknown>
          done({ status: response.statusCode ?? 0, code: reply.ok ? '' : reply.error.code })
        })
      })
      asked.on('error', fail)
      asked.end(body)
    })
  }
  const passed = { status: 200, code: 'API-01' }
  const nobody = (name: ApiName) =>
    expectedRights.get(name)?.isOpen === true ? passed : { status: 200, code: 'PEOPLE-03' }

  it('has its people in the table of the documents, once', () => {
    expect([...expectedCalls].sort()).toEqual([...names].sort())
  })

  it.each(names)('%s', async (name) => {
    const may = expectedRights.get(name)?.may ?? []
    for (const [role, seat] of seats) {
      expect(await ask(name, { seat }), role).toEqual(
        may.includes(role) ? passed : { status: 200, code: 'API-02' },
      )
    }
    expect(await ask(name, {}), 'the machine').toEqual(passed)
    expect(await ask(name, { seat: '' }), 'nobody').toEqual(nobody(name))
    expect(await ask(name, { seat: stale }), 'stale').toEqual(nobody(name))
    expect(await ask(name, { seat: foreign }), 'foreign').toEqual(nobody(name))
    const seat = seats.get('owner') ?? ''
    const unknown = { status: 401, code: 'API-03' }
    expect(await ask(name, { bearer: null, seat }), 'no token').toEqual(unknown)
    expect(await ask(name, { bearer: 'cd'.repeat(32), seat }), 'old token').toEqual(unknown)
    expect(await ask(name, { bearer: seat }), 'a session is no token').toEqual(unknown)
    const elsewhere = { status: 403, code: 'API-03' }
    const origin = { origin: 'https://evil.example' }
    expect(await ask(name, { seat, more: origin }), 'Origin').toEqual(elsewhere)
    expect(await ask(name, { seat, more: { host: 'evil.example' } }), 'Host').toEqual(elsewhere)
  })

  it('a seat that is no token is refused', async () => {
    const bad = { status: 400, code: 'API-01' }
    expect(await ask('status.get', { seat: 'no hex' })).toEqual(bad)
  })
})

describe('a lot without people', () => {
  it('asks nobody, at a window either, and its first person is asked for from then on', async () => {
    const lot = lotOf(new MemoryPeople())
    const { call } = lot.control.session('owner')
    expect(await call('status.get', {}, '')).toMatchObject({ ok: true })
    expect(await call('people.seat', {}, '')).toMatchObject({ data: { hasPeople: false } })
    const first = { name: '王老板', role: 'owner', secret: secretOf('owner') }
    expect(await call('people.add', first, '')).toMatchObject({ data: { mustChange: false } })
    expect(await call('status.get', {}, '')).toMatchObject({ error: { code: 'PEOPLE-03' } })
    expect(await call('status.get', {})).toMatchObject({ ok: true })
    const { data } = (await call('people.seat', {}, '')) as { data: SeatView }
    expect(data).toMatchObject({ hasPeople: true, me: null, people: [{ name: '王老板' }] })
    expect(data.lot).toEqual({
      name: { zh: expect.any(String), en: expect.any(String) },
      district: '',
    })
    expect(JSON.stringify(data)).not.toContain('salt')
    lot.control.close()
  })
})

describe('accounts', () => {
  it('a person says why; a script may, and is written down as one', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    const seat = await signIn(lot, 'owner')
    const id = idOf('attendant')
    const given = { name: '新来的', role: 'attendant', secret: '618305' }
    for (const [name, args] of [
      ['people.add', given],
      ['people.setSecret', { id, secret: '618305' }],
      ['people.setRole', { id, role: 'auditor', secret: '618305' }],
      ['people.lock', { id }],
      ['people.unlock', { id }],
      ['people.remove', { id }],
    ] as const) {
      expect(await call(name, args, seat)).toMatchObject({
        error: { code: 'PEOPLE-13', field: '/reason' },
      })
      const commandId = name.replace('.', '-')
      const by = { by: '冒名', reason: `因为 ${name}`, commandId }
      await call('people.confirm', { commandId, secret: secretOf('owner') }, seat)
      const { data } = (await call(name, { ...args, ...by }, seat)) as { data: PersonView }
      const changed = { by: nameOf('owner'), reason: by.reason }
      expect(data.changed).toMatchObject(changed)
      expect(lot.ledger.list.at(-1)?.body).toMatchObject(changed)
    }
    const { data } = (await call('people.list', {}, seat)) as { data: { gone: PersonView[] } }
    expect(data.gone).toMatchObject([{ id, changed: { act: 'removed' } }])
    expect(await call('people.unlock', { id: idOf('auditor') })).toMatchObject({
      data: { changed: { by: 'etc-lane', reason: '' } },
    })
    lot.control.close()
  })
})

describe('with people', () => {
  const who = { by: '冒名', reason: '测试' }
  const audits = (lot: TestLot): readonly { act: string; by: string }[] =>
    lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body] : []))

  it('the name under an act is that of the session, and what a search names stays', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    const seat = await signIn(lot, 'attendant')
    carAtExit(lot)
    const args = { laneId: 'exit', means: 'cash', commandId: 'settle-0001', ...who }
    expect(await call('lane.settle', args, seat)).toMatchObject({ ok: true })
    expect(audits(lot).at(-1)).toMatchObject({ by: '人员-attendant', role: 'attendant' })
    const query = vi.spyOn(lot.service, 'query')
    const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
    await call('ledger.query', { kind: 'event', by: '冒名', ...span }, seat)
    expect(query.mock.lastCall?.[1]).toMatchObject({ by: '冒名' })
    lot.control.close()
  })

  it('the machine’s token keeps the name that a script gives', async () => {
    const lot = await peopled(new MemoryPeople())
    carAtExit(lot)
    const args = { laneId: 'exit', means: 'cash', commandId: 'settle-0001', ...who }
    await lot.control.session('owner').call('lane.settle', args)
    expect(audits(lot).at(-1)).toMatchObject({ by: '冒名', role: 'owner' })
    lot.control.close()
  })

  it('a first secret from others lets nothing be done before an own one', async () => {
    const memory = new MemoryPeople()
    const lot = await peopled(memory)
    const { call } = lot.control.session('owner')
    await call('people.setSecret', { id: 'p2', secret: '830461' })
    const args = { personId: 'p2', secret: '830461' }
    const { data } = (await call('people.signIn', args, '')) as { data: SignedInView }
    expect(data.me.mustChange).toBe(true)
    const seat = data.token
    expect(await call('status.get', {}, seat)).toMatchObject({ error: { code: 'PEOPLE-12' } })
    const kept = { before: '830461', secret: '830461' }
    expect(await call('people.changeSecret', kept, seat)).toMatchObject({
      error: { code: 'PEOPLE-04' },
    })
    expect(await call('status.get', {}, seat)).toMatchObject({ error: { code: 'PEOPLE-12' } })
    const change = { before: '830461', secret: '274916' }
    const changed = (await call('people.changeSecret', change, seat)) as { data: SignedInView }
    expect(await call('status.get', {}, seat)).toMatchObject({ error: { code: 'PEOPLE-03' } })
    expect(await call('status.get', {}, changed.data.token)).toMatchObject({ ok: true })
    lot.control.close()
  })

  it('streams are shown to who is signed in, and end with the session', async () => {
    const lot = await peopled(new MemoryPeople())
    const session = lot.control.session('owner')
    const seat = await signIn(lot, 'attendant')
    const items: unknown[] = []
    const gone = vi.fn()
    const take = (item: unknown): boolean => items.push(item) > 0
    expect(session.subscribe('events', 0, take, gone, '')).toBe('nobody')
    expect(session.subscribe('events', 0, take, gone, seat)).toBeTypeOf('object')
    await eventually(() => items.length).toBeGreaterThan(0)
    const before = items.length
    await session.call('people.signOut', {}, seat)
    lot.runtime.trace('exit', null, 'fault', 'test')
    await eventually(() => gone).toHaveBeenCalledOnce()
    expect(items).toHaveLength(before)
    lot.control.close()
  })

  it('an exit with a car is opened with one’s own PIN, once a command; a wrong one is counted', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    const seat = await signIn(lot, 'attendant')
    carAtExit(lot)
    const open = { laneId: 'exit', commandId: 'open-0001', ...who }
    expect(await call('lane.open', open, seat)).toMatchObject({ error: { code: 'PEOPLE-05' } })
    expect(lot.told).toEqual([])
    const { commandId } = open
    expect(await call('people.confirm', { commandId, secret: '000000' }, seat)).toMatchObject({
      error: { code: 'PEOPLE-01', message: expect.stringContaining('4') },
    })
    expect(await call('lane.open', open, seat)).toMatchObject({ error: { code: 'PEOPLE-05' } })
    const right = { commandId, secret: secretOf('attendant') }
    expect(await call('people.confirm', right, seat)).toMatchObject({ ok: true })
    const another = { ...open, commandId: 'open-0002' }
    expect(await call('lane.open', another, seat)).toMatchObject({ error: { code: 'PEOPLE-05' } })
    const reply = await withBoom(lot, 'opens', call('lane.open', open, seat) as never)
    expect(reply).toMatchObject({ ok: true })
    lot.control.close()
  })

  it('an exit asks for the PIN before its car is there, the machine’s own token never', async () => {
    const lot = await peopled(new MemoryPeople())
    const [{ call }, seat] = [lot.control.session('owner'), await signIn(lot, 'attendant')]
    const out = { laneId: 'exit', commandId: 'open-0001', ...who }
    expect(await call('lane.open', out, seat)).toMatchObject({ error: { code: 'PEOPLE-05' } })
    const opened = await withBoom(lot, 'opens', call('lane.open', out, null) as never)
    expect(opened).toMatchObject({ ok: true })
    lot.control.close()
  })

  it('a typed name approves nothing where people have accounts, by the machine’s token too', async () => {
    const lot = await peopled(new MemoryPeople())
    const off = { itemId: 'none', approvedBy: 'Nobody Atall', commandId: 'off-00001', ...who }
    const typed = (to: TestLot) => to.control.session('owner').call('day.writeOff', off)
    expect(await typed(lot)).toMatchObject({ error: { code: 'PEOPLE-14', field: '/approvedBy' } })
    lot.control.close()
    // A lot without people has no PIN, so the call reaches its own check.
    const without = makeLot()
    expect(await typed(without)).toMatchObject({ error: { code: 'DAY-01' } })
    without.control.close()
  })

  it('an acceptance begins without its survey by an owner who types the PIN, and by no typed name', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    const args = { commandId: 'override-1', by: 'Stranger', reason: 'x' }
    expect(await call('acceptance.override', args)).toMatchObject({
      error: { code: 'PEOPLE-14', field: '/by', value: 'Stranger' },
    })
    const seat = await signIn(lot, 'installer')
    expect(await call('acceptance.override', args, seat)).toMatchObject({
      error: { code: 'API-02' },
    })
    const own = await signIn(lot, 'owner')
    expect(await call('acceptance.override', args, own)).toMatchObject({
      error: { code: 'PEOPLE-05' },
    })
    const { commandId } = args
    await call('people.confirm', { commandId, secret: secretOf('owner') }, own)
    // Past the PIN check: a lot in memory has no acceptance.
    const there = { error: { code: 'LOT-01' } }
    expect(await call('acceptance.override', args, own)).toMatchObject(there)
    lot.control.close()
    const without = makeLot()
    const typed = without.control.session('owner').call('acceptance.override', args)
    expect(await typed).toMatchObject(there)
    without.control.close()
  })

  const refund = { refundId: 'n1-R4', refundMeans: 'cash', commandId: 'refund-0001', ...who }
  const askRefund = async (lot: TestLot, seat: string, over: object = {}) =>
    (await lot.control.session('owner').call('refunds.given', { ...refund, ...over }, seat)) as {
      error: { code: string; value: string }
    }

  it('money that goes back needs a second person, over exactly that request', async () => {
    const memory = new MemoryPeople()
    const lot = await peopled(memory)
    const { call } = lot.control.session('owner')
    await call('people.add', { name: '另一业主', role: 'owner', secret: 'staple battery' })
    const seat = await signIn(lot, 'owner')
    const { error } = await askRefund(lot, seat)
    expect(error.code).toBe('PEOPLE-06')
    const requestId = error.value
    expect((await askRefund(lot, seat)).error.value).toBe(requestId)
    expect(await call('people.requests', {}, seat)).toMatchObject({
      data: {
        rows: [
          {
            id: requestId,
            by: '人员-owner',
            isApproved: false,
            // The other owner has no own secret yet, and other roles may not approve.
            second: [],
            leftSec: 600,
            facts: { refundId: 'n1-R4' },
          },
        ],
      },
    })
    const by = (personId: string, secret: string) =>
      call('people.approve', { requestId, personId, secret }, seat)
    // The requesting owner set that secret a moment ago and knows it.
    expect(await by('p6', 'staple battery')).toMatchObject({ error: { code: 'PEOPLE-12' } })
    expect((await askRefund(lot, seat)).error.code).toBe('PEOPLE-06')
    const other = await call('people.signIn', { personId: 'p6', secret: 'staple battery' }, '')
    const { token: own } = (other as { data: SignedInView }).data
    const changed = { before: 'staple battery', secret: 'own battery horse' }
    expect(await call('people.changeSecret', changed, own)).toMatchObject({ ok: true })
    const requests = await call('people.requests', {}, seat)
    expect(requests).toMatchObject({
      data: { rows: [{ second: [{ id: 'p6', name: '另一业主', role: 'owner' }] }] },
    })
    expect(await by('p1', secretOf('owner'))).toMatchObject({ error: { code: 'PEOPLE-07' } })
    expect(await by('p2', secretOf('attendant'))).toMatchObject({ error: { code: 'PEOPLE-07' } })
    expect(await by('p6', 'wrong wrong')).toMatchObject({ error: { code: 'PEOPLE-01' } })
    expect((await askRefund(lot, seat)).error.code).toBe('PEOPLE-06')
    expect(await by('p6', 'own battery horse')).toMatchObject({ ok: true })
    // Approved, the call reaches its own check: this lot has no such refund.
    expect((await askRefund(lot, seat)).error.code).toBe('STAY-03')
    expect((await askRefund(lot, seat, { refundId: 'n1-R5' })).error.code).toBe('PEOPLE-06')
    const words = (act: string): string | undefined =>
      audits(lot).find((one) => one.act.startsWith(`${act} `))?.act
    expect(words('people.approve')).toBeDefined()
    const what = words('people.request')?.slice('people.request '.length) ?? ''
    expect(what).toContain(`refunds.given ${requestId} {`)
    expect(what).toContain('"refundId":"n1-R4"')
    expect(words('people.approved')).toBe(`people.approved ${what}`)
    lot.control.close()
  })

  it('an approval ends after ten minutes', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    await call('people.add', { name: '另一业主', role: 'owner', secret: 'staple battery' })
    const { error } = await askRefund(lot, await signIn(lot, 'owner'))
    lot.clock.us += 600_000_000
    const args = { requestId: error.value, personId: 'p6', secret: 'staple battery' }
    expect(await call('people.approve', args)).toMatchObject({ error: { code: 'PEOPLE-07' } })
    lot.control.close()
  })

  it('a lot with one owner goes on with the own PIN: nobody else could approve', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    const seat = await signIn(lot, 'owner')
    expect((await askRefund(lot, seat)).error.code).toBe('PEOPLE-05')
    const { commandId } = refund
    await call('people.confirm', { commandId, secret: secretOf('owner') }, seat)
    expect((await askRefund(lot, seat)).error.code).toBe('STAY-03')
    lot.control.close()
  })

  it('an owner who is locked approves nothing, and nobody waits for him', async () => {
    const lot = await peopled(new MemoryPeople())
    const { call } = lot.control.session('owner')
    await call('people.add', { name: '另一业主', role: 'owner', secret: 'staple battery' })
    const seat = await signIn(lot, 'owner')
    expect((await askRefund(lot, seat)).error.code).toBe('PEOPLE-06')
    const lock = { id: 'p6', reason: '停职', commandId: 'lock-0001' }
    const own = { commandId: lock.commandId, secret: secretOf('owner') }
    await call('people.confirm', own, seat)
    expect(await call('people.lock', lock, seat)).toMatchObject({ ok: true })
    expect((await askRefund(lot, seat)).error.code).toBe('PEOPLE-05')
    lot.control.close()
  })
})
