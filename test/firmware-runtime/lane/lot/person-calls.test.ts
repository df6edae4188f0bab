// Calls for help: by a button, a waiting car, an intercom. One call per cause, on the board until somebody takes it, also
// over a restart; a failing hook is retried and holds no lane.
import { describe, expect, it } from 'vitest'
import { PersonCalls } from '#lane/lot/person-calls.ts'
import { callRowOf, personCallEvent } from '#lane/pure/lot/person-calls.ts'
import { present } from '#base/pure/values/must.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { carAtExit, leave, rowsOf, runMs, waitForCode, type World } from './pay-lot.ts'

const minuteMs = 60_000

function calls(world: World, { afterMs = null }: { afterMs?: number | null } = {}) {
  const posts: string[] = []
  const hook = { answers: [] as boolean[], isSilent: false }
  const query = ((kind: string) =>
    Promise.resolve({
      rows: rowsOf(world, 'event').map(({ atMs, laneId = null, stayId = null, body }) => ({
        kind,
        atIso: isoOf(atMs),
        laneId,
        stayId,
        ...body,
      })),
      next: null,
    })) as unknown as LedgerService['query']
  const made = new PersonCalls({
    runtime: world.runtime,
    mono: world.time.clock,
    service: { query },
    lotId: 'GX1',
    afterMs,
    hook: {
      post(body, _id, done) {
        posts.push(body)
        if (!hook.isSilent) done(hook.answers.shift() ?? true, 'status 503')
        return () => undefined
      },
    },
  })
  return { made, posts, hook }
}
const states = (world: World): string[] =>
  rowsOf(world, 'event')
    .filter(({ body }) => body.type === personCallEvent)
    .map(({ body }) => callRowOf(body.detail).state)
const audit = {
  kind: 'audit',
  atMs: 0,
  body: {
    act: 'help.take',
    by: '甲',
    role: 'attendant',
    reason: '去',
    commandId: 'take-0001',
    result: 'done',
  },
} as const

describe('a button at a lane', () => {
  it('calls once however often it is pressed, and again after five minutes', () => {
    const world = carAtExit()
    const { made, posts } = calls(world)
    expect(made.call('exit', 'button')).toBe(true)
    expect(made.call('exit', 'button')).toBe(false)
    expect(posts).toHaveLength(1)
    expect(JSON.parse(posts[0] ?? '')).toMatchObject({
      lotId: 'GX1',
      laneId: 'exit',
      cause: 'button',
    })
    const [{ callId }] = [present(made.view()[0], 'a call')]
    made.takeBy(callId, '甲', audit)
    expect(made.call('exit', 'button')).toBe(false)
    runMs(world, 5 * minuteMs)
    expect(made.call('exit', 'button')).toBe(true)
    expect(states(world)).toEqual(['called', 'sent', 'taken', 'called', 'sent'])
  })

  it('is on the board until somebody takes it, and the second one finds nothing', () => {
    const world = carAtExit()
    const { made } = calls(world)
    made.call('exit', 'button')
    const [call] = made.view()
    expect(call).toMatchObject({ laneId: 'exit', cause: 'button', hook: 'sent' })
    const callId = present(call, 'a call').callId
    expect(made.takeBy(callId, '甲', audit)).not.toBeNull()
    expect(made.view()).toEqual([])
    expect(made.takeBy(callId, '乙', audit)).toBeNull()
    expect(rowsOf(world, 'audit')).toHaveLength(1)
  })

  it('stands after a restart, and one that was taken does not', async () => {
    const world = carAtExit()
    const first = calls(world)
    first.made.call('exit', 'button')
    first.made.stop()
    const second = calls(world)
    await second.made.start()
    expect(second.made.view()).toMatchObject([{ laneId: 'exit', cause: 'button' }])
    expect(second.posts).toEqual([])
    second.made.takeBy(present(second.made.view()[0], 'a call').callId, '甲', audit)
    const third = calls(world)
    await third.made.start()
    expect(third.made.view()).toEqual([])
  })
})

