// The run of an acceptance: locked until the survey passes, one item at a time, and continued where it was interrupted.
import { featureNames } from '../../../../firmware-runtime/acceptance/declaration.ts'
import { baseRules } from '../../../../firmware-runtime/core/values/rules/packs.ts'
import { describe, expect, it } from 'vitest'
import { acceptanceItems } from '../../../../firmware-runtime/acceptance/items/index.ts'
import { found } from '../../../../firmware-runtime/acceptance/item.ts'
import { type AcceptancePorts } from '../../../../firmware-runtime/app/acceptance/acceptance-service.ts'
import { type AcceptanceSession } from '../../../../firmware-runtime/app/acceptance/session.ts'
import { LaneFault } from '../../../../firmware-runtime/core/faults/faults.ts'
import { t } from '../../../../firmware-runtime/core/values/fault-text.ts'
import { eventually } from '../../../kit/eventually.ts'
import type { SurveyLine } from '../../../../firmware-runtime/survey/survey-page.ts'
import { survey, lane, lot, pack, made, inputs, passed, opened } from './acceptance-kit.ts'

describe('the lock', () => {
  it('holds without a survey, with one that failed, and opens with the newest that passes', async () => {
    for (const [surveys, code] of [
      [[], 'ACCEPT-01'],
      [[survey('pass', '1'), survey('fail', '2')], 'ACCEPT-01'],
      [[{ ...survey('pass', '1'), whole: false }], 'ACCEPT-01'],
    ] as const) {
      const { service } = opened({ surveys: () => Promise.resolve(surveys) })
      await expect(service.run({})).rejects.toMatchObject({ code })
    }
    const { service } = opened()
    expect((await service.run({})).lock.why).toBeNull()
  })

  it('holds while a lane with an antenna has none, and surveys of other lanes open nothing', async () => {
    const two = { ...lot, lanes: [...lot.lanes, lane('exit2', 'L2', 'tcp://h:2')] }
    const other = { ...survey('pass', '3'), lane: 'ANOTHER' }
    const second = { ...survey('pass', '3'), lane: 'exit2' }
    const whyOf = async (surveys: readonly SurveyLine[], of: AcceptancePorts['lot']) =>
      (await opened({ surveys: () => Promise.resolve(surveys), lot: of }).service.view()).lock.why
    expect(await whyOf([other], () => lot)).not.toBeNull()
    expect(await whyOf([...passed, other], () => two)).not.toBeNull()
    expect(await whyOf([...passed, second], () => two)).toBeNull()
    const failing = { ...other, verdict: 'fail', failing: ['D5'] } as const
    expect(await whyOf([...passed, failing], () => lot)).toBeNull()
  })

  it('is overridden by a named person, and says so', async () => {
    const { service, override } = opened({ surveys: () => Promise.resolve([]) })
    override('验收员', '原因')
    expect((await service.view()).lock.override).toMatchObject({ by: '验收员' })
    await service.run({ item: 'E1' })
    const { lock } = await service.ended()
    expect(lock).toMatchObject({ override: { by: '验收员', reason: '原因' } })
    expect(lock.why).not.toBeNull()
  })

  it('is overridden for one session: the one that stands, else the next', async () => {
    const scene = opened({ surveys: () => Promise.resolve([]) })
    const { service, override, session } = scene
    const refused = { code: 'ACCEPT-01' }
    override('验收员', '一')
    await service.run({ item: 'E1' })
    const first = (await service.ended()).sessionId
    await service.run({ item: 'E2' })
    await service.ended()
    await expect(service.run({ item: 'E1', isAnew: true })).rejects.toMatchObject(refused)
    override('验收员', '二')
    expect((await service.view()).lock.override?.reason).toBe('一')
    await service.run({ item: 'E1', isAnew: true })
    const { sessionId, lock } = await service.ended()
    expect([sessionId === first, lock.override?.reason]).toEqual([false, '二'])
    await expect(service.run({ isAnew: true })).rejects.toMatchObject(refused)
    // The current session began with a survey that no longer passes, so it does not continue by itself.
    scene.ports.keep({ ...session(), sessionId: 'A99990101000000000' })
    await expect(service.run({})).rejects.toMatchObject(refused)
    override('验收员', '三')
    await service.run({ item: 'E1' })
    expect((await service.ended()).sessionId).toBe('A99990101000000000')
    // A session of another program version does not continue: the override is for the next session.
    const { service: later } = opened({
      ...scene.ports,
      made: () => ({ ...made, program: '9.9.9' }),
    })
    expect(later.toOverride()).toBe('A99990101000000001')
    expect((await later.view()).lock.override).toBeNull()
  })
})

