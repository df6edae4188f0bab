// Items that were red are run before the others.
import { featureNames } from '#acceptance/pure/declaration.ts'
import { describe, expect, it } from 'vitest'
import { found } from '#acceptance/pure/item.ts'
import { type AcceptancePorts } from '#acceptance/desk/service/acceptance-service.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { eventually } from '../../../../kit/eventually.ts'
import { opened } from './acceptance-kit.ts'

describe('red first', () => {
  const at = (assertion: string) => found('fail', t('坏', 'bad'), [], [assertion])
  const good = found('pass', t('好', 'good'))
  /** G5 fails while its fault is planted at the simulator. */
  function simulated(wrong: string, over: Partial<AcceptancePorts> = {}) {
    const said: string[] = []
    let stands = false
    const scene = opened({
      judge: (ids) => Promise.resolve(ids.map(() => (stands ? at(wrong) : good))),
      plants: {
        say: (_at, { method, path, body }) => {
          said.push(`${method} ${path} ${JSON.stringify(body)}`)
          stands = `${JSON.stringify(body)}`.includes('entry-records')
          return Promise.resolve(true)
        },
        pause: () => new Promise(setImmediate),
      },
      ...over,
    })
    return { ...scene, said }
  }

  it('plants, sees it fail by the assertion of its plant, takes the fault away, sees it pass', async () => {
    const { service, session, said } = simulated('refused')
    await service.run({ item: 'G5', isRed: true })
    const { items, planting, isRunning } = await service.ended()
    expect(said.map((one) => one.includes('entry-records'))).toEqual([true, false])
    const g5 = items.find(({ id }) => id === 'G5')
    expect(g5).toMatchObject({ verdict: 'pass', failed: [], red: { assertion: 'refused' } })
    expect([planting, isRunning, session().planted]).toEqual([null, false, null])
    // The time before the fault was removed is not judged.
    expect(session().fromMs ?? 0).toBeGreaterThan(Date.parse(g5?.red?.atIso ?? ''))
  })

  it('is not content with another assertion, says what it waits for, and takes its fault away when it is stopped', async () => {
    const { service, session, said } = simulated('late')
    await service.run({ item: 'G5', isRed: true })
    const view = await eventually(
      () => service.view(),
      ({ planting }) => planting !== null,
    )
    expect(view.planting).toMatchObject({ item: 'G5', stage: 'red', of: 'person', drive: 'car' })
    await service.stop()
    const { items } = await service.ended()
    expect(items.find(({ id }) => id === 'G5')).toMatchObject({ red: null, judgedAtIso: null })
    expect(said.at(-1)).not.toContain('entry-records')
    expect(session()).toMatchObject({ waiting: ['G5'], isRed: true, planted: null })
  })

  /** Skips what waits, up to this item or until the run is over; the items in their order. */
  async function skipAll({ service }: ReturnType<typeof simulated>, by?: string, upTo?: string) {
    const skipped: string[] = []
    const next = (before: string | undefined) =>
      eventually(
        () => service.view(),
        ({ planting, isRunning }) => !isRunning || (planting !== null && planting.item !== before),
      )
    let { planting } = await next(undefined)
    while (planting !== null && planting.item !== upTo) {
      skipped.push(planting.item)
      await service.leaveOut(by === undefined ? {} : { by })
      planting = (await next(skipped.at(-1))).planting
    }
    return skipped
  }

  it('a skip leaves the item that waits as not run by its person, takes its fault away and goes on', async () => {
    const scene = simulated('late')
    const { service, session, said, notes } = scene
    await service.run({ item: 'G5' })
    await service.ended()
    await service.run({ appendix: 'G', isRed: true })
    const skipped = await skipAll(scene, '王工')
    await service.ended()
    const { items, waiting: left, isRunning, progress } = await service.view()
    expect(skipped.length).toBeGreaterThan(1)
    expect([left, isRunning, session().planted, progress]).toEqual([[], false, null, null])
    const seen = items.filter(({ id }) => skipped.includes(id))
    // What passed before is not passed any more.
    expect(
      seen.map(({ verdict, judgedAtIso, skipped: by }) => [verdict, judgedAtIso, by?.by]),
    ).toEqual(skipped.map(() => ['incomplete', null, '王工']))
    const kept = notes
      .flatMap(({ judged }) => judged ?? [])
      .filter((one) => one.skipped?.by === '王工')
    expect(kept.map(({ id, verdict }) => [id, verdict])).toEqual(
      skipped.map((id) => [id, 'incomplete']),
    )
    expect(said.at(-1)).not.toContain('entry-records')
  })

  it.each([
    ['the one that is planted', 'G5', ['G4', 'G6']],
    ['one behind it', 'G6', ['G4', 'G5']],
  ] as const)('skips %s by its name, and the others still wait', async (_, item, others) => {
    const scene = simulated('late')
    const { service, session } = scene
    await service.run({ appendix: 'G', isRed: true })
    await skipAll(scene, undefined, 'G5')
    const before = session().waiting
    await service.leaveOut({ item, by: '王工' })
    await eventually(
      () => Promise.resolve(session().waiting),
      (waiting) => !waiting.includes(item),
    )
    expect(session().results[item]?.skipped?.by).toBe('王工')
    expect(before.filter((one) => one !== item)).toEqual(
      expect.arrayContaining([...session().waiting]),
    )
    for (const other of others)
      if (before.includes(other)) expect(session().waiting).toContain(other)
    expect(await skipAll(scene)).not.toContain(item)
    await service.ended()
    await service.run({ item, isRed: false })
    await service.ended()
    expect(session().results[item]).toMatchObject({ verdict: 'pass', skipped: null })
  })

  it.each(['E9', 'G5', ''])('refuses to skip %s, which does not wait', async (item) => {
    const { service, session } = simulated('late')
    const before = session()
    expect(() => service.leaveOut({ item })).toThrow(
      expect.objectContaining({ code: 'ARG-01', detail: { field: '/item', value: item } }),
    )
    await service.leaveOut({})
    expect(session()).toBe(before)
  })

  it('says before it begins how long each part takes, and counts the part that runs', async () => {
    const declaration = () => ({ features: [...featureNames] })
    const { service } = simulated('late', { declaration })
    const { plans, items } = await service.view()
    const g5 = items.find(({ id }) => id === 'G5')
    expect(g5?.takes).toMatchObject({ of: 'person', minutes: 4, untilIso: null })
    expect(items.find(({ id }) => id === 'E1')?.takes).toBeUndefined()
    const of = (appendix: string | null) => plans.find((one) => one.appendix === appendix)
    expect(of('E')).toMatchObject({ items: 4, waits: 2, minutes: 15 })
    expect(of(null)?.items).toBe(items.length)
    await service.run({ item: 'G5', isRed: true })
    const running = await eventually(
      () => service.view(),
      ({ planting }) => planting !== null,
    )
    expect(running.progress).toMatchObject({ item: 'G5', n: 1, of: 1 })
    expect(running.progress?.leftSec).toBeLessThanOrEqual(240)
    await service.stop()
    await service.ended()
    expect((await service.view()).progress).toBeNull()
    const { service: own } = opened()
    expect((await own.view()).plans).toEqual([])
  })

  it('takes away what a run that was cut off left at a simulator, before anything else', async () => {
    const { service, session, said, ports } = simulated('refused')
    await service.run({ item: 'E1' })
    await service.ended()
    ports.keep({ ...session(), planted: 'G5' })
    await service.run({ item: 'E1' })
    await service.ended()
    expect([said.length, session().planted]).toEqual([1, null])
  })

  it('is refused where no fault may be planted, and an item that has none is judged as it is', async () => {
    const { service } = opened()
    await expect(service.run({ isRed: true })).rejects.toMatchObject({ code: 'ACCEPT-03' })
    const { service: own, said } = simulated('refused')
    await own.run({ item: 'E2', isRed: true })
    const { items } = await own.ended()
    expect(items.find(({ id }) => id === 'E2')).toMatchObject({ verdict: 'pass', red: null })
    expect(said).toEqual([])
  })
})
