// Measurements in the runtime's answers: an instrument in its states, jobs, and the figures of a survey with
// link, clocks, modem and neighbour lane.
import type {
  InstrumentView,
  JobView,
  MeasureChoices,
  MeasureView,
  SurveyFigures,
} from '#survey/calls/measure-views.ts'
import { surveyFigures } from '#survey/runs/survey-figures.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { recordsOf } from '../../../firmware-runtime/survey/pure/records.ts'
import { openingOf } from '../../../firmware-runtime/survey/pure/whole-field.ts'

export const nothingMeasures: MeasureView = { instrument: null, jobs: [] }

export const liveInstrument: InstrumentView = {
  state: 'live',
  profile: 'generic/scpi',
  link: 'tcp://127.0.0.1:5025',
  instrumentId: 'sa',
  model: 'SSA3075X-R',
  serialNo: 'DEMO-1',
  calibratedOn: '2026-01-15',
  correctionDb: 2.5,
  live: { levelDbm: -41.26, spreadDb: 0.4, samples: 5, still: true, overload: false, ageMs: 200 },
  burst: [],
  burstOf: 0,
  fault: null,
}

export const linkJob: JobView = {
  kind: 'link',
  survey: '20260302-090000000',
  state: 'running',
  step: 'oneWay',
  percent: 42,
  leftMs: 61_000,
  records: 0,
  faults: [],
  startedAtIso: '2026-03-02T09:00:00+08:00',
}

export const measureChoices: MeasureChoices = {
  instruments: [{ id: 'generic/scpi', title: { zh: '通用 SCPI 频谱仪', en: 'SCPI analyser' } }],
  testers: [{ id: 'acme/tester', title: { zh: '测试仪', en: 'A tester' } }],
  modems: [{ id: 'generic/at-3gpp', title: { zh: '通用 AT', en: 'AT of 3GPP' } }],
  interfaces: ['eth0', 'wwan0'],
}

const link = (way: 'ping' | 'up' | 'down'): SurveyBody => ({
  kind: 'link',
  way,
  method: way === 'ping' ? 'icmp' : 'udp',
  peer: 'probe:7011',
  interfaceName: 'eth0',
  latenciesMs: Array.from({ length: 100 }, (_, i) =>
    i === 40 ? null : 20 + (i % 7) + (i === 60 ? 90 : 0),
  ),
  everyMs: 200,
  clockErrorMs: way === 'ping' ? null : 3.2,
})
const clock = (source: 'beidou' | 'ntp', offsetMs: number): SurveyBody => ({
  kind: 'clock',
  source,
  server: source === 'ntp' ? 'ntp.example' : 'gpsd',
  offsetMs,
  constellation: source === 'beidou' ? 'BD' : null,
  errorMs: 40,
})

export function measureFigures(
  access: 'wire' | 'mobile' = 'wire',
  more: readonly SurveyBody[] = [],
  ways: readonly ('ping' | 'up' | 'down')[] = ['ping', 'up', 'down'],
): SurveyFigures {
  const opened = openingOf('演示停车场', { lane: '出口', access })
  return surveyFigures(
    recordsOf([
      opened,
      ...ways.map(link),
      { kind: 'rate', way: 'up', peer: 'probe:7011', bytes: 4_000_000, durationMs: 8_000 },
      { kind: 'rate', way: 'down', peer: 'probe:7011', bytes: 9_000_000, durationMs: 8_000 },
      { kind: 'signal', technology: 'LTE', rsrpDbm: -92, sinrDb: 11, raw: '' },
      ...[210, 190, 205, 220].map((ms) => clock('beidou', ms)),
      ...[-30, -42, -35, -31].map((ms) => clock('ntp', ms)),
      { kind: 'crossRead', antennaId: 1, inLane: 50, inNeighbour: 1 },
      { kind: 'crossRead', antennaId: null, inLane: 48, inNeighbour: 0 },
      ...more,
    ]),
  )
}
