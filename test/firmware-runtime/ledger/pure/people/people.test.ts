// Accounts, the lock after wrong secrets, sessions and approvals, as rows of events and results.
// All times are given; nothing waits.
import { guardOf } from '../../../../kit/guard-of.ts'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  accountNamed,
  accountOf,
  isExpired,
  secretDaysMax,
  stepPeople,
  type People,
  type PeopleEvent,
  type StoredSecret,
} from '#ledger/pure/people/people.ts'
import {
  afterWrong,
  firstLockMs,
  lockLeftMs,
  lockMsMax,
  unlocked,
  wrongMax,
} from '#ledger/pure/people/lock.ts'
import {
  ended,
  endedOf,
  idleMs,
  liveSession,
  opened,
  sessionMs,
  touched,
  type Session,
} from '#lane/pure/people/sessions.ts'
import {
  approvalFault,
  assentMs,
  factsOf,
  hasAssent,
  openRequests,
  requested,
  type ActRequest,
} from '#lane/pure/people/assent.ts'

const secret: StoredSecret = { n: 1024, r: 1, p: 1, salt: 'c2FsdA==', hash: 'aGFzaA==' }
const other: StoredSecret = { ...secret, hash: 'b3RoZXI=' }
const add = (name: string, role: 'owner' | 'attendant', isOwn = false): PeopleEvent => ({
  type: 'added',
  name,
  role,
  secret,
  isOwn,
  atMs: 1000,
})

function after(people: People, ...events: readonly PeopleEvent[]): People {
  return events.reduce<People>((now, event) => {
    const step = stepPeople(now, event)
    if (!step.ok) throw new Error(step.refusal)
    return step.people
  }, people)
}
const two = after([], add('王老板', 'owner', true), add('李四', 'attendant'))
const checked = (isRight: boolean, atMs: number, id = 'p2'): PeopleEvent => ({
  type: 'checked',
  id,
  isRight,
  act: 'people.signIn',
  atMs,
})

describe('before there is a lot', () => {
  const three = after(
    [],
    add('王老板', 'owner', true),
    add('李四', 'attendant'),
    add('张三', 'attendant'),
  )
  it('who is taken out was never there: name and number are free again', () => {
    const left = after(three, { type: 'withdrawn', id: 'p2' })
    expect(left.map(({ id, name }) => `${id} ${name}`)).toEqual(['p1 王老板', 'p2 张三'])
    expect(after(left, add('李四', 'attendant')).map(({ id }) => id)).toEqual(['p1', 'p2', 'p3'])
  })
  it('the last owner stays while others are there, and goes as the last of all', () => {
    const refused = { ok: false, refusal: 'lastOwner' }
    expect(stepPeople(three, { type: 'withdrawn', id: 'p1' })).toEqual(refused)
    expect(after([], add('王老板', 'owner'), { type: 'withdrawn', id: 'p1' })).toEqual([])
    const two = after([], add('王老板', 'owner'), add('李老板', 'owner'), add('张三', 'attendant'))
    expect(after(two, { type: 'withdrawn', id: 'p1' })).toHaveLength(2)
  })
})

