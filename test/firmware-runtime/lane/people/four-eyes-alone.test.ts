// A lot with one person: away from the lanes the own PIN suffices up to the lot's limit, and another person checks it
// later; what a lane requires two people for is refused with the way out. Nobody approves an own request silently.
import { api, type ApiName } from '#runtime/api/table.ts'
import { beforeEach, expect, it } from 'vitest'
import { faults, LaneFault } from '#base/pure/faults/faults.ts'
import { mayBeAlone } from '#base/pure/values/guards.ts'
import { PeopleGate } from '#lane/people/people-gate.ts'
import { PeopleService } from '#lane/people/people-service.ts'
import { MemoryPeople } from './people-kit.ts'

const owner = { by: '王老板', role: 'owner', id: 'p1' } as const
const me = {
  role: 'owner',
  token: null,
  person: { id: 'p1', name: '王老板' },
  mustChange: false,
} as const
let service: PeopleService
let gate: PeopleGate
let dueFen = 0
let needsTwo = true
let clockMs = 0

beforeEach(async () => {
  const memory = new MemoryPeople()
  const nowMs = () => clockMs
  clockMs = 1_000_000
  service = new PeopleService({
    file: memory.file,
    hasher: memory.hasher,
    random: memory.random,
    nowMs,
    audit: (row) => void memory.audits.push(row),
  })
  await service.add({ name: '王老板', role: 'owner', secret: 'correct horse' }, owner, true)
  ;[dueFen, needsTwo] = [90_000, true]
  gate = new PeopleGate({
    service,
    nowMs,
    letsOut: () => true,
    isPriced: () => true,
    isLarge: () => dueFen > 50_000,
    largeNeedsTwo: () => needsTwo,
    isLive: true,
    waiting: () => [],
  })
})

const ask = (name: ApiName, over: object = {}): string => {
  const args = { commandId: `c-${name}`, reason: '核对', laneId: 'exit', ...over }
  try {
    return (
      gate.mustAssent(name, { right: 'till', guard: api[name].guard }, args, me) ?? 'goes on alone'
    )
  } catch (error) {
    if (error instanceof LaneFault) return error.code
    throw error
  }
}
const large = [
  ['lane.release', {}],
  ['lane.correctPlate', {}],
  ['lane.correctPlate', { stayId: 'n1-S1' }],
  ['lane.settle', { means: 'free' }],
] as const

it.each(large)(
  '%s %o of a large amount is refused to the only person, with the PIN too',
  async (name, over) => {
    expect(ask(name, over)).toBe('PEOPLE-17')
    await gate.confirm(`c-${name}`, 'correct horse', me)
    expect(ask(name, over)).toBe('PEOPLE-17')
    // The way out in the text: add another person, or a payment that brings the money.
    const { todo } = faults['PEOPLE-17']
    expect(`${todo.zh} ${todo.en}`).toMatch(
      /添加第二个人.*手动开闸.*add a second person.*open by hand/,
    )
    await service.add({ name: '李四', role: 'attendant', secret: '274916' }, owner, false)
    expect(ask(name, over)).toBe('PEOPLE-06')
  },
)

it.each(['cash', 'transfer', 'later'])(
  'the car pays or owes its large amount by %s without a second person',
  async (means) => {
    const code = ask('lane.settle', { means })
    expect(code).toBe(means === 'cash' ? 'goes on alone' : 'PEOPLE-05')
  },
)

it('an exit is opened by hand with the own PIN: a car never stays shut in', async () => {
  expect(ask('lane.open')).toBe('PEOPLE-05')
  await gate.confirm('c-lane.open', 'correct horse', me)
  expect(ask('lane.open')).toBe('goes on alone')
})

it('a lot that wants one person for large amounts, and an amount that is none, ask for the own PIN alone', () => {
  needsTwo = false
  for (const [name, over] of large)
    expect(['PEOPLE-05', 'goes on alone']).toContain(ask(name, over))
  ;[needsTwo, dueFen] = [true, 50_000]
  expect(ask('lane.settle', { means: 'free' })).toBe('PEOPLE-05')
  expect(ask('lane.correctPlate')).toBe('PEOPLE-05')
})

it('a person who is locked is no second one', async () => {
  await service.add({ name: '李四', role: 'attendant', secret: '274916' }, owner, false)
  service.bar('p2', owner)
  expect(ask('lane.release')).toBe('PEOPLE-17')
})

it('beside the lanes the own PIN is asked for, and the amount is the limit of the act itself', async () => {
  for (const name of ['pay.refund', 'refunds.given', 'day.writeOff'] as const) {
    expect(mayBeAlone(name)).toBe(true)
    expect(ask(name)).toBe('PEOPLE-05')
    await gate.confirm(`c-${name}`, 'correct horse', me)
    expect(ask(name)).toBe('goes on alone')
  }
})

it('asks for the own PIN again two minutes after it was typed, and none that was typed before', async () => {
  needsTwo = false
  await gate.confirm('c-lane.open', 'correct horse', me)
  clockMs += 119_999
  expect(ask('lane.open')).toBe('goes on alone')
  clockMs += 1
  expect(ask('lane.open')).toBe('PEOPLE-05')
  await gate.confirm('c-lane.open', 'correct horse', me)
  clockMs -= 60_000
  expect(ask('lane.open')).toBe('PEOPLE-05')
})
