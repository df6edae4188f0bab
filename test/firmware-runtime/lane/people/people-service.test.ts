// Sign-in as people use it: wrong secrets, locks, a change of person at one window, the first own secret, and damaged
// files. The test moves the clock; the hash is a fast stand-in.
import { beforeEach, describe, expect, it } from 'vitest'
import { readPeople, peopleText } from '#lane/people/people-file.ts'
import { PeopleService } from '#lane/people/people-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { MemoryPeople } from './people-kit.ts'
import { laterFault } from '../../../kit/refusals.ts'

const owner = { by: '王老板', role: 'owner', id: 'p1' } as const
const phrase = 'correct horse'
const pin = '274916'

let memory: MemoryPeople
let nowMs: number
let isDraft = false
let service: PeopleService

const open = (): PeopleService =>
  new PeopleService({
    file: memory.file,
    hasher: memory.hasher,
    random: memory.random,
    nowMs: () => nowMs,
    isDraft: () => isDraft,
    audit: (row) => void memory.audits.push(row),
  })

const faultOf = (work: () => unknown): Promise<LaneFault> =>
  laterFault(Promise.resolve().then(work))

beforeEach(async () => {
  memory = new MemoryPeople()
  nowMs = 1_000_000
  isDraft = false
  service = open()
  await service.add({ name: '王老板', role: 'owner', secret: phrase }, owner, true)
  await service.add({ name: '李四', role: 'attendant', secret: pin }, owner, false)
})

describe('signing in', () => {
  it('gives a token that is kept as a hash, and is somebody only while it lasts', async () => {
    const { token, account, session } = await service.signIn('p1', phrase, '')
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(account.name).toBe('王老板')
    expect(session.tokenHash).not.toContain(token)
    expect(service.sessionOf(token)?.account.id).toBe('p1')
    expect(service.sessionOf(session.tokenHash)).toBeNull()
    expect(service.sessionOf('')).toBeNull()
    nowMs += 10 * 60_000
    expect(service.sessionOf(token)).toBeNull()
  })

  it('K09 who was signed in when the machine fell asleep for 8 h has to sign in again, and a lock is over', async () => {
    const { token } = await service.signIn('p1', phrase, '')
    for (let n = 0; n < 5; n++) await faultOf(() => service.signIn('p2', '000111', ''))
    nowMs += 8 * 3_600_000
    expect(service.sessionOf(token)).toBeNull()
    // A late touch does not revive an expired session.
    service.touch(token)
    expect(service.sessionOf(token)).toBeNull()
    expect((await service.signIn('p2', pin, '')).account.lock.wrong).toBe(0)
    expect((await service.signIn('p1', phrase, token)).account.id).toBe('p1')
  })

  it('of another person at the same window ends the one before', async () => {
    const first = await service.signIn('p1', phrase, '')
    const second = await service.signIn('p2', pin, first.token)
    expect(service.sessionOf(first.token)).toBeNull()
    expect(service.sessionOf(second.token)).toMatchObject({ session: { mustChange: true } })
    service.signOut(second.token)
    expect(service.sessionOf(second.token)).toBeNull()
  })

  it('with a wrong secret says how often it may go on, then locks, over a restart too', async () => {
    for (const left of ['4', '3', '2', '1'])
      expect(await faultOf(() => service.signIn('p2', '000111', ''))).toMatchObject({
        code: 'PEOPLE-01',
        detail: { note: left },
      })
    const locked = { code: 'PEOPLE-02', detail: { value: '300' } }
    expect(await faultOf(() => service.signIn('p2', '000111', ''))).toMatchObject(locked)
    service = open()
    expect(await faultOf(() => service.signIn('p2', pin, ''))).toMatchObject(locked)
    const checks = memory.hasher.checks
    nowMs += 299_000
    expect(await faultOf(() => service.signIn('p2', pin, ''))).toMatchObject({
      detail: { value: '1' },
    })
    expect(memory.hasher.checks).toBe(checks)
    nowMs += 1000
    expect((await service.signIn('p2', pin, '')).account.lock.wrong).toBe(0)
    expect(memory.audits.filter(({ act }) => act.startsWith('people.signIn p2'))).toHaveLength(6)
  })

  it('costs an unknown person the same check, and no account changes', async () => {
    const before = memory.people
    expect(await faultOf(() => service.signIn('p9', pin, ''))).toMatchObject({ code: 'PEOPLE-01' })
    expect(memory.hasher.checks).toBe(1)
    expect(memory.people).toBe(before)
  })

  it('many at once cannot try more often than one after another', async () => {
    const tries = Array.from({ length: 20 }, () =>
      faultOf(() => service.signIn('p2', '111000', '')),
    )
    const codes = (await Promise.all(tries)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'PEOPLE-01')).toHaveLength(4)
    expect(codes.filter((code) => code === 'PEOPLE-02')).toHaveLength(16)
  })
})

