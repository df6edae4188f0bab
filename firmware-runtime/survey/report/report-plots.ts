// Time plots of a report as drawings: latencies of a run of probes, clocks against their sources. Fixed scales with the
// limit as a line, so that two reports can be compared; drawn by ECharts.
import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { offsetLimitOf } from '../pure/figures/clock-figures.ts'
import { latencyLimitOf } from '../pure/figures/link-figures.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { LinkWay } from '../pure/file/record.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { ClockBody, LinkBody } from '../pure/file/record.ts'
import type { ReportDrawing } from './report-model.ts'

use([LineChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer])

/** The font family embedded in the PDF; a browser without it uses its own. */
export const reportFont = 'Noto Sans SC'

const size = { width: 680, height: 230 } as const
/** Distinguishable without colour: by their symbols and, in print, by their grey. */
const looks = [
  { color: '#1f5fa8', symbol: 'circle' },
  { color: '#b3541e', symbol: 'diamond' },
  { color: '#3d7a3d', symbol: 'triangle' },
] as const

interface PlotSeries {
  readonly name: string
  /** Null: no answer. */
  readonly points: readonly (readonly [number, number | null])[]
}

interface PlotRequest {
  readonly caption: string
  readonly across: string
  readonly up: string
  readonly limitWord: string
  readonly lostWord: string
  /** Drawn as lines. */
  readonly limits: readonly number[]
  /** Range of the axis; extended only when a point is outside. */
  readonly low: number
  readonly high: number
  readonly series: readonly PlotSeries[]
}

const line = { width: 1 }

function seriesOf(plot: PlotRequest): readonly object[] {
  const { series, limits, limitWord, lostWord, low } = plot
  const limit = {
    symbol: 'none',
    silent: true,
    data: limits.map((yAxis) => ({ yAxis })),
    lineStyle: { color: '#a00000', type: 'dashed', width: 1 },
    label: { position: 'insideEndTop', color: '#a00000', formatter: `${limitWord} {c} ms` },
  }
  const lines = series.map(({ name, points }, i) => {
    const { color, symbol } = looks[i % looks.length] ?? looks[0]
    const few = points.length <= 60
    return {
      type: 'line',
      name,
      data: points,
      symbol,
      symbolSize: few ? 5 : 2,
      lineStyle: { ...line, color },
      itemStyle: { color },
      connectNulls: false,
      ...(i === 0 ? { markLine: limit } : {}),
    }
  })
  const lost = series.flatMap(({ points }) =>
    points.flatMap(([at, value]) => (value === null ? [[at, low]] : [])),
  )
  if (lost.length === 0) return lines
  const cross = {
    type: 'scatter',
    name: lostWord,
    data: lost,
    symbolSize: 8,
    clip: false,
    symbol: 'path://M0 0L10 10M10 0L0 10',
    itemStyle: { color: '#a00000' },
  }
  return [...lines, { ...cross, itemStyle: { borderColor: '#a00000', borderWidth: 1.5 } }]
}

/** The requested axis, extended in whole steps of its height when a point is outside. */
function axisOf({ series, low, high }: PlotRequest): {
  readonly min: number
  readonly max: number
} {
  const values = series.flatMap(({ points }) => points.flatMap(([, y]) => (y === null ? [] : [y])))
  const step = high - low
  const over = Math.max(high, ...values)
  const under = Math.min(low, ...values)
  return {
    max: high + Math.ceil((over - high) / step) * step,
    min: low - Math.ceil((low - under) / step) * step,
  }
}

export function plotOf(plot: PlotRequest): ReportDrawing {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  const named = { nameLocation: 'middle', splitLine: { lineStyle: { color: '#ddd' } } }
  const option: EChartsCoreOption = {
    animation: false,
    textStyle: { fontFamily: reportFont, color: '#000' },
    legend: { top: 0, itemGap: 28, textStyle: { color: '#000' } },
    grid: { left: 62, right: 16, top: 30, bottom: 44 },
    xAxis: { type: 'value', name: plot.across, nameGap: 26, ...named },
    yAxis: { type: 'value', name: plot.up, nameGap: 44, ...axisOf(plot), ...named },
    series: seriesOf(plot),
  }
  try {
    chart.setOption(option)
    return { kind: 'drawing', svg: chart.renderToSVGString(), ...size, caption: plot.caption }
  } finally {
    // It holds a timer, which would keep a command from ending.
    chart.dispose()
  }
}

export function latencyLimits(rules: Rules, way: LinkWay) {
  const limit = latencyLimitOf(rules, way)
  return { limits: [limit], low: 0, high: limit * 1.25 }
}

/** Both sources are in one picture: the stricter limit is drawn. */
export function clockLimits(rules: Rules) {
  const limit = Math.min(offsetLimitOf(rules, 'beidou'), offsetLimitOf(rules, 'ntp'))
  return { limits: [limit, -limit], low: -1.5 * limit, high: 1.5 * limit }
}

/** Limit of points drawn for a run; each is the worst of its group, none is invented. */
const drawnMax = 600

/** By time when the interval is known, else by number. */
export function latencyPoints({ latenciesMs, everyMs }: LinkBody): PlotSeries['points'] {
  const at = (i: number): number => (everyMs === undefined ? i + 1 : (i * everyMs) / 1000)
  const every = Math.ceil(latenciesMs.length / drawnMax)
  const worst = (from: number): number => {
    const some = latenciesMs.slice(from, from + every).map((ms) => ms ?? Infinity)
    return from + some.indexOf(Math.max(...some))
  }
  return Array.from({ length: Math.ceil(latenciesMs.length / every) }, (_, i) => {
    const chosen = worst(i * every)
    return [at(chosen), latenciesMs[chosen] ?? null] as const
  })
}

export const clockPoints = (
  clocks: readonly (ClockBody & { readonly atMs: InstantMs })[],
  fromMs: InstantMs,
): PlotSeries['points'] =>
  clocks.map(({ atMs, offsetMs }) => [(atMs - fromMs) / minuteMs, offsetMs] as const)
