// One short series of a survey: the measuring service queries an analyser in its own process over its link, its
// points are judged like the field, and another process reads the same from the file.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { burstOf } from '#base/pure/figures/burst.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { eventually } from '../kit/eventually.ts'
import { runToEnd } from '../wire/kit/live-program.ts'
import { program } from '../wire/kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

const dir = folderOfFile('etc-smoke-survey-')
const by = '安装员甲'
const service = new SurveyWorkerClient(program, dir, { demo: true, ownLinks: () => [] })
/** Along the middle of the lane: before the needed part, within it, and beyond the box. */
const walk = [
  { yMm: 500, verdict: 'free' },
  { yMm: 1_000, verdict: 'free' },
  { yMm: 1_500, verdict: 'pass' },
  { yMm: 2_000, verdict: 'pass' },
  { yMm: -250, verdict: 'fail' },
]
const xMm = 1_750
const zMm = 1_000
/** The probe varies by a quarter of a dB, and an analyser adds noise. */
const errorDbMax = 0.5
const overloadDbm = 60
/** The instrument answered too late, or its point was not steady in time: nothing was recorded. */
const lateCodes: readonly string[] = ['METER-07', 'METER-12']

interface Shown {
  readonly items: readonly { readonly id: string }[]
  readonly field: {
    readonly cells: readonly {
      readonly xMm: number
      readonly yMm: number
      readonly levelDbm: number | null
    }[]
  }
}

let sim: SimProcess
let name = ''
let file = ''

const post = (path: string, body: object): Promise<unknown> => sim.admin('POST', path, body)
const fields = () => projectOf(readSurvey(file).records).fields
const isLive = async (): Promise<void> => {
  await eventually(() => service.measuring.instrument, { what: 'the instrument' }).toMatchObject({
    state: 'live',
    live: { still: true, overload: false },
  })
}
const trueDbm = async (yMm: number): Promise<number> =>
  (await sim.admin<{ levelDbm: number }>('GET', `/truth?xMm=${xMm}&yMm=${yMm}&zMm=${zMm}`)).levelDbm

const take = (yMm: number): Promise<unknown> =>
  service.burst({ name, by, xMm, yMm, zMm, place: 'lane', antennaId: null })

/** Measures one point; a refusal for lateness is no reading, and the same point is measured again. */
async function point(yMm: number): Promise<void> {
  await post('/probe', { xMm, yMm, zMm })
  await isLive()
  const before = fields().length
  const late = (error: unknown): null => {
    if (!(error instanceof LaneFault) || !lateCodes.includes(error.code)) throw error
    expect(fields()).toHaveLength(before)
    return null
  }
  await eventually(
    () => take(yMm).catch(late),
    (answer) => answer !== null,
  )
  expect(fields()).toHaveLength(before + 1)
}

beforeAll(async () => {
  const flags = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const own = ['--variant', 'scpi-siglent', '--timing', 'instant', '--seed', '7']
  sim = await startSimProcess('instrument-sim', [...flags, ...own], spawnLauncher(program))
  await post('/knobs', { settleMs: 0 })
  const lane = { title: '冒烟', site: '测试', lane: '出口', trigger: null, by }
  const made = await service.make({ ...lane, grid: 'd5-parking', access: 'wire' })
  name = made.name
  file = join(dir, 'surveys', `${name}.etcsurvey`)
  await service.connect({
    profile: 'siglent/ssa3000x',
    link: present(sim.endpoints.link, 'a link'),
    instrumentId: 'sa',
    serialNo: null,
    calibratedOn: '2026-01-15',
    calibratedUntil: null,
    correctionDb: 0,
    simulated: true,
  })
})
afterAll(async () => {
  await service.close()
  await sim.kill()
})

it('takes the points of a walk as the field is', async () => {
  for (const { yMm } of walk) {
    await point(yMm)
    const last = present(fields().at(-1), 'a point')
    expect(last).toMatchObject({ xMm, yMm, zMm, instrumentId: 'sa' })
    expect(last.levelsDbm).toHaveLength(5)
    const error = Math.abs(burstOf(last.levelsDbm).levelDbm - (await trueDbm(yMm)))
    expect(error, `${yMm} mm`).toBeLessThan(errorDbMax)
  }
})

it('records nothing of a field that overloads the analyser', async () => {
  await post('/antenna', { eirpDbm: overloadDbm })
  await eventually(() => service.measuring.instrument?.live?.overload).toBe(true)
  await expect(take(2_250)).rejects.toMatchObject({ code: 'METER-10' })
  expect(fields()).toHaveLength(walk.length)
})

it('another process reads the same from the file: points, levels, what is judged of each', async () => {
  const kept = fields().map(({ levelsDbm }) => burstOf(levelsDbm).levelDbm)
  await service.closeInstrument()
  const { code, json } = await runToEnd(['survey', 'show', file])
  const shown = json as unknown as Shown
  expect({ code, ...shown }).toMatchObject({ code: 0, ok: true, lost: [], broken: [] })
  const cells = shown.field.cells.filter(({ levelDbm }) => levelDbm !== null)
  expect(cells).toHaveLength(walk.length)
  for (const [i, { yMm, verdict }] of walk.entries()) {
    const cell = cells.find((one) => one.xMm === xMm && one.yMm === yMm)
    expect(cell).toMatchObject({ verdict })
    expect(cell?.levelDbm).toBeCloseTo(kept[i] ?? Infinity, 2)
  }
  // Five points are not a grid, so the row itself stays open.
  const row = shown.items.find(({ id }) => id === 'D5')
  expect(row).toMatchObject({ verdict: 'incomplete', readings: walk.length })
})