describe('a car that nothing can pay for', () => {
  const dark = () => {
    const world = carAtExit()
    world.time.runTo(world.time.nowUs + 5_000_000, () => world.lane.state.name === 'manual')
    world.gateway.isCut = true
    return world
  }

  it('calls somebody outside once by itself, and no longer when the gateway is back', () => {
    const world = dark()
    const { made, posts } = calls(world)
    runMs(world, 20_000)
    expect(posts).toEqual([])
    runMs(world, 5 * minuteMs)
    expect(posts.map((body) => (JSON.parse(body) as { cause: string }).cause)).toEqual(['noMeans'])
    expect(made.view()).toMatchObject([{ laneId: 'exit', cause: 'noMeans', hook: 'sent' }])
    world.gateway.isCut = false
    waitForCode(world)
    runMs(world, 1_000)
    expect(made.view()).toEqual([])
    expect(states(world)).toEqual(['called', 'sent', 'over'])
  })

  it('is left to the attendant beside it where there is a booth', () => {
    const world = dark()
    Object.assign(world.lane, { layout: { ...world.lane.layout, booth: 'exit' } })
    const { posts } = calls(world)
    runMs(world, 2 * minuteMs)
    expect(posts).toEqual([])
  })
})

describe('a hook', () => {
  it('that fails is tried again four times with the same body, then given up and named', () => {
    const world = carAtExit()
    const { made, posts, hook } = calls(world)
    hook.answers = [false, false, false, false, false]
    made.call('exit', 'button')
    expect(made.notices()).toEqual([{ code: 'CALL-01', note: '' }])
    expect(made.view()).toMatchObject([{ hook: 'sending' }])
    runMs(world, 10 * minuteMs)
    expect(posts).toHaveLength(5)
    expect(new Set(posts).size).toBe(1)
    expect(made.view()).toMatchObject([{ hook: 'notSent' }])
    expect(states(world)).toEqual(['called', 'notSent'])
  })

  it('that comes back is not named any more', () => {
    const world = carAtExit()
    const { made, hook } = calls(world)
    hook.answers = [false]
    made.call('exit', 'button')
    runMs(world, 3_000)
    expect(made.notices()).toEqual([])
    expect(made.view()).toMatchObject([{ hook: 'sent' }])
  })

  it('that never answers holds no car', () => {
    const world = carAtExit()
    const { made, hook } = calls(world, { afterMs: 1_000 })
    hook.isSilent = true
    const { text } = waitForCode(world)
    runMs(world, 2_000)
    expect(made.view()).toMatchObject([{ cause: 'waiting', hook: 'sending' }])
    world.gateway.scan(text)
    runMs(world, 4_000)
    expect(world.opens).toHaveLength(1)
    leave(world)
    made.stop()
  })

  it('is not asked for a call that was taken meanwhile', () => {
    const world = carAtExit()
    const { made, posts, hook } = calls(world)
    hook.answers = [false]
    made.call('exit', 'button')
    made.takeBy(present(made.view()[0], 'a call').callId, '甲', audit)
    runMs(world, minuteMs)
    expect(posts).toHaveLength(1)
  })
})

describe('a car that waits for a person', () => {
  it('is also one that has paid and whose boom does not open, until it is up', () => {
    const world = carAtExit()
    const { made } = calls(world, { afterMs: 30_000 })
    world.dispatch({ type: 'position', position: 'closed' })
    world.gateway.scan(waitForCode(world).text)
    world.time.runTo(world.time.nowUs + 60_000_000, () => world.lane.state.name === 'opening')
    runMs(world, 35_000)
    expect(made.view()).toEqual([])
    runMs(world, 10_000)
    expect(made.view()).toMatchObject([{ laneId: 'exit', cause: 'waiting' }])
    world.dispatch({ type: 'position', position: 'open' })
    expect(made.view()).toEqual([])
  })

  it('calls by itself behind its time, once, and calls nobody when it has paid', () => {
    const world = carAtExit()
    const { made, posts } = calls(world, { afterMs: 30_000 })
    const { text } = waitForCode(world)
    runMs(world, 25_000)
    expect(posts).toEqual([])
    runMs(world, 10_000)
    expect(made.view()).toMatchObject([{ laneId: 'exit', cause: 'waiting' }])
    expect(posts).toHaveLength(1)
    world.gateway.scan(text)
    runMs(world, 4_000)
    expect(made.view()).toEqual([])
    expect(states(world)).toEqual(['called', 'sent', 'over'])
  })

  it('that pays in time calls nobody', () => {
    const world = carAtExit()
    const { posts } = calls(world, { afterMs: 30_000 })
    world.gateway.scan(waitForCode(world).text)
    runMs(world, minuteMs)
    expect(posts).toEqual([])
  })
})