it('says what is asked of a platform that is long about it', async () => {
  const asking = { interfaceId: 'list', of: 'h', words: t('名单', 'list'), untilIso: 'x' }
  expect((await opened().service.view()).asking).toBeNull()
  expect((await opened({ asking: () => asking }).service.view()).asking).toEqual(asking)
})

it('a limit of an item is named by its words', async () => {
  const { items } = await opened().service.view()
  const limits = items.flatMap((item) => item.limits.map(({ name, words }) => ({ name, words })))
  expect(limits).toContainEqual({ name: 'span', words: t('时间窗', 'span') })
  expect(limits).toHaveLength(acceptanceItems.flatMap(({ id }) => baseRules.limits(id)).length)
})

it('quirks of peers are those that a run names, until another names others', async () => {
  const failed = {
    ...found('fail', t('坏', 'bad'), [], ['noRequestId']),
    otherwise: 'pass' as const,
  }
  const { service } = opened({ judge: (ids) => Promise.resolve(ids.map(() => failed)) })
  const g5 = async (quirks?: readonly 'noRequestId'[]) => {
    await service.run({ item: 'G5', ...(quirks === undefined ? {} : { quirks: [...quirks] }) })
    const { items, quirks: on } = await service.ended()
    const { verdict, conformance, compatibility } = items.find(({ id }) => id === 'G5') ?? {}
    return [verdict, conformance, compatibility, on.length]
  }
  expect(await g5()).toEqual(['fail', 'fail', 'fail', 0])
  expect(await g5(['noRequestId'])).toEqual(['fail', 'fail', 'pass', 1])
  expect(await g5()).toEqual(['fail', 'fail', 'pass', 1])
  expect(await g5([])).toEqual(['fail', 'fail', 'fail', 0])
})