describe('accounts', () => {
  it('are numbered, found by id or name, and who got a secret from others has to change it', () => {
    expect(two.map(({ id, mustChange }) => [id, mustChange])).toEqual([
      ['p1', false],
      ['p2', true],
    ])
    expect(accountNamed(two, ' 李四 ')?.id).toBe('p2')
    expect(accountNamed(two, 'p1')?.name).toBe('王老板')
  })

  it.each<[string, People, PeopleEvent, string]>([
    ['a name twice', two, add(' 王老板', 'attendant'), 'nameTaken'],
    [
      'a name in wide letters',
      after([], add('Anna', 'owner')),
      add('ａｎｎａ', 'owner'),
      'nameTaken',
    ],
    ['the last owner', two, { type: 'removed', id: 'p1' }, 'lastOwner'],
    ['somebody who is not there', two, { type: 'removed', id: 'p9' }, 'noSuchPerson'],
    ['too many', Array.from({ length: 200 }, () => two[1] as never), add('x', 'owner'), 'tooMany'],
  ])('refuse %s', (_what, people, event, refusal) => {
    expect(stepPeople(people, event)).toEqual({ ok: false, refusal })
  })

  it('that were removed keep their name from others and lose their secret', () => {
    const gone = after(two, { type: 'removed', id: 'p2' })
    expect(accountOf(gone, 'p2')).toBeNull()
    expect(gone[1]).toMatchObject({ name: '李四', secret: null })
    expect(stepPeople(gone, add('李四', 'attendant'))).toMatchObject({ refusal: 'nameTaken' })
    expect(after(gone, add('赵六', 'attendant')).at(-1)?.id).toBe('p3')
  })

  it('of two owners one may go', () => {
    const owners = after(two, add('另一位', 'owner'))
    expect(after(owners, { type: 'removed', id: 'p1' })).toHaveLength(3)
  })

  it('are audited before they are kept, and a new secret ends the sessions of its person', () => {
    const set: PeopleEvent = { type: 'secretSet', id: 'p2', secret: other, isOwn: true, atMs: 5 }
    const step = stepPeople(two, set)
    expect(step).toMatchObject({ ok: true, account: { mustChange: false, secretAtMs: 5 } })
    if (step.ok)
      expect(step.effects.map((effect) => effect.do)).toEqual(['audit', 'keep', 'endSessions'])
  })

  it('grow old', () => {
    const [owner] = two
    if (owner === undefined) throw new Error('nobody')
    const oldMs = 1000 + secretDaysMax * 86_400_000
    expect([isExpired(owner, oldMs), isExpired(owner, oldMs + 1)]).toEqual([false, true])
  })
})

describe('the lock', () => {
  const lockOf = (people: People) => people[1]?.lock ?? unlocked

  it('comes with the fifth wrong secret, doubles, ends at an hour, and goes with a right one', () => {
    let people = two
    let atMs = 10_000
    const lengths: number[] = []
    for (let round = 0; round < 6; round++) {
      for (let n = 0; n < wrongMax; n++) people = after(people, checked(false, atMs))
      lengths.push(lockLeftMs(lockOf(people), atMs))
      atMs += lockLeftMs(lockOf(people), atMs)
      expect(lockLeftMs(lockOf(people), atMs)).toBe(0)
    }
    const minutes = lengths.map((ms) => ms / 60_000)
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60])
    expect(lockOf(after(people, checked(true, atMs)))).toEqual(unlocked)
    expect(lockOf(after(people, { type: 'unlocked', id: 'p2' }))).toEqual(unlocked)
  })

  it('of a try is told in the audit', () => {
    const four = Array.from({ length: 4 }, () => checked(false, 1))
    const results = [checked(true, 2), checked(false, 2)].map((event) => {
      const step = stepPeople(after(two, ...four), event)
      return step.ok ? step.effects[0] : null
    })
    expect(results).toMatchObject([{ result: 'done' }, { result: 'locked' }])
  })

  it('is never longer than it was made, however the clock is set', () => {
    const at = fc.integer({ min: 0, max: 4_000_000_000 })
    fc.assert(
      fc.property(at, at, fc.integer({ min: 1, max: 60 }), (lockedMs, nowMs, tries) => {
        let lock = unlocked
        for (let n = 0; n < tries; n++) lock = afterWrong(lock, lockedMs)
        const leftMs = lockLeftMs(lock, nowMs)
        expect(leftMs).toBeGreaterThanOrEqual(0)
        expect(leftMs).toBeLessThanOrEqual(Math.min(lockMsMax, lock.lockMs))
        if (tries < wrongMax) expect(leftMs).toBe(0)
        else expect(lockLeftMs(lock, lockedMs)).toBeGreaterThanOrEqual(firstLockMs)
      }),
    )
  })
})

