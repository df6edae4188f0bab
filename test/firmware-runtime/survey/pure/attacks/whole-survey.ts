// A whole survey in which each row of table D.1 passes, as a careful installer makes it: named, timed records that a test
// changes one at a time. The survey is written from the text of the rows, not from the code that judges them.
import { parkingGrid, type PointMm } from '#survey/pure/field/grid.ts'
import { signsParts } from '#survey/pure/items/d01-signs.ts'
import { layoutParts } from '#survey/pure/items/d02-layout.ts'
import { electricalParts } from '#survey/pure/items/d03-electrical.ts'
import { antennaModelParts } from '#survey/pure/items/d04-antenna-model.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { insidePlaces, ringPlaces } from '#survey/pure/field/obu-tries.ts'
import type {
  CheckBody,
  ClockBody,
  CrossReadBody,
  FieldBody,
  ItemId,
  LinkBody,
  NameplateBody,
  OpenedBody,
  RateBody,
  SurveyBody,
  SurveyRecord,
} from '#survey/pure/file/record.ts'
import { areaOf, surveyPoints } from '#survey/pure/survey-points.ts'
import { usualPlan } from '#survey/pure/field/zone-plan.ts'
import { startMs } from '../records.ts'

/** A record by its tag, which also makes its id. */
export interface Made {
  readonly tag: string
  /** Minutes since the first record. */
  readonly minute: number
  readonly by: string
  readonly body: SurveyBody
}

export const surveyor = '安装员甲'
export const secondPerson = '复核员乙'
const minuteMs = 60_000

export const made = (tag: string, minute: number, body: SurveyBody, by = surveyor): Made => ({
  tag,
  minute,
  by,
  body,
})

export const recordsOfMade = (all: readonly Made[]): readonly SurveyRecord[] => {
  const seen = new Map<string, number>()
  return all.map(({ tag, minute, by, body }, i) => {
    const n = seen.get(tag) ?? 0
    seen.set(tag, n + 1)
    const id = n === 0 ? tag : `${tag}.${n}`
    return { id, seq: i + 1, atMs: startMs + Math.round(minute * minuteMs), by, body }
  })
}

export const trigger: PointMm = { xMm: 1_000, yMm: 1_250 }
const grid = { ...parkingGrid, widthMm: 2_000, lengthMm: 2_500 }
export const opened: OpenedBody = {
  kind: 'opened',
  title: '示例勘测',
  site: '示例停车场',
  lane: '出口',
  grid,
  trigger,
  access: 'mobile',
  zone: { ...usualPlan(grid, trigger), uncertaintyDb: 0.9, neighbourAxesMm: [3_600] },
}

export const setup = {
  kind: 'setup',
  profile: 'example/antenna',
  firmware: '1.0.0',
  settings: { powerStep: 16 },
  heightMm: 3_000,
  downDeg: 35,
  yawDeg: 40,
  at: { xMm: 0, yMm: 0 },
} as const satisfies SurveyBody

export const analyser = {
  kind: 'instrument',
  instrumentId: 'a',
  model: '示例频谱仪',
  serialNo: 'S1',
  calibratedOn: '2026-01-01',
  calibratedUntil: '2027-01-01',
  correctionDb: 0,
  gainDbi: 0,
  simulated: false,
} as const satisfies SurveyBody

export const field = (
  { xMm, yMm }: PointMm,
  place: FieldBody['place'],
  levelDbm: number,
  more: Partial<FieldBody> = {},
): FieldBody => ({
  kind: 'field',
  origin: { how: 'live' },
  xMm,
  yMm,
  zMm: 1_000,
  instrumentId: 'a',
  antennaId: null,
  place,
  levelsDbm: [levelDbm - 0.2, levelDbm, levelDbm + 0.2, levelDbm, levelDbm],
  ...more,
})

const isInside = ({ xMm, yMm }: PointMm): boolean =>
  xMm > 0 && yMm > 0 && xMm < grid.widthMm && yMm < grid.lengthMm

function fieldRecords(inside: number, out: number): readonly Made[] {
  const background = [0, 1_000, 2_000, 3_000, 4_000].map((yMm, i) =>
    made('background', 6 + i / 10, field({ xMm: 0, yMm }, 'background', -70)),
  )
  const points = surveyPoints(opened).map((at, i) => {
    const level = isInside(at) ? inside : out
    return made('point', 8 + i / 6, field(at, areaOf(at), level))
  })
  const end = points.at(-1)?.minute ?? 0
  return [
    made('instrument', 5, analyser),
    ...background,
    made('drift', 7, field(trigger, 'drift', inside)),
    ...points,
    made('drift', end + 1, field(trigger, 'drift', inside)),
  ]
}

const photos = ['AB'.repeat(32)]
export const check = (
  item: ItemId,
  part: string,
  answer: CheckBody['answer'],
  remark = '',
): CheckBody => ({ kind: 'check', item, part, answer, remark, photos })

const rowsOfChecks = [
  ['D1', signsParts],
  ['D2', layoutParts],
  ['D3', electricalParts],
  ['D4', antennaModelParts],
] as const
const checks: readonly Made[] = rowsOfChecks.flatMap(([item, parts]) =>
  parts.map(({ part }) => made(`${item} ${part}`, 2, check(item, part, 'yes'))),
)
export const nameplate: NameplateBody = {
  kind: 'nameplate',
  model: '示例天线',
  serialNo: 'A-1',
  approvalNo: 'T-1',
  hardwareVersion: 'V1',
  library: {
    profile: 'example/antenna',
    revision: 1,
    approvals: [{ approvalNo: 'T-1', hardwareVersions: ['V1'] }],
  },
}