describe('a run', () => {
  it('judges all, a table, or one item, and keeps each with its time and that it was simulated', async () => {
    const { service, judged } = opened()
    await service.run({})
    const all = await service.ended()
    expect(all.items.every(({ verdict, simulated }) => verdict === 'pass' && simulated)).toBe(true)
    await service.run({ appendix: 'H' })
    await service.ended()
    await service.run({ item: 'I8' })
    await service.ended()
    await service.run({ appendix: 'R' })
    await service.ended()
    expect(judged.map((ids) => ids.length)).toEqual([acceptanceItems.length, 2, 1, 5])
    await expect(service.run({ item: 'G99' })).rejects.toMatchObject({ code: 'ARG-01' })
  })

  it('goes on with what waits, and what was judged stays', async () => {
    const { service, session, ports } = opened()
    await service.run({})
    const before = await service.ended()
    ports.keep({ ...session(), waiting: ['G1', 'H1'] })
    await service.run({})
    const after = await service.ended()
    const changed = after.items.filter(
      ({ judgedAtIso }, i) => judgedAtIso !== before.items[i]?.judgedAtIso,
    )
    expect(changed.map(({ id }) => id)).toEqual(['G1', 'H1'])
    expect(after.waiting).toEqual([])
  })

  it('of one item leaves what waits waiting, as it was to be judged', async () => {
    const { service, session, ports, judged } = opened()
    await service.run({ item: 'E1' })
    await service.ended()
    ports.keep({ ...session(), waiting: ['G1', 'G10', 'H1'], isRed: true })
    await service.run({ item: 'G10' })
    await service.ended()
    expect(judged.at(-1)).toEqual(['G10'])
    expect(session()).toMatchObject({ waiting: ['G1', 'H1'], isRed: true })
    expect(session().results.G10?.red).toBeNull()
  })

  it('from a time to come, or of an item and a table at once, is refused', async () => {
    const { service, session } = opened()
    const fromIso = '2099-01-01T00:00:00+08:00'
    await expect(service.run({ fromIso })).rejects.toMatchObject({
      code: 'ARG-01',
      detail: { field: '/fromIso', value: fromIso },
    })
    await expect(service.run({ appendix: 'G', item: 'E1' })).rejects.toMatchObject({
      code: 'ARG-01',
      detail: { field: '/item', value: 'E1' },
    })
    expect(session().sessionId).toBeNull()
  })

  it('keeps what was judged when it is cut off between two items', async () => {
    const kept: AcceptanceSession[] = []
    const first = opened()
    const keep = first.ports.keep
    const cut = opened({
      read: first.ports.read,
      keep: (next) => {
        if (kept.length === 3) throw new Error('killed')
        kept.push(next)
        keep(next)
      },
    })
    await cut.service.run({ appendix: 'F' })
    await expect(cut.service.ended()).rejects.toThrow('killed')
    expect(first.session().waiting).toEqual(['F3', 'F4', 'F5', 'F6'])
    await first.service.run({})
    await first.service.ended()
    expect(first.judged).toEqual([['F3', 'F4', 'F5', 'F6']])
  })

  it.each([
    ['another version', { exit: '0201' }, { field: 'antenna', was: 'exit 0200' }],
    ['the same version', { exit: '0200' }, null],
    ['no version any more', {}, null],
    ['a version of a lane that had told none', { exit: '0200', entry: '0100' }, null],
  ])('with an antenna of %s', async (_what, antennas, other) => {
    const before = { ...made, antennas: { exit: '0200' } }
    const first = opened({ made: () => before })
    await first.service.run({ item: 'E1' })
    await first.service.ended()
    const { service } = opened({ ...first.ports, made: () => ({ ...made, antennas }) })
    expect((await service.view()).other).toEqual(
      other === null ? null : expect.objectContaining(other),
    )
    const run = service.run({})
    if (other === null) await expect(run).resolves.toBeDefined()
    else await expect(run).rejects.toMatchObject({ code: 'ACCEPT-04' })
  })

  it('of another program, lot or pack does not go on, and one of its own has a later name', async () => {
    for (const [other, field, was] of [
      [{ ...made, program: '1.2.4' }, 'program', '1.2.3'],
      [{ ...made, lotId: 'GX00001' }, 'lotId', 'GX00099'],
      [{ ...made, pack: { ...pack, digest: 'E' } }, 'pack', 'D'],
    ] as const) {
      const first = opened()
      await first.service.run({ item: 'E1' })
      const { sessionId, items } = await first.service.ended()
      const { service } = opened({ ...first.ports, made: () => other })
      await expect(service.run({})).rejects.toMatchObject({
        code: 'ACCEPT-04',
        detail: { field: `/${field}`, value: was },
      })
      const view = await service.view()
      expect(view).toMatchObject({ other: { field, was }, items })
      await service.run({ isAnew: true, item: 'H1' })
      const anew = await service.ended()
      expect(anew.other).toBeNull()
      expect(Number(anew.sessionId?.slice(1))).toBeGreaterThan(Number(sessionId?.slice(1)))
      expect(first.session()).toMatchObject({ made: other, inputs, results: { H1: {} } })
    }
  })

  it('of before, which does not say by what it was made, does not go on', async () => {
    const { service, ports, session } = opened()
    ports.keep({ ...session(), sessionId: 'A1', fromMs: 0 })
    await expect(service.run({})).rejects.toMatchObject({ code: 'ACCEPT-04' })
  })

  it('that begins anew while the clock went back has the later name all the same', async () => {
    const { service, ports, session } = opened()
    ports.keep({ ...session(), sessionId: 'A99990101000000000', fromMs: 0 })
    await service.run({ isAnew: true })
    expect((await service.ended()).sessionId).toBe('A99990101000000001')
  })

  it('that ends while the surveys are read is shown as it ended', async () => {
    let reads = 0
    const slow = Promise.withResolvers<readonly SurveyLine[]>()
    const { service } = opened({
      surveys: () => (++reads === 1 ? Promise.resolve(passed) : slow.promise),
    })
    const view = service.run({ item: 'E1' })
    await new Promise((done) => setImmediate(done))
    slow.resolve(passed)
    const { isRunning, waiting } = await view
    expect({ isRunning, waiting }).toEqual({ isRunning: false, waiting: [] })
  })

  it('that fails says why, and what it did not judge waits', async () => {
    const judge = () => Promise.reject(new LaneFault('FILE-02', { note: 'cut' }))
    const { service } = opened({ judge })
    await service.run({ appendix: 'H' })
    await expect(service.ended()).rejects.toMatchObject({ code: 'FILE-02' })
    const { failed, waiting, isRunning } = await service.view()
    expect({ failed: failed?.code, waiting, isRunning }).toEqual({
      failed: 'FILE-02',
      waiting: ['H1', 'H2'],
      isRunning: false,
    })
  })

  it('is refused while one runs', async () => {
    const { promise, resolve } = Promise.withResolvers<readonly never[]>()
    const { service } = opened({ judge: () => promise })
    await service.run({})
    await expect(service.run({})).rejects.toMatchObject({ code: 'ACCEPT-02' })
    resolve([])
    await service.ended()
  })
})

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
