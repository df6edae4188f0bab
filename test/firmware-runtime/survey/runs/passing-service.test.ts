// The survey by passages in a running lot: states and frames of its lanes become facts on disk, a day is evaluated while no
// car is about, an alarm is reported once, and a deliberate change starts the statistics anew. Virtual time.
import { beforeEach, expect, it } from 'vitest'
import { PassingFiles } from '#survey/files/passing-files.ts'
import { PassingService } from '#survey/runs/passing-service.ts'
import { emptyLane } from '#lane/pure/lane.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const dayMs = 86_400_000
const startMs = Date.UTC(2026, 4, 1, 2)
const exit = {
  id: 'exit',
  direction: 'exit',
  rsu: 'sim:r',
  barrier: 'sim:b',
  camera: null,
  display: null,
  siting: { measures: { triggerMm: 2_500, triggerLengthMm: 1_000, zoneFarMm: 4_200 } },
} as unknown as LaneConfig
const entry = { ...exit, id: 'entry', rsu: null }

let dir: string
let nowMs: number
let isQuiet: boolean
let told: string[]
let files: PassingFiles
let service: PassingService
const open = (): void => {
  files = new PassingFiles(dir)
  service = new PassingService({
    lanes: [entry, exit],
    store: files,
    loopDelayMs: 0,
    nowMs: () => nowMs,
    monoMs: () => nowMs - startMs,
    quiet: () => isQuiet,
    told: (laneId: string, { code }: CodedFault) => told.push(`${laneId} ${code}`),
  })
}
beforeEach(() => {
  dir = folderOfTest('passing-')
  ;[nowMs, isQuiet, told] = [startMs, true, []]
  open()
})

const state = (more: object) => ({ ...emptyLane(), ...more })
function hear(type: string, obuId: string): void {
  const base = { atIso: '', laneId: 'exit', stayId: null, hex: '' }
  service.frame({ ...base, direction: 'in', type, fields: { obuId } })
}
/** A car at 2 m/s whose OBU answers `lateMs` later than usual. */
async function pass(n: number, lateMs = 0): Promise<void> {
  const obuId = `0200${String(1_000 + n)}`
  const car = { obu: { obuId } }
  const at = (ms: number, run: () => void): readonly [number, () => void] => [ms, run]
  const turn = (more: object) => () => service.lane('exit', state(more))
  const answersMs = 400 + (n % 16) * 50 + lateMs
  const beginMs = nowMs
  const steps = [
    at(0, turn({ arrive: 'on', under: 'off' })),
    at(50, turn({ arrive: 'on', under: 'off', antennaOn: true })),
    at(answersMs, () => hear('B2', obuId)),
    // The antenna repeats the OBU and then reads its card: neither is another answer.
    at(answersMs + 60, () => hear('B2', obuId)),
    at(answersMs + 90, () => hear('B4', obuId)),
    at(1_249, turn({ arrive: 'on', under: 'off', antennaOn: true, car })),
    at(1_250, turn({ arrive: 'on', under: 'on', antennaOn: false, car })),
    at(2_800, turn({ arrive: 'off', under: 'on', car })),
    at(4_050, turn({ arrive: 'off', under: 'off' })),
  ].toSorted(([a], [b]) => a - b)
  for (const [ms, run] of steps) {
    nowMs = beginMs + ms
    run()
  }
  nowMs = beginMs + 20_000
  await service.look()
}
async function day(cars: number, lateMs = 0): Promise<void> {
  const beginMs = nowMs
  for (let n = 0; n < cars; n++) await pass(n, lateMs)
  await files.flush()
  nowMs = beginMs + dayMs
}

it('makes facts of turns and frames, and keeps them over a restart', async () => {
  await pass(0)
  await service.close()
  open()
  const [kept] = files.days('exit')
  expect(kept).toEqual({
    day: '2026-05-01',
    facts: [
      {
        kind: 'passage',
        triggerOffMs: 2_800,
        underOnMs: 1_250,
        underOffMs: 4_050,
        searchOnMs: 50,
        firstMs: 400,
        lastMs: 400,
        tries: 1,
        searchOffMs: 1_250,
      },
    ],
  })
})
it('tells the ends beside what the lot file says that was measured, and why one is not known', async () => {
  await day(60)
  const view = await service.view('exit')
  expect(view).toMatchObject({
    measured: { entryMm: 4_200, exitMm: null },
    estimate: { entry: { known: true, passages: 60 }, exit: { known: false, why: 'switchedOff' } },
    drift: { known: false, why: 'noReference' },
  })
  expect(view.words.exit.zh).toContain('不知道')
  expect(view.words.exit.en).toContain('not known')
})
it('raises an alarm within the day, once, and lets it go with a change on purpose', async () => {
  for (let n = 0; n < 4; n++) await day(110)
  expect(told).toEqual([])
  for (let n = 0; n < 99; n++) await pass(n, 400)
  await files.flush()
  expect(told).toEqual([])
  isQuiet = false
  await pass(99, 400)
  await files.flush()
  expect(told).toEqual([])
  isQuiet = true
  await service.look()
  await files.flush()
  expect(told).toEqual(['exit SURVEY-44'])
  expect(service.notices()).toMatchObject([{ code: 'SURVEY-44' }])
  for (let n = 0; n < 120; n++) await pass(n, 400)
  await files.flush()
  expect(told).toHaveLength(1)
  service.begin('exit')
  expect(service.notices()).toEqual([])
  await pass(1, 400)
  const view = await service.view('exit')
  expect(view.estimate.passages).toBe(1)
  expect(view.since).toMatchObject({ day: '2026-05-05' })
})
it('a lane without an antenna, and one that is none, are refused', async () => {
  for (const id of ['entry', 'nowhere'])
    await expect(service.view(id)).rejects.toMatchObject({ code: 'SET-04' })
  expect(() => service.mayBegin('entry')).toThrow()
})