describe('secrets', () => {
  it('that others know are old, and a new one ends every session of its person', async () => {
    const { token } = await service.signIn('p2', pin, '')
    await service.setSecret('p2', '507382', { by: '李四', role: 'attendant', id: 'p2' })
    expect(service.sessionOf(token)).toBeNull()
    expect((await service.signIn('p2', '507382', '')).session.mustChange).toBe(false)
    await service.setSecret('p2', pin, owner)
    expect((await service.signIn('p2', pin, '')).session.mustChange).toBe(true)
  })

  it('grow old after half a year', async () => {
    nowMs += 181 * 86_400_000
    expect((await service.signIn('p1', phrase, '')).session.mustChange).toBe(true)
  })

  it.each([
    ['attendant', '123456', 'run'],
    ['owner', '274916', 'short'],
  ] as const)('of an %s: %s is refused as %s', async (role, secret, note) => {
    const given = { name: '新人', role, secret }
    const fault = await faultOf(() => service.add(given, owner, false))
    expect(fault).toMatchObject({ code: 'PEOPLE-04', detail: { field: '/secret', note } })
    expect(JSON.stringify(fault)).not.toContain(secret)
    expect(memory.people).toHaveLength(2)
  })
})

describe('changes', () => {
  it('of the last owner, of names twice and of nobody are refused, and nothing is written', async () => {
    const before = memory.people
    expect(await faultOf(() => service.remove('p1', owner))).toMatchObject({ code: 'PEOPLE-08' })
    expect(await faultOf(() => service.remove('p7', owner))).toMatchObject({ code: 'PEOPLE-09' })
    const twice = { name: '李四', role: 'auditor', secret: '507382' } as const
    expect(await faultOf(() => service.add(twice, owner, false))).toMatchObject({
      code: 'PEOPLE-09',
    })
    expect(memory.people).toBe(before)
  })

  it('another role and a lock end the sessions at once; the last owner keeps both', async () => {
    const { token } = await service.signIn('p2', pin, '')
    expect(service.sessionOf(token)?.account.role).toBe('attendant')
    const low = { id: 'p2', role: 'owner', secret: '507382' } as const
    // A secret long enough for a PIN is too weak for an owner.
    expect(await faultOf(() => service.setRole(low, owner))).toMatchObject({ code: 'PEOPLE-04' })
    expect(service.sessionOf(token)).not.toBe(null)
    const why = { ...owner, reason: '换了岗位' }
    await service.setRole({ id: 'p2', role: 'auditor', secret: '507382' }, why)
    expect(service.sessionOf(token)).toBe(null)
    expect(await faultOf(() => service.signIn('p2', pin, ''))).toMatchObject({ code: 'PEOPLE-01' })
    const again = await service.signIn('p2', '507382', '')
    expect([again.account.role, again.session.mustChange]).toEqual(['auditor', true])
    service.bar('p2', { ...owner, reason: '休假' })
    expect(service.sessionOf(again.token)).toBe(null)
    expect(await faultOf(() => service.signIn('p2', '507382', ''))).toMatchObject({
      code: 'PEOPLE-15',
    })
    // The lock survives a restart.
    const kept = readPeople(peopleText(memory.people), 'people.json')
    expect(kept.find(({ id }) => id === 'p2')).toMatchObject({ isBarred: true })
    expect(memory.audits.map(({ act, reason }) => `${act} ${reason}`)).toEqual(
      expect.arrayContaining([
        'people.role attendant auditor p2 李四 换了岗位',
        'people.lock p2 李四 休假',
      ]),
    )
    service.unlock('p2', { ...owner, reason: '回来了' })
    await service.signIn('p2', '507382', '')
    const role = { id: 'p1', role: 'auditor', secret: '507382' } as const
    expect(await faultOf(() => service.setRole(role, owner))).toMatchObject({ code: 'PEOPLE-08' })
    expect(await faultOf(() => service.bar('p1', owner))).toMatchObject({ code: 'PEOPLE-08' })
    // A locked owner does not count as another owner.
    await service.setRole({ id: 'p2', role: 'owner', secret: 'another phrase 7' }, owner)
    service.bar('p2', owner)
    expect(await faultOf(() => service.remove('p1', owner))).toMatchObject({ code: 'PEOPLE-08' })
    service.unlock('p2', owner)
    service.bar('p1', owner)
  })

  it('that cannot be audited are not made', async () => {
    service = new PeopleService({
      ...memory,
      file: memory.file,
      nowMs: () => nowMs,
      audit: () => {
        throw new LaneFault('DATA-01', { note: 'disk full' })
      },
    })
    const before = memory.people
    expect(await faultOf(() => service.remove('p2', owner))).toMatchObject({ code: 'DATA-01' })
    expect(await faultOf(() => service.signIn('p1', phrase, ''))).toMatchObject({ code: 'DATA-01' })
    expect(memory.people).toBe(before)
  })

  it('name who did it', () => {
    service.unlock('p2', { ...owner, reason: '本人输错' })
    service.remove('p2', { ...owner, reason: '离职' })
    expect(memory.audits.slice(2)).toMatchObject([
      { act: 'people.unlock p2 李四', by: '王老板', role: 'owner', reason: '本人输错' },
      { act: 'people.remove p2 李四', by: '王老板', role: 'owner', reason: '离职' },
    ])
    // The account, and its file, keep the latest change.
    const changed = { act: 'removed', by: '王老板', reason: '离职', atMs: nowMs }
    expect(service.removed).toMatchObject([{ id: 'p2', changed }])
    expect(readPeople(peopleText(memory.people), 'people.json')).toEqual(memory.people)
    expect(JSON.stringify(memory.audits)).not.toContain(pin)
  })
})

