// The charts of this window: only the parts of ECharts that it draws with, on a canvas.
// Loaded when a chart is shown first; tips are drawn on the canvas too, so no style is ever injected.
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
])

export type ChartOption = EChartsCoreOption
export type Chart = EChartsType

export const makeChart = (at: HTMLElement): Chart => init(at, null, { renderer: 'canvas' })