describe('sessions', () => {
  const session = (tokenHash: string, atMs: number, personId = 'p1'): Session => ({
    tokenHash,
    personId,
    openedAtMs: atMs,
    touchedAtMs: atMs,
    mustChange: false,
  })
  const one = opened([], session('a', 1000), '')

  it.each([
    ['at once', 1000, true],
    ['just before it idles', 1000 + idleMs - 1, true],
    ['idle', 1000 + idleMs, false],
    ['after the clock went back', 999, false],
  ])('%s', (_what, nowMs, isLive) => {
    expect(liveSession(one, 'a', nowMs) !== null).toBe(isLive)
  })

  it('go on while a hand is there, half a day at most, and an ended one is not touched back', () => {
    let now = one
    let atMs = 1000
    while (atMs < 1000 + sessionMs - idleMs) {
      atMs += idleMs - 1
      now = touched(now, 'a', atMs)
      expect(liveSession(now, 'a', atMs)).not.toBeNull()
    }
    expect(liveSession(touched(now, 'a', 999 + sessionMs), 'a', 1000 + sessionMs)).toBeNull()
    const late = touched(one, 'a', 1000 + idleMs)
    expect(liveSession(late, 'a', 1000 + idleMs)).toBeNull()
  })

  it('change hands with one token instead of the other', () => {
    const shift = opened(one, session('b', 2000, 'p2'), 'a')
    expect(shift.map(({ tokenHash }) => tokenHash)).toEqual(['b'])
    expect(ended(shift, 'b')).toEqual([])
    expect(endedOf(opened(shift, session('c', 2000), ''), 'p2')).toMatchObject([{ tokenHash: 'c' }])
  })

  it('idle after ten minutes and end after twelve hours', () => {
    expect([idleMs, sessionMs]).toEqual([600_000, 43_200_000])
  })

  it('are not collected without end', () => {
    let now: readonly Session[] = []
    for (let n = 0; n < 100; n++) now = opened(now, session(`t${n}`, 1000), '')
    expect(now).toHaveLength(32)
  })
})

describe('assent', () => {
  it.each([
    ['lane.open', true, undefined, 'pin'],
    ['lane.open', false, undefined, 'none'],
    ['lane.settle', true, 'free', 'pin'],
    ['lane.settle', true, 'later', 'pin'],
    ['lane.settle', true, 'cash', 'none'],
    ['lane.settle', true, 'transfer', 'pin'],
    ['lane.correctPlate', true, undefined, 'pin'],
    ['lane.correctPlate', false, undefined, 'none'],
    ['refunds.given', false, undefined, 'fourEyes'],
    ['pay.refund', false, undefined, 'fourEyes'],
    ['day.writeOff', false, undefined, 'fourEyes'],
    ['day.drawer', false, undefined, 'pin'],
    ['lane.release', true, undefined, 'pin'],
    ['stays.close', false, undefined, 'fourEyes'],
    ['charges.settle', false, undefined, 'fourEyes'],
  ] as const)('%s, lets a car out: %s, %s: %s', (name, letsOut, means, guard) => {
    expect(guardOf(name, { letsOut, means })).toBe(guard)
  })

  it('says of a list how many it names, and nothing of who asks', () => {
    const args = { gone: ['n1-S1', 'n1-S2'], by: '店主', reason: '清点', commandId: 'recount-0001' }
    expect(factsOf(args)).toEqual({ gone: 2 })
  })

  it('is of one person, one act and two minutes', () => {
    const assents = [{ personId: 'p1', commandId: 'c1', atMs: 1000 }]
    const wanted = { personId: 'p1', commandId: 'c1' }
    expect(assentMs).toBe(120_000)
    expect(hasAssent(assents, wanted, 120_999)).toBe(true)
    expect(hasAssent(assents, wanted, 121_000)).toBe(false)
    expect(hasAssent(assents, wanted, 999)).toBe(false)
    expect(hasAssent(assents, { ...wanted, commandId: 'c2' }, 1000)).toBe(false)
    expect(hasAssent(assents, { ...wanted, personId: 'p2' }, 1000)).toBe(false)
  })

  const request: ActRequest = {
    id: 'r',
    hash: 'h',
    name: 'refunds.given',
    right: 'owner',
    byId: 'p1',
    reason: '退款',
    facts: { refundId: 'n1-R4' },
    atMs: 1000,
    approvedBy: null,
  }
  it('of another person ends after ten minutes', () => {
    const kept = requested([], request)
    expect(openRequests(kept, 600_999)).toEqual([request])
    expect(openRequests(kept, 601_000)).toEqual([])
    expect(openRequests(kept, 999)).toEqual([])
  })

  it.each([
    [null, { id: 'p2', role: 'owner' }, 'noRequest'],
    [request, { id: 'p1', role: 'owner' }, 'samePerson'],
    [request, { id: 'p2', role: 'attendant' }, 'notAllowed'],
    [request, { id: 'p2', role: 'owner' }, null],
  ] as const)('is given by who may: %#', (of, approver, fault) => {
    expect(approvalFault(of, approver)).toBe(fault)
  })
})
