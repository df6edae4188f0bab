// The run of an acceptance: locked until the survey passes, an item at a time, and gone on with where it was cut off.
// Its ports are in memory; what they are asked is counted.
import { baseRules } from '../../../../firmware-runtime/core/values/rules/packs.ts'
import { describe, expect, it } from 'vitest'
import { features, type Declaration } from '../../../../firmware-runtime/acceptance/declaration.ts'
import { acceptanceItems } from '../../../../firmware-runtime/acceptance/items/index.ts'
import { found } from '../../../../firmware-runtime/acceptance/item.ts'
import {
  AcceptanceService,
  type AcceptancePorts,
} from '../../../../firmware-runtime/app/acceptance/acceptance-service.ts'
import {
  noSession,
  type AcceptanceSession,
} from '../../../../firmware-runtime/app/acceptance/session.ts'
import { LaneFault } from '../../../../firmware-runtime/core/faults/faults.ts'
import { t } from '../../../../firmware-runtime/core/values/fault-text.ts'
import type { LotConfig } from '../../../../firmware-runtime/core/lot/config.ts'
import { eventually } from '../../../kit/eventually.ts'
import type { SurveyLine } from '../../../../firmware-runtime/survey/survey-page.ts'

const survey = (verdict: SurveyLine['verdict'], day: string): SurveyLine => ({
  name: day,
  title: 'T',
  site: 'S',
  lane: 'L',
  createdAtIso: `2026-03-0${day}T00:00:00+08:00`,
  records: 1,
  verdict,
  whole: true,
  failing: [],
  open: [],
})
/** One lane with an antenna, as the surveys name it, and one without. */
const lane = (id: string, name: string, rsu: string | null) =>
  ({ id, name: t(name, id), rsu }) as LotConfig['lanes'][number]
const lot = {
  mode: 'production',
  lanes: [lane('exit', 'L', 'tcp://h:1'), lane('entry', 'E', null)],
} as const
const pack = { packId: 'guangxi', standard: 'S', digest: 'D' }
const made = { program: '1.2.3', lotId: 'GX00099', pack }
const inputs = { lotFile: '', chargeMode: 'card', lanes: [], platform: null, testObus: [] }
const declaration: Declaration = { features: ['card', 'exit', 'exitAntenna'] }
const noJoint = { runId: 'T1', startedAtMs: 1, lines: [], reportId: null }
const askedAt = {
  lotId: 'GX00099',
  lotName: '',
  url: '',
  appId: 'SB1',
  reportId: null,
  startIso: null,
  endIso: null,
  interfaces: [],
  anomalies: [],
}
const passed = [survey('fail', '1'), survey('pass', '2')]

function opened(over: Partial<AcceptancePorts> = {}) {
  let session: AcceptanceSession = noSession
  let nowMs = 1_772_409_600_000
  const judged: string[][] = []
  const ports: AcceptancePorts = {
    read: () => session,
    keep: (next) => {
      session = next
    },
    surveys: () => Promise.resolve(passed),
    judge: (ids) => {
      judged.push([...ids])
      return Promise.resolve(ids.map(() => found('pass', t('好', 'good'))))
    },
    isSimulated: () => true,
    lot: () => lot,
    made: () => made,
    inputs: () => inputs,
    declaration: () => declaration,
    aim: (asked) => ({ ...asked, appId: 'SB1', joint: noJoint }),
    joint: () => ({ ended: Promise.resolve(), stop: () => undefined }),
    asked: ({ url }) => ({ ...askedAt, url }),
    rules: () => baseRules,
    nowMs: () => (nowMs += 1_000),
    plants: null,
    ...over,
  }
  return { service: new AcceptanceService(ports), judged, session: () => session, ports }
}

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
    const { service } = opened({ surveys: () => Promise.resolve([]) })
    service.override('验收员', '原因')
    await service.run({ item: 'E1' })
    const { lock } = await service.ended()
    expect(lock).toMatchObject({ override: { by: '验收员', reason: '原因' } })
    expect(lock.why).not.toBeNull()
  })
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

describe('what the lot declares', () => {
  it('is kept with the run and shown, and items that it leaves out say so', async () => {
    const { service, session } = opened()
    await service.run({ item: 'E1' })
    const view = await service.ended()
    expect(view.declaration.map(({ id }) => id)).toEqual(declaration.features)
    expect(session().declaration).toEqual(declaration)
    const awayOf = (id: string) => view.items.find((item) => item.id === id)?.away?.en
    expect([awayOf('R3'), awayOf('E4')]).toEqual([undefined, undefined])
    expect(awayOf('G2')).toContain(features.operator.en)
  })

  it('is taken anew by a run that goes on', async () => {
    let own = declaration
    const { service, session } = opened({ declaration: () => own })
    await service.run({ item: 'E1' })
    await service.ended()
    own = { features: [...own.features, 'operator'] }
    await service.run({ item: 'E1' })
    await service.ended()
    expect(session().declaration).toEqual(own)
  })

  it('is refused where it is nothing, and nothing is judged', async () => {
    const nothing = () => ({ features: ['card', 'exit'] as const })
    const { service, judged, session } = opened({ declaration: nothing })
    await expect(service.run({})).rejects.toMatchObject({ code: 'ACCEPT-07' })
    expect([judged, session().sessionId]).toEqual([[], null])
  })
})

