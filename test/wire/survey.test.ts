// `etc-lane survey run --demo` as a program: every value in its file is compared with the simulators' data.
// CI uses a coarse grid; the full tests use the complete one.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { readSurvey } from '#survey/files/open-survey.ts'
import { burstOf } from '#base/pure/figures/burst.ts'
import { demoOpened } from '#harness/survey/demo-steps.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { surveyPoints } from '#survey/pure/survey-points.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { pagesOf } from '../firmware-runtime/survey/desk/commands/pdf-kit.ts'
import { sheetsOf } from '../firmware-runtime/survey/desk/commands/zip-kit.ts'
import { program } from './kit/program.ts'
import { keepRun } from '../docs/shown-runs.ts'
import { folderOfFile } from '../kit/own-folder.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const stepMm = full ? 250 : 1_500
const folder = folderOfFile('etc-survey-run-')

interface Demo {
  readonly ok: boolean
  readonly verdict: string
  readonly files: Readonly<Record<'survey' | 'evidence' | 'report' | 'pdf' | 'xlsx', string>>
  readonly items: readonly { readonly id: string; readonly verdict: string }[]
  readonly steps: readonly {
    readonly step: string
    readonly truth: readonly {
      readonly what: string
      readonly true: number
      readonly got: number
    }[]
  }[]
}

const run = promisify(execFile)
const etcLane = (...args: readonly string[]): Promise<{ stdout: string }> =>
  run(process.execPath, [program, ...args, '--json'], { maxBuffer: 64 * 1024 * 1024 })

it('measures field, link, clocks and signal and leaves survey, report and evidence', async () => {
  const out = join(folder, 'one')
  const surveyArgs = ['--out', out, '--seed', '3', '--step-mm', String(stepMm)]
  const { stdout } = await etcLane('survey', 'run', '--demo', ...surveyArgs)
  const demo = JSON.parse(stdout) as Demo
  expect(demo.ok).toBe(true)
  const points = surveyPoints(demoOpened({ ...parkingGrid, stepMm }))
  const truthOf = (name: string) => demo.steps.find(({ step }) => step === name)?.truth ?? []
  const truth = truthOf('field')
  // The drift point before and after; the background contains only noise of unknown level.
  expect(truth).toHaveLength(points.length + 2)
  // The probe's level varies by a quarter of a dB, and an analyser adds noise.
  for (const one of truth) expect(Math.abs(one.got - one.true), one.what).toBeLessThan(0.5)

  expect(truthOf('link')).toEqual([{ what: 'lost probes', true: 0, got: 0 }])
  expect(truthOf('signal')).toHaveLength(60)
  for (const one of truthOf('signal')) expect(one.got, one.what).toBe(one.true)
  // Time server, chrony, receiver and a camera, seven times each.
  expect(truthOf('clock')).toHaveLength(28)
  // Each OBU answered as often as the simulated antennas report, alone and together.
  expect(truthOf('neighbour')).toHaveLength(14)
  for (const one of truthOf('neighbour')) expect(one.got, one.what).toBe(one.true)
  const verdicts = new Map(demo.items.map(({ id, verdict }) => [id, verdict]))
  // Height, both angles, the name plate without a known profile, and all required photos.
  expect(truthOf('check').map(({ what }) => what)).toEqual([
    ...['heightMm', 'downDeg', 'yawDeg', 'plate unknown', 'photos'],
  ])
  for (const one of truthOf('check')) expect(one.got, one.what).toBe(one.true)
  expect(truthOf('check').at(-1)?.got).toBe(8)
  const all = Array.from({ length: 15 }, (_, i) => `D${i + 1}`)
  // A coarse grid gives no verdict.
  expect(verdicts.get('D5')).toBe(full ? 'pass' : 'incomplete')
  for (const id of all.filter((one) => one !== 'D5')) expect(verdicts.get(id), id).toBe('pass')
  const rules = Object.fromEntries(
    demo.items.map(({ id, verdict }) => [id, { verdict, simulated: true }]),
  )
  if (!full) keepRun('survey', { test: 'test/wire/survey.test.ts', rules })

  // The antenna's mounting and power are recorded, so the assistant works on the demo directly.
  const { stdout: proposed } = await etcLane('survey', 'propose', demo.files.survey)
  expect(JSON.parse(proposed)).toMatchObject({ ok: true, now: { powerStep: 16, downDeg: 90 } })

  const survey = projectOf(readSurvey(demo.files.survey).records)
  // Every offset is within its stated error.
  for (const [i, { errorMs }] of survey.clocks.entries()) {
    const { what, got, true: is } = truthOf('clock')[i] ?? { what: '?', got: 0, true: Infinity }
    expect(Math.abs(got - is), what).toBeLessThanOrEqual(errorMs)
  }
  const dark = survey.fields.filter(({ place }) => place === 'background')
  expect(dark).toHaveLength(5)
  for (const { levelsDbm } of dark) expect(Math.max(...levelsDbm)).toBeLessThan(-60)
  const lit = survey.fields.filter(({ place }) => place !== 'background')
  const kept = lit.map(({ xMm, yMm, place, levelsDbm }) => ({
    what: `${place} ${xMm},${yMm}`,
    got: burstOf(levelsDbm).levelDbm,
  }))
  expect(kept).toEqual(truth.map(({ what, got }) => ({ what, got })))
  expect([...survey.instruments.values()].every(({ simulated }) => simulated)).toBe(true)

  const { stdout: verified } = await etcLane(
    'evidence',
    'verify',
    demo.files.evidence,
    '--integrity-only',
  )
  expect(JSON.parse(verified)).toMatchObject({
    ok: true,
    chain: 'ok',
    photos: 8,
    origins: { typed: 0, imported: 0, notSaid: 0 },
  })
  expect([...survey.checks.values()].every(({ remark }) => remark.includes('演示'))).toBe(true)
  // Its reports, read by independent readers: the PDF is marked as a demo, the sheets have each level.
  expect(pagesOf(demo.files.pdf).join('\n')).toContain('演示数据')
  const sheets = sheetsOf(readFileSync(demo.files.xlsx))
  const levels = survey.fields.reduce((sum, { levelsDbm }) => sum + levelsDbm.length, 0)
  expect(sheets.get('场强')).toHaveLength(1 + levels)
  const html = readFileSync(demo.files.report, 'utf8')
  expect(html).toContain('演示数据')
  // A second run never overwrites the first.
  const again = etcLane('survey', 'run', '--demo', ...surveyArgs)
  await expect(again).rejects.toMatchObject({ code: 2 })
})
