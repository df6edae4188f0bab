// The field of a survey: the model's raster, the picture behind a slider, the contour of the limit, the fit and the
// heat map, at 18 x 13 and 60 x 60. The peers are bare passes over as many numbers, written here.
import { heatMapSvg } from '#survey/report/heat-map.ts'
import { fieldView } from '#survey/pure/file/survey-view.ts'
import { contourOf } from '#survey/pure/field/contour.ts'
import { gridPoints, parkingGrid, type GridTemplate } from '#survey/pure/field/grid.ts'
import { usualAir, usualBeam, type Antenna } from '#survey/pure/model/antenna.ts'
import { fitModel, type ModelReading } from '#survey/pure/model/fit.ts'
import { firstPlaces } from '#survey/pure/model/measure-next.ts'
import { evenly, modelLevels, modelRaster } from '#survey/pure/model/model-raster.ts'
import { predictedZone, sceneOf } from '#survey/pure/model/predicted-zone.ts'
import { thinned } from '#survey/pure/model/readings.ts'
import { modelLevel } from '#survey/pure/model/parameters.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { openingOf, readAt } from '../../firmware-runtime/survey/pure/whole-field.ts'
import {
  perSecond,
  resultOf,
  rounds,
  roundsOf,
  type BenchResult,
  type BenchRow,
} from '../kit/measure.ts'

const roundMs = 25
const roundCount = roundsOf(3)
/** A picture may take this long for a slider to feel immediate, in ms. */
const promisedMs = 5
const followed = 'slider 60x60: raster, line, zone, score'

const antenna: Antenna = {
  xMm: -300,
  yMm: -800,
  heightMm: 2_500,
  downDeg: 35,
  azimuthDeg: 30,
  beam: usualBeam,
  eirpDbm: 18,
}
const sizes = [
  [13, 18],
  [60, 60],
] as const
const planOf = ([across, along]: readonly [number, number]) => ({
  columns: evenly(-250, 3_450, across),
  rows: evenly(-250, 4_750, along),
  heightMm: 1_000,
})

/** Collects the results, so that the engine cannot drop a pass as unused. */
let sink = 0

/** The least work per point: a distance and a logarithm. */
function freeSpace({ columns, rows }: ReturnType<typeof planOf>): Float64Array {
  const levels = new Float64Array(columns.length * rows.length)
  let i = 0
  for (const y of rows)
    for (const x of columns)
      levels[i++] = 18 - 47.76 - 20 * Math.log10(Math.hypot(x + 300, y + 800, 1_500) / 1_000)
  return levels
}

/** Cholesky decomposition, which a fit of that many readings repeats. */
function bareRoot(size: number): void {
  const root = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = Math.exp(-Math.abs(i - j)) + (i === j ? 1 : 0)
      for (let k = 0; k < j; k++)
        sum -= (root[i * size + k] as number) * (root[j * size + k] as number)
      root[i * size + j] = i === j ? Math.sqrt(sum) : sum / (root[j * size + j] as number)
    }
  sink += root.at(-1) ?? 0
}

const gridOf = ([across, along]: readonly [number, number]): GridTemplate => ({
  id: 'bench',
  stepMm: 250,
  heightMm: 1_000,
  ring: null,
  widthMm: (across - 1) * 250,
  lengthMm: (along - 1) * 250,
})

function surveyOf(grid: GridTemplate) {
  const level = modelLevel({ beam: usualBeam, air: usualAir, atStep: 8 }, [18], antenna, 8)
  const bodies: SurveyBody[] = [
    openingOf('bench', { grid }),
    ...gridPoints(grid).map((point) => readAt(point, level(point.xMm, point.yMm, 1_000))),
  ]
  const atMs = instantOf(2026, 3, 2, 0)
  return projectOf(bodies.map((body, seq) => ({ id: `r${seq}`, seq, atMs, by: 'bench', body })))
}