describe('aimed at another platform', () => {
  const platform = { url: 'https://h:1', caFile: '/ca.pem', credentials: '/channel.json' }
  const line = {
    atIso: '2026-03-02T08:00:00.000+08:00',
    interfaceId: 'list',
    what: 'right',
    requestId: null,
    ok: true,
    said: '',
  } as const
  const reportId = 'A'.repeat(32)

  it('it tests jointly before anything is judged, keeps each exchange, and not again once it passed', async () => {
    let tests = 0
    const { service, session, judged } = opened({
      joint: (aim, state) => {
        tests++
        expect([aim.url, judged]).toEqual([platform.url, []])
        state.keep({ ...state.read(), lines: [line] })
        expect(session().aim?.joint.lines).toEqual([line])
        state.keep({ ...state.read(), reportId })
        return { ended: Promise.resolve(), stop: () => undefined }
      },
    })
    await service.run({ item: 'E1', platform })
    const { asked } = await service.ended()
    expect([asked?.url, judged]).toEqual([platform.url, [['E1']]])
    await service.run({ item: 'E1' })
    await service.ended()
    expect([tests, judged.length, session().aim?.joint.reportId]).toEqual([1, 2, reportId])
  })

  it('nothing is judged where it does not answer, and a run that goes on asks it again', async () => {
    const silent = new LaneFault('ACCEPT-10', { note: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const { service, judged, session } = opened({
      joint: () => ({ ended: Promise.reject(silent), stop: () => undefined }),
    })
    await service.run({ appendix: 'H', platform })
    await expect(service.ended()).rejects.toMatchObject({ code: 'ACCEPT-10' })
    expect([judged, session().waiting]).toEqual([[], ['H1', 'H2']])
  })

  it('a stop ends the joint test, and nothing is judged behind it', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const { service, judged } = opened({ joint: () => ({ ended, stop: resolve }) })
    await service.run({ item: 'E1', platform })
    await service.stop()
    await service.ended()
    expect(judged).toEqual([])
  })

  it('a run keeps to what it was aimed at, and never plants a fault there', async () => {
    const { service, session } = opened()
    await service.run({ item: 'E1' })
    await service.ended()
    const other = {
      code: 'ACCEPT-04',
      detail: { field: '/platform', value: '', note: platform.url },
    }
    await expect(service.run({ platform })).rejects.toMatchObject(other)
    await service.run({ item: 'E1', platform, isAnew: true })
    await service.ended()
    for (const name of ['url', 'caFile', 'credentials'])
      await expect(
        service.run({ platform: { ...platform, [name]: 'https://else' } }),
      ).rejects.toMatchObject({ code: 'ACCEPT-04' })
    const plants = { say: () => Promise.resolve(true), pause: () => Promise.resolve() }
    const { service: red } = opened({ plants })
    await expect(red.run({ isRed: true, platform })).rejects.toMatchObject({ code: 'ACCEPT-03' })
    await service.run({ item: 'E1', isAnew: true })
    await service.ended()
    expect(session().aim).toBeNull()
  })

  it('is refused again by whoever goes on where it may not be asked', async () => {
    const { service, ports } = opened()
    await service.run({ item: 'E1', platform })
    await service.ended()
    const { service: lanes } = opened({
      ...ports,
      aim: () => {
        throw new LaneFault('ACCEPT-09')
      },
    })
    await expect(lanes.run({ item: 'E1' })).rejects.toMatchObject({ code: 'ACCEPT-09' })
    await expect(lanes.run({ platform, isAnew: true })).rejects.toMatchObject({ code: 'ACCEPT-09' })
    await lanes.run({ item: 'E1', isAnew: true })
    expect((await lanes.ended()).asked).toBeNull()
  })
})

describe('red first', () => {
  const at = (assertion: string) => found('fail', t('坏', 'bad'), [], [assertion])
  const good = found('pass', t('好', 'good'))
  /** G5 fails while its fault stands at the simulator. */
  function simulated(wrong: string, over: Partial<AcceptancePorts> = {}) {
    const said: string[] = []
    let stands = false
    const scene = opened({
      judge: (ids) => Promise.resolve(ids.map(() => (stands ? at(wrong) : good))),
      plants: {
        say: (_at, { method, path, body }) => {
          said.push(`${method} ${path} ${JSON.stringify(body)}`)
          stands = JSON.stringify(body).includes('entry-records')
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
    // What the planted fault spoilt is judged by nobody.
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
