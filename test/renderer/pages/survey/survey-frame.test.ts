// Left is left and the boom is on top in every picture of a field: one strong reading at the driver's left
// near the boom is at the top left in the walk, the comparison, the assistant, the report and a plan.
import { describe, expect, it } from 'vitest'
import { createApp, type Component } from 'vue'
import { heatMapSvg } from '#survey/report/heat-map.ts'
import { compareSurveys } from '#survey/pure/file/compare.ts'
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import { planFrame, wholeArea } from '#survey/pure/field/plan-frame.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { fieldView } from '#survey/pure/file/survey-view.ts'
import { drawingMap } from '#base/pure/data/drawing.ts'
import DifferenceMap from '#renderer/pages/files/DifferenceMap.vue'
import HeatMap from '#renderer/components/heat/HeatMap.vue'
import { bandOf } from '#survey/pure/field/heat-bands.ts'
import { drawZone } from '#renderer/pages/survey/assistant/zone-drawing.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { recordsOf } from '../../../firmware-runtime/survey/pure/records.ts'
import { openingOf, readAt } from '../../../firmware-runtime/survey/pure/whole-field.ts'

const strong = { xMm: 250, yMm: 500 } as const
const [strongDbm, weakDbm] = [-22, -58]
const levelAt = ({ xMm, yMm }: { xMm: number; yMm: number }): number =>
  xMm === strong.xMm && yMm === strong.yMm ? strongDbm : weakDbm
const bodies: readonly SurveyBody[] = [
  openingOf('a', { trigger: { xMm: 1_600, yMm: 2_250 } }),
  ...gridPoints(parkingGrid).map((point) => readAt(point, levelAt(point))),
]
const survey = projectOf(recordsOf(bodies))
const field = fieldView(survey)
if (field === null) throw new Error('no grid')

interface Place {
  readonly x: number
  readonly y: number
}
interface Size {
  readonly width: number
  readonly height: number
}
/** In the first third of the picture in both directions. */
function expectTopLeft(at: Place, size: Size): void {
  expect({ across: at.x / size.width, down: at.y / size.height }).toEqual({
    across: expect.toSatisfy((share: number) => share > 0 && share < 1 / 3) as number,
    down: expect.toSatisfy((share: number) => share > 0 && share < 1 / 3) as number,
  })
}

function drawn(component: Component, props: Record<string, unknown>): SVGElement {
  document.body.innerHTML = '<div id="app"></div>'
  createApp(component, props).use(i18n).mount('#app')
  const svg = document.querySelector('svg')
  if (svg === null) throw new Error('no picture')
  return svg
}
const number = (of: Element | undefined, name: string): number =>
  Number(of?.getAttribute(name) ?? Number.NaN)
const sizeOf = (svg: Element): Size => {
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number)
  return { width, height }
}
function textPlace(svg: Element, text: string): Place {
  const found = [...svg.querySelectorAll('text')].filter((one) => one.textContent.trim() === text)
  expect(found).toHaveLength(1)
  return { x: number(found[0], 'x'), y: number(found[0], 'y') }
}
/** The boom's name is above every measured point. */
function expectBoomOnTop(svg: Element): void {
  const boom = [...svg.querySelectorAll('text')].find((one) => one.textContent.includes('↑'))
  const tops = [...svg.querySelectorAll('rect')].map((one) => number(one, 'y'))
  expect(number(boom, 'y')).toBeLessThan(Math.min(...tops))
}

/** A fake canvas that records what was filled, by colour. */
function fakeCanvas() {
  const fills: { readonly style: string; readonly x: number; readonly y: number }[] = []
  const texts: { readonly text: string; readonly y: number }[] = []
  const nothing = (): void => undefined
  const pen = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    textAlign: '',
    textBaseline: '',
    scale: nothing,
    strokeRect: nothing,
    setLineDash: nothing,
    beginPath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    stroke: nothing,
    arc: nothing,
    measureText: () => ({ width: 40 }),
    getTransform: () => ({ a: 1 }),
    fillRect: (x: number, y: number) => void fills.push({ style: pen.fillStyle, x, y }),
    fillText: (text: string, _x: number, y: number) => void texts.push({ text, y }),
    canvas: { width: 0 },
  }
  const canvas = document.createElement('canvas')
  canvas.getContext = (() => pen) as unknown as HTMLCanvasElement['getContext']
  document.body.append(canvas)
  pen.canvas = canvas
  return { canvas, fills, texts }
}