export const obus = ['02000001', '02000002', '02000003'] as const
const ownObus = ['01000001', '01000002'] as const
const rounds = 34
const offered = obus.map((obuId, i) => ({ obuId, place: `P${i + 1}`, trials: rounds, reads: 0 }))

export const crossRead = (more: Partial<CrossReadBody> = {}): CrossReadBody => ({
  kind: 'crossRead',
  origin: { how: 'live' },
  antennaId: 1,
  inLane: 2 * rounds,
  inNeighbour: 0,
  rounds,
  neighbours: offered,
  own: ownObus.map((obuId) => ({ obuId, reads: rounds })),
  ...more,
})
const control: CrossReadBody = {
  ...crossRead({ antennaId: 2, inLane: 3 * rounds, neighbours: [] }),
  own: obus.map((obuId) => ({ obuId, reads: rounds })),
}

export const probes = (count: number, ms: number): readonly number[] =>
  Array<number>(count).fill(ms)
export const link = (way: LinkBody['way'], more: Partial<LinkBody> = {}): LinkBody => ({
  kind: 'link',
  origin: { how: 'live' },
  way,
  method: way === 'ping' ? 'icmp' : 'udp',
  peer: 'probe.example:5209',
  interfaceName: 'wwan0',
  latenciesMs: probes(way === 'ping' ? 900 : 300, 40),
  clockErrorMs: way === 'ping' ? null : 5,
  everyMs: way === 'ping' ? 1_000 : 200,
  planned: way === 'ping' ? 900 : 300,
  ...more,
})
export const rate = (way: RateBody['way'], streams: number, kbps: number): RateBody => ({
  kind: 'rate',
  origin: { how: 'live' },
  way,
  peer: 'probe.example:5209',
  bytes: kbps * 1_000,
  durationMs: 8_000,
  warmMs: 2_000,
  apartMs: 35_000,
  interfaceName: 'wwan0',
  streams,
  series: 'one',
})
const rates: readonly Made[] = [1, 4].flatMap((streams) =>
  Array.from({ length: 5 }, (_, i) =>
    (['up', 'down'] as const).map((way) =>
      made(way === 'up' ? 'D11' : 'D12', 62 + 5 * streams + i, rate(way, streams, 8_000)),
    ),
  ).flat(),
)
export const signal = (rsrpDbm: number | null, sinrDb: number | null, technology = 'LTE') =>
  ({
    kind: 'signal',
    origin: { how: 'live' },
    technology,
    rsrpDbm,
    sinrDb,
    raw: 'example',
  }) as const satisfies SurveyBody
const signals: readonly Made[] = Array.from({ length: 40 }, (_, i) =>
  made('D13', 92 + i / 4, signal(-85, 12)),
)

export const clockFrom = 105
export const clock = (
  source: ClockBody['source'],
  i: number,
  more: Partial<ClockBody> = {},
): ClockBody => ({
  kind: 'clock',
  origin: { how: 'live' },
  source,
  server: source === 'ntp' ? 'ntp.example:123' : 'serial:COM3',
  constellation: source === 'ntp' ? null : 'BD+GP',
  offsetMs: 40,
  errorMs: 60,
  of: 'lane',
  ...(source === 'ntp'
    ? { syncedAtMs: startMs + (clockFrom + 12 * Math.floor(i / 3)) * minuteMs }
    : {}),
  ...more,
})
const clocks: readonly Made[] = Array.from({ length: 8 }, (_, i) => [
  made('D14', clockFrom + 5 * i, clock('beidou', i)),
  made('D15', clockFrom + 5 * i + 0.1, clock('ntp', i)),
  made('camera', clockFrom + 5 * i + 0.2, cameraClock(i)),
]).flat()

function cameraClock(i: number): ClockBody {
  const { syncedAtMs: _, ...body } = clock('ntp', i, { of: 'camera', device: '2' })
  return body
}

const wholeOf = (inside: number, out: number): readonly Made[] => [
  made('opened', 0, opened),
  made('setup', 1, setup),
  ...checks,
  made('nameplate', 3, nameplate),
  ...fieldRecords(inside, out),
  made('control', 50, control),
  made('D6', 52, crossRead()),
  made('stress', 54, crossRead({ stressDb: 6 })),
  made('ping', 60, link('ping')),
  made('up', 61, link('up')),
  made('down', 61, link('down')),
  ...rates,
  ...signals,
  made('D15 rsu', 104, check('D15', 'rsu', 'notApplicable', '该型天线不回报时间,厂家手册 3.2')),
  made('D15 platform', 104, check('D15', 'platform', 'notApplicable', '平台接口没有时间字段')),
  ...clocks,
]

/** Each row passes; row 5 by the field alone. */
export const whole = wholeOf(-38, -52)

export const tries = (places: readonly PointMm[], good: number): readonly Made[] =>
  ['A1', 'A2', 'A3'].flatMap((obuId) =>
    places.map((at) =>
      made('try', 49, { kind: 'obuTries', ...at, obuId, zMm: 1_000, tries: 5, good }),
    ),
  )

/** Row 5 is marginal by the field and passes by transactions of OBUs. */
export const wholeByTries: readonly Made[] = byTime([
  ...wholeOf(-44, -46),
  ...tries(insidePlaces(opened), 5),
  ...tries(ringPlaces(opened), 0),
])

/** In order of time; records of one minute keep their order. */
export function byTime(all: readonly Made[]): readonly Made[] {
  return all.toSorted((a, b) => a.minute - b.minute)
}

/** Rows that do not pass, with the sentence why. */
export const verdictsOf = (records: readonly SurveyRecord[]): readonly string[] => {
  const project = projectOf(records)
  return surveyItems.flatMap(({ id, judge }) => {
    const { verdict, words } = judge(project)
    return verdict === 'pass' ? [] : [`${id} ${verdict}: ${words.en}`]
  })
}
