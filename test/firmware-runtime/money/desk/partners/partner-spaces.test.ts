// Free spaces and their events as a partner has them, on a street of three spaces in virtual time.
import { describe, expect, it } from 'vitest'
import { schemas } from '#money/partners/protocol.ts'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { partnerPorts } from '#money/desk/partners/partner-ports.ts'
import { present } from '#base/pure/values/must.ts'
import type { SharedSpaces } from '#money/ports/partner.ts'
import { minute, OpenScene, p1, p2, p3 } from '../../../harness/lot/open-scene.ts'

const nobody = () => null
const portsOf = (runtime: OpenScene['runtime'], config: OpenScene['config']) => ({
  ...partnerPorts(runtime, config, 'CITY', nobody),
  orders: null,
})

const now = ({ runtime, config }: OpenScene): SharedSpaces =>
  schemas.Spaces.parse(
    present(partnerPorts(runtime, config, 'CITY', nobody).spaces, 'it has spaces').now(),
  ) as SharedSpaces

const counts = (scene: OpenScene) => {
  const { inside, unwatched, free, isSure } = now(scene)
  return [inside, unwatched, free, isSure]
}

const seen = (scene: OpenScene): void => {
  for (const id of [p1, p2, p3]) scene.told(id, scene.runtime.lot.bySpace.has(id))
}

function feedOf({ runtime, config }: OpenScene) {
  const feed = present(
    partnerFeed(runtime, portsOf(runtime, config), ['spaces'], nobody),
    'it has news',
  )
  return async (after: number) => {
    const { events, next } = schemas.Events.parse(await feed.events(after, 200))
    return { next, told: events.map(({ event, spaces }) => [event, spaces?.free]), events }
  }
}

it('is the capacity without the cars that stand there, also after a restart', () => {
  const scene = new OpenScene('7.2.1')
  expect(counts(scene)).toEqual([0, 3, 0, false])
  seen(scene)
  expect(counts(scene)).toEqual([0, 0, 3, true])
  scene.stands(p1, 2, scene.car())
  scene.stands(p2, 2, scene.car())
  expect(counts(scene)).toEqual([2, 0, 1, true])
  scene.leaves(p1)
  expect(counts(scene)).toEqual([1, 0, 2, true])
  scene.unheard(p3)
  expect(counts(scene)).toEqual([1, 1, 1, false])
  scene.runsOnWith((config) => config)
  expect(counts(scene)).toEqual([1, 2, 0, false])
  seen(scene)
  expect(counts(scene)).toEqual([1, 0, 2, true])
})

describe('events', () => {
  it('have the number as it stands, several in a page are one', async () => {
    const scene = new OpenScene('7.2.1')
    seen(scene)
    const read = feedOf(scene)
    const { eventsAfter } = now(scene)
    expect(await read(eventsAfter)).toMatchObject({ told: [] })
    scene.stands(p1, 1, null)
    const first = await read(eventsAfter)
    expect(first.told).toEqual([['spaces', 2]])
    scene.stands(p2, 1, null)
    scene.leaves(p1)
    scene.stands(p3, 1, null)
    expect((await read(first.next)).told).toEqual([['spaces', 1]])
    const all = await read(0)
    expect(all.told).toEqual([['spaces', 1]])
    expect((await read(all.next)).told).toEqual([])
    expect(all.events[0]?.no).toBeLessThanOrEqual(all.next)
  })

  it('do not come from rows that change no number', async () => {
    const scene = new OpenScene('7.2.1')
    seen(scene)
    const { eventsAfter } = now(scene)
    scene.run(60 * minute)
    scene.runtime.append([
      { kind: 'event', atMs: scene.nowMs, body: { type: 'photosBack', detail: '' } },
    ])
    expect(scene.runtime.headSeq).toBeGreaterThan(eventsAfter)
    expect((await feedOf(scene)(eventsAfter)).told).toEqual([])
  })
})

it('a lot that sees no car come in has nothing to publish', () => {
  const { runtime, config } = new OpenScene('7.2.1')
  const { spaces: _, ...unseen } = config
  expect(partnerPorts(runtime, unseen, 'CITY', nobody).spaces).toBeNull()
  expect(partnerFeed(runtime, portsOf(runtime, unseen), ['spaces'], nobody)).toBeNull()
})

it('is in doubt while the lot does not count', () => {
  const scene = new OpenScene('7.2.1')
  seen(scene)
  scene.runtime.stop()
  expect(now(scene)).toMatchObject({ free: 3, isSure: false })
})