describe('the file', () => {
  it('is read as it was written', () => {
    expect(readPeople(peopleText(memory.people), 'people.json')).toEqual(memory.people)
  })

  it.each([
    ['{}', 'PEOPLE-11', '/version'],
    ['{"version":1,"people":[{"id":"p1"}]}', 'PEOPLE-11', '/people/0/name'],
    ['{"version":1', 'FILE-02', ''],
    ['', 'FILE-02', ''],
  ])('%s is refused as %s at %s', async (text, code, field) => {
    const refusal = await faultOf(() => readPeople(text, 'people.json'))
    expect(refusal).toMatchObject({ code, detail: { file: 'people.json', field } })
  })

  it('cannot ask for a hash that would take the memory of the lanes', () => {
    const text = peopleText(memory.people).replaceAll('"n": 1024', '"n": 1048576')
    expect(() => readPeople(text, 'people.json')).toThrowError(/PEOPLE-11/)
  })

  it('with one id twice is refused', () => {
    const [first] = memory.people
    const text = JSON.stringify({ version: 1, people: [first, first] })
    expect(() => readPeople(text, 'people.json')).toThrowError(/twice/)
  })

  it('that cannot be read lets nobody in and says why; windows go on asking', async () => {
    const broken = new LaneFault('PEOPLE-11', { file: 'people.json' })
    service = new PeopleService({
      ...memory,
      file: {
        read: () => {
          throw broken
        },
        write: () => undefined,
      },
      nowMs: () => nowMs,
      audit: () => undefined,
    })
    expect(service.hasPeople).toBe(true)
    expect(service.fault).toBe(broken)
    expect(await faultOf(() => service.signIn('p1', phrase, ''))).toBe(broken)
    expect(service.sessionOf('00')).toBeNull()
  })
})

describe('a lot that is not written yet', () => {
  it('asks for nobody, and forgets whom it takes out; then it asks, and keeps the names', () => {
    isDraft = true
    expect([service.hasPeople, service.asksWho]).toEqual([true, false])
    service.remove('p2', owner)
    expect(memory.people.map(({ name }) => name)).toEqual(['王老板'])
    isDraft = false
    expect(service.asksWho).toBe(true)
  })
})