function readingsOf(across: number, along: number): readonly ModelReading[] {
  const grid = gridOf([13, 18])
  const level = modelLevel({ beam: usualBeam, air: usualAir, atStep: 8 }, [18], antenna, 8)
  return firstPlaces(grid, across, along).map(({ xMm, yMm }, i) => ({
    xMm,
    yMm,
    zMm: 1_000,
    mount: antenna,
    powerStep: 8,
    levelDbm: level(xMm, yMm, 1_000) + 2 * Math.sin(7 * i),
  }))
}

interface Work {
  readonly metric: string
  readonly peerName: string
  ours(): void
  peer(): void
}

function works(): readonly Work[] {
  const rasters = sizes.map((size): Work => {
    const plan = planOf(size)
    return {
      metric: `model raster ${size[1]}x${size[0]}`,
      peerName: 'free space at as many places',
      ours: () => void (sink += modelLevels(antenna, plan)[0] ?? 0),
      peer: () => void (sink += freeSpace(plan)[0] ?? 0),
    }
  })
  const contours = sizes.map((size): Work => {
    const raster = modelRaster(antenna, planOf(size))
    const parsed = JSON.stringify(raster.levels)
    return {
      metric: `contour ${size[1]}x${size[0]}`,
      peerName: 'JSON.parse of the same raster',
      ours: () => void (sink += contourOf(raster, -45).length),
      peer: () => void (sink += (JSON.parse(parsed) as number[]).length),
    }
  })
  const scene = sceneOf(
    {
      grid: parkingGrid,
      needed: null,
      trigger: { xMm: 1_600, yMm: 2_250 },
      limitDbm: -45,
      neighbours: [],
    },
    { side: 'right', islandMm: 1_200 },
  )
  const slider: Work = {
    metric: followed,
    peerName: 'free space at as many places',
    ours: () => void (sink += predictedZone(antenna, scene).score.containment),
    peer: () => void (sink += freeSpace(planOf([60, 60]))[0] ?? 0),
  }
  const fits = (
    [
      ['12 readings', 3, 4],
      ['18x13 readings', 13, 18],
      // As many as a fit uses of 3,600 (readings.ts).
      ['60x60 readings', 60, 60],
    ] as const
  ).map(([name, across, along]): Work => {
    const readings = thinned(readingsOf(across, along))
    return {
      metric: `fit ${name}`,
      peerName: 'one bare root of a 234 x 234 matrix',
      ours: () => void (sink += fitModel(readings).residualRmsDb),
      peer: () => bareRoot(13 * 18),
    }
  })
  const maps = sizes.map((size): Work => {
    const survey = surveyOf(gridOf(size))
    const text = JSON.stringify(survey.fields)
    return {
      metric: `heat map ${size[1]}x${size[0]}, from readings to SVG`,
      peerName: 'JSON.parse of the readings',
      ours: () => {
        const view = fieldView(survey)
        sink += view === null ? 0 : heatMapSvg(survey, view, { boom: '', neighbour: '' }).length
      },
      peer: () => void (sink += (JSON.parse(text) as unknown[]).length),
    }
  })
  return [...rasters, slider, ...contours, ...fits, ...maps]
}

async function run(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const { metric, peerName, ours, peer } of works()) {
    const ofOne = (work: () => void) => (): number =>
      1_000 /
      perSecond(roundMs, () => {
        work()
        return 1
      })
    const pairs = await rounds(roundCount, ofOne(ours), ofOne(peer))
    results.push(resultOf({ metric, unit: 'ms', peerName, better: 'lower' }, pairs))
    if (metric !== 'model raster 60x60' && metric !== followed) continue
    const promised = {
      metric: `${metric}, of the time that is promised`,
      unit: 'ms',
      better: 'lower' as const,
      peerName: '5 ms',
    }
    results.push(
      resultOf(
        promised,
        pairs.map(([one]) => [one, promisedMs] as const),
      ),
    )
  }
  must(Number.isFinite(sink), 'every pass was carried out')
  return results
}

export const surveyRow: BenchRow = { run }
