// The chart types of this window: only the needed parts of ECharts, drawn on a canvas.
// Loaded with the first chart; tooltips are drawn on the canvas too, so that no style is injected.
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
