// A survey with more of everything than fits a page; each row has a mark at its beginning and its end.
// Names and figures are invented.
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import type { ItemId, SurveyBody } from '#survey/pure/file/record.ts'
import { readAt } from '../../pure/whole-field.ts'

const grid = { ...parkingGrid, stepMm: 500 }
const long = (name: string, words: number): string =>
  `<<${name} ${'与相邻车道共用安全岛,现场条件不允许改动。'.repeat(words)} ${name}>>`

const deviations = Array.from({ length: 30 }, (_, i): SurveyBody => ({
  kind: 'deviation',
  item: `D${1 + (i % 15)}` as ItemId,
  area: null,
  text: long(`dev${i}`, 1 + (i % 5)),
}))
const instruments = Array.from({ length: 40 }, (_, i): SurveyBody => ({
  kind: 'instrument',
  instrumentId: `a${i}`,
  model: `<<ins${i} 示例频谱分析仪 ins${i}>>`,
  serialNo: `示例 ${i}`,
  calibratedOn: '2025-11-01',
  calibratedUntil: '2026-10-31',
  correctionDb: 0,
  simulated: true,
}))
const rates = Array.from({ length: 30 }, (_, i): SurveyBody => ({
  kind: 'rate',
  way: i % 2 === 0 ? 'up' : 'down',
  bytes: 2_500_000 + i,
  durationMs: 10_000,
  peer: `<<rate${i} probe.example:7010 rate${i}>>`,
}))
const links = (['ping', 'up', 'down'] as const).map((way, n): SurveyBody => ({
  kind: 'link',
  way,
  method: way === 'ping' ? 'icmp' : 'stamped',
  peer: 'probe.example',
  interfaceName: 'eth0',
  everyMs: 100,
  clockErrorMs: way === 'ping' ? null : 4,
  latenciesMs: Array.from({ length: 120 }, (_, i) =>
    i === 40 ? null : 24 + 3 * n + 15 * Math.sin(i / 4) + (i % 31 === 0 ? 150 : 0),
  ),
}))
const clocks = Array.from({ length: 8 }, (_, i): SurveyBody => ({
  kind: 'clock',
  source: i % 2 === 0 ? 'beidou' : 'ntp',
  server: 'clock.example',
  constellation: i % 2 === 0 ? 'GB' : null,
  offsetMs: 40 * i - 130,
  errorMs: 12,
}))

export const longSurvey: readonly SurveyBody[] = [
  {
    kind: 'opened',
    title: '示例',
    site: '示例停车场',
    lane: '出口 1',
    grid,
    trigger: { xMm: 1_600, yMm: 2_250 },
    access: 'mobile',
  },
  {
    kind: 'setup',
    profile: 'generic-rsu',
    firmware: '1.0',
    settings: { powerStep: 8 },
    heightMm: 2_600,
    downDeg: 35,
    yawDeg: 40,
    at: { xMm: -300, yMm: -800 },
  },
  ...instruments,
  ...gridPoints(grid).map(({ xMm, yMm }) => {
    const out = Math.hypot((xMm - 1_600) / 1_600, (yMm - 2_250) / 2_250)
    const level = Math.round((-31 - 12 * out * out) * 10) / 10
    return readAt({ xMm, yMm }, level, { instrumentId: 'a0' })
  }),
  ...links,
  ...rates,
  ...clocks,
  ...deviations,
]
