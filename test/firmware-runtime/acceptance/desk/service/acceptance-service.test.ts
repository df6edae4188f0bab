// The run of an acceptance: locked until the survey passes, one item at a time, and continued where it was interrupted.
import { baseRules } from '#base/pure/rules/packs.ts'
import { describe, expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { found } from '#acceptance/pure/item.ts'
import { type AcceptancePorts } from '#acceptance/desk/service/acceptance-service.ts'
import { type AcceptanceSession } from '#acceptance/desk/service/session.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
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
