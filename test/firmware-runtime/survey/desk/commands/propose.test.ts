// `etc-lane survey predict` and `survey propose` as a script uses them: a survey file made from a field that does not
// follow the model, its JSON as published, refusals by code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AssistantView } from '#survey/pure/field/assistant.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { firstPlaces } from '#survey/pure/model/measure-next.ts'
import { sideOf } from '#survey/pure/model/readings.ts'
import { scene } from '../../pure/model/other-truth.ts'
import { readAt } from '../../pure/whole-field.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const folder = folderOfFile('etc-propose-')
const at = (name: string): string => join(folder, `${name}.etcsurvey`)

async function survey(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, json } = await runSilent(surveyCommand, args)
  expect(code).toBe(0)
  return json
}

const truth = scene(7)
const setup = {
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: { powerStep: 10 },
  heightMm: truth.mount.heightMm,
  downDeg: 35,
  yawDeg: 35,
  at: { xMm: truth.mount.xMm, yMm: truth.mount.yMm },
}
const hung = { ...truth.mount, downDeg: 35, azimuthDeg: 35 }
const readings = (step: number, more: object = {}) =>
  firstPlaces(parkingGrid, 3, 4).map(({ xMm, yMm }) => ({
    ...readAt({ xMm, yMm }, Math.round(10 * truth.level(xMm, yMm, hung, step)) / 10),
    ...more,
  }))

const make = async (name: string, bodies: readonly unknown[]): Promise<string> => {
  const file = at(name)
  await survey('new', file, '--site', '演示', '--lane', 'exit', '--by', 't', '--trigger=1500,2250')
  if (bodies.length > 0) await survey('add', file, '--by', 't', '--body', JSON.stringify(bodies))
  return file
}

const propose = async (...args: readonly string[]) =>
  (await survey('propose', ...args)) as unknown as AssistantView & { ok: boolean }