describe('a strong reading at the driver’s left near the boom stands top left', () => {
  it('in the walk', () => {
    const svg = drawn(HeatMap, { field, next: null })
    expectTopLeft(textPlace(svg, '22'), sizeOf(svg))
    expectBoomOnTop(svg)
  })

  it('in the walk, with what lies between the readings paler under them, and nothing beyond', () => {
    const half = { ...field, cells: field.cells.filter(({ yMm }) => yMm <= 1_000) }
    const svg = drawn(HeatMap, { field: half, next: null })
    const paths = [...svg.querySelectorAll('path[data-test="ground"]')]
    expect(paths.map((path) => path.classList.contains(`heat-${bandOf(weakDbm)}`))).toContain(true)
    const tops = paths.flatMap((path) =>
      [...(path.getAttribute('d') ?? '').matchAll(/M[-\d.]+ ([-\d.]+)/g)].map((at) =>
        Number(at[1]),
      ),
    )
    const figures = [...svg.querySelectorAll('.cell text')].map((one) => number(one, 'y'))
    // A reading covers half a metre around it.
    expect(Math.max(...tops)).toBeGreaterThan(Math.max(...figures) + 20)
    expect(Math.max(...tops)).toBeLessThan(Math.max(...figures) + 55)
  })

  it('in the walk beside a lane to the driver’s right', () => {
    const neighbour = [{ xMm: 5_000, yMm: 1_000, levelDbm: -61 }]
    const svg = drawn(HeatMap, { field: { ...field, neighbour }, next: null })
    expect(textPlace(svg, '61').x).toBeGreaterThan(textPlace(svg, '22').x)
    expectTopLeft(textPlace(svg, '22'), sizeOf(svg))
  })

  it('in the comparison of two surveys', () => {
    const before = bodies.map((body) =>
      body.kind === 'field' ? { ...body, levelsDbm: [weakDbm] } : body,
    )
    const { points } = compareSurveys(projectOf(recordsOf(before)), survey)
    const svg = drawn(DifferenceMap, { grid: parkingGrid, points, singles: [] })
    expectTopLeft(textPlace(svg, '+36'), sizeOf(svg))
    expectBoomOnTop(svg)
  })

  it('in the assistant’s picture', () => {
    const { canvas, fills, texts } = fakeCanvas()
    for (let band = 0; band < 10; band++) canvas.style.setProperty(`--heat-${band}`, `band-${band}`)
    const columns = Array.from({ length: 14 }, (_, i) => -1_000 + i * 400)
    const rows = Array.from({ length: 14 }, (_, i) => -1_000 + i * 500)
    const near = rows.flatMap((yMm) =>
      columns.map((xMm) => (xMm === 200 && yMm === 500 ? strongDbm : weakDbm)),
    )
    const size = { width: 500, height: 600 }
    drawZone(
      canvas,
      {
        raster: { columns, rows, levels: near },
        contour: [],
        grid: parkingGrid,
        needed: null,
        trigger: null,
        neighbour: null,
        measured: [],
        antenna: { xMm: -300, yMm: -800 },
        words: { neighbour: 'n', boom: 'boom' },
      },
      ...([size, 1] as const),
    )
    const strongest = fills.filter(({ style: colour }) => colour === `band-${bandOf(strongDbm)}`)
    expect(strongest).toHaveLength(1)
    expectTopLeft(strongest[0] ?? { x: Number.NaN, y: Number.NaN }, size)
    expect(texts.find(({ text }) => text === 'boom')?.y).toBeLessThan(size.height / 4)
  })

  it('in the report', () => {
    document.body.innerHTML = heatMapSvg(survey, field, { boom: 'boom ↑', neighbour: '' })
    const svg = document.querySelector('svg')
    if (svg === null) throw new Error('no picture')
    expectTopLeft(textPlace(svg, '22'), sizeOf(svg))
    const boom = textPlace(svg, 'boom ↑')
    expect(boom.y).toBeLessThan(textPlace(svg, '22').y)
    // The scale bar is at the opposite end.
    expect(textPlace(svg, '1 m').y).toBeGreaterThan(sizeOf(svg).height - 20)
  })

  it('and where the plan of the site has the boom on top, there too', () => {
    const plan = drawingMap(10, { origin: { xPx: 0, yPx: 0 }, along: { xPx: 0, yPx: 9 } })
    const frame = planFrame({ corner: { xMm: 0, yMm: 0 }, mmPerUnit: 10 })
    const { x, y } = { x: frame.x(strong.xMm), y: frame.y(strong.yMm) }
    expect(plan?.toPx(strong)).toEqual({ xPx: x, yPx: y })
    const { width, height } = frame.box(wholeArea(parkingGrid))
    expectTopLeft({ x, y }, { width, height })
  })
})