describe('survey propose', () => {
  it('fits, shows the conflict of the clause, proposes and writes nothing', async () => {
    const file = await make('one', [setup, ...readings(10)])
    const before = readFileSync(file)
    const view = await propose(file, '--neighbour', '4800,2250')
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(view).toMatchObject({ ok: true, readings: 12, lost: [], broken: [] })
    const eirp = view.fit.parameters[0]
    expect(eirp).toMatchObject({ id: 'eirpDbm', unit: 'dBm', learnt: true })
    expect(Math.abs((eirp?.value ?? 0) - truth.eirpDbm)).toBeLessThan(2.5 * (eirp?.se ?? 0))
    expect(view.fit.parameters[1]).toMatchObject({ id: 'dbPerStep', learnt: false })
    expect(view.clause).toMatchObject({ clause: '7.1.1 c', scaleDb: [22, 28] })
    expect(view.clause.words.en).toContain('no verdict is given')
    expect(view.clause.words.en).toContain('still assumed')
    expect(view.clause.words.zh).toContain('设置刻度')
    expect(view.now).toMatchObject({ powerStep: 10, downDeg: 35, yawDeg: 35 })
    const { low, containment, high } = view.next.expected
    expect(low <= containment && containment <= high).toBe(true)
    // Row 5 has priority over the score: a proposal that fails it by less may score less.
    const [now5, next5] = [view.now.expected.row5, view.next.expected.row5]
    expect(next5?.failsByDb).toBeLessThanOrEqual(now5?.failsByDb ?? NaN)
    if (now5?.failsByDb === next5?.failsByDb)
      expect(containment).toBeGreaterThanOrEqual(view.now.expected.containment)
    expect(view.powerSteps).not.toBeNull()
    expect(view.next.expected.neighbourDbm).not.toBeNull()
    expect(view.next.expected.zone?.widthMm).toBeGreaterThan(1_000)
    // The proposal stays within the clause: 35 degrees down, 30 to 45 towards the lane.
    expect(view.next.downDeg).toBe(35)
    expect(view.next.yawDeg).toBeGreaterThanOrEqual(30)
    expect(view.next.yawDeg).toBeLessThanOrEqual(45)
    for (const { setting, how, lawful } of view.changes)
      expect([how, lawful]).toEqual(setting === 'powerStep' ? ['diff', null] : ['turn', true])
    expect(view.measureNext.length).toBeGreaterThan(0)
    expect(await propose(file, '--neighbour', '4800,2250')).toEqual(view)
  })

  it('learns dB per step from two steps, each reading with the setup of its time', async () => {
    const louder = { ...setup, settings: { powerStep: 16 } }
    const file = await make('two', [...readings(10), setup, louder, ...readings(16)])
    const view = await propose(file)
    expect(view.readings).toBe(24)
    const step = view.fit.parameters[1]
    expect(step).toMatchObject({ id: 'dbPerStep', learnt: true })
    expect(Math.abs((step?.value ?? 0) - truth.dbPerStep)).toBeLessThan(0.1)
    expect(view.now.powerStep).toBe(16)
    expect(view.clause.words.en).toContain('several steps')
  })

  it('takes readings as they stand: corrected, the mean of a point, without what was taken back', async () => {
    const eirpOf = (view: AssistantView): number => view.fit.parameters[0]?.value ?? NaN
    const plain = eirpOf(await propose(await make('plain', [setup, ...readings(10)])))
    const probe = {
      kind: 'instrument',
      instrumentId: 'a',
      model: 'example',
      serialNo: null,
      calibratedOn: null,
      calibratedUntil: null,
      correctionDb: 4,
      simulated: true,
    }
    // Each point was read 0.5 dB too low before and 0.5 dB too high then; the last reading is withdrawn.
    const off = (db: number, reason?: string) =>
      readings(10).map((r) => ({
        ...r,
        levelsDbm: [(r.levelsDbm[0] ?? 0) + db],
        ...(reason === undefined ? {} : { reason }),
      }))
    const [wrong] = off(-20, 'again')
    const file = await make('stands', [setup, probe, ...off(-0.5), ...off(0.5, 'again'), wrong])
    await survey('undo', file, '--by', 't', '--reason', 'misread')
    const view = await propose(file)
    expect(view.readings).toBe(12)
    expect(view.fit.outliers).toEqual([])
    // The earlier readings still have a little weight.
    expect(Math.abs(eirpOf(view) - plain - 4)).toBeLessThan(0.3)
  })

  it('takes the place of the antenna by hand, from the right side as well', async () => {
    const { at: _at, ...nowhere } = setup
    const file = await make('nowhere', [nowhere, ...readings(10)])
    expect(await laterFault(propose(file))).toMatchObject({
      code: 'SURVEY-11',
      detail: { field: 'at' },
    })
    const { xMm, yMm } = truth.mount
    const left = await propose(file, `--at=${xMm},${yMm}`)
    const mirrored = readings(10).map((reading) => ({ ...reading, xMm: 3_200 - reading.xMm }))
    const right = await make('right', [nowhere, ...mirrored])
    const view = await propose(right, `--at=${3_200 - xMm},${yMm}`)
    expect([1_600, 1_601].map((x) => sideOf({ xMm: x, yMm: 0 }, parkingGrid))).toEqual([1, -1])
    const [a, b] = [left.fit.parameters, view.fit.parameters]
    expect(b[0]?.value).toBeCloseTo(a[0]?.value ?? 0, 2)
    expect(b[3]?.value).toBeCloseTo(-(a[3]?.value ?? 0), 2)
  })

  it('refuses what cannot be fitted, by code', async () => {
    const none = await make('none', readings(10))
    expect((await laterFault(propose(none))).detail.field).toBe('setup')
    const few = await make('few', [setup, ...readings(10).slice(0, 5)])
    expect(await laterFault(propose(few))).toMatchObject({
      code: 'SURVEY-10',
      detail: { value: '5' },
    })
    const blank = { ...setup, heightMm: null, downDeg: null, settings: { powerStep: 'high' } }
    const gaps = await make('gaps', [blank, ...readings(10)])
    expect((await laterFault(propose(gaps))).detail.field).toBe(
      'heightMm,downDeg,settings/powerStep',
    )
    const both = await make('both', [
      setup,
      ...readings(10, { antennaId: 1 }),
      ...readings(12, { antennaId: 2 }),
    ])
    expect(await laterFault(propose(both))).toMatchObject({
      code: 'SURVEY-12',
      detail: { value: '1,2' },
    })
    expect((await propose(both, '--antenna', '2')).readings).toBe(12)
    expect((await laterFault(propose(both, '--antenna', '3'))).code).toBe('SURVEY-10')
    for (const bad of ['--beam=38', '--beam=2,45', '--at=1', '--step-max=999', '--neighbour=a,b'])
      expect((await laterFault(propose(both, bad))).code, bad).toBe('ARG-01')
    expect((await laterFault(propose(at('missing')))).code).toBe('SURVEY-01')
  })
})

describe('survey predict', () => {
  const hang = ['--at=1600,0', '--height=2500', '--down=35', '--yaw=0']

  it('says the zone of an antenna that is not mounted yet', async () => {
    const view = await survey('predict', ...hang, '--eirp=18')
    expect(view).toMatchObject({ ok: true, limitDbm: -45, heightMm: 1_000 })
    const zone = view['zone'] as { farMm: number; leftMm: number; rightMm: number }
    expect(Math.abs(zone.farMm - 4_500)).toBeLessThan(150)
    expect(Math.abs(zone.leftMm + zone.rightMm - 3_200)).toBeLessThan(20)
    const weak = await survey('predict', ...hang, '--eirp=-20')
    expect(weak).toMatchObject({ zone: null, contour: [] })
  })

  it('refuses what no antenna is', async () => {
    for (const bad of ['--eirp=34', '--eirp=loud', '--eirp='])
      expect((await laterFault(survey('predict', ...hang, bad))).code, bad).toBe('ARG-01')
    expect((await laterFault(survey('predict', ...hang))).code).toBe('ARG-01')
    expect((await laterFault(survey('predict', ...hang, '--eirp=9', 'x'))).code).toBe('ARG-01')
  })
})
