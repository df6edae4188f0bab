// A repeated measurement states its reason and person before its first reading: runs are never pooled, the worst complete
// one counts (survey-verdicts, section 3), and the report shows that there was another.
import { rowsAnsweredAgain } from './answers.ts'
import type { RateBody, LinkBody } from './file/record.ts'
import type {
  ItemId,
  RerunBody,
  RunOf,
  StartedBody,
  SurveyBody,
  SurveyRecord,
} from './file/record.ts'
import { withOrigin } from './file/reading-origin.ts'
import { isReason } from './reasons.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'

/** A row that a run measures, and the records that show an earlier measurement of it. */
interface RunPart extends RunOf {
  readonly is: (body: SurveyBody) => boolean
}
export type RunPlan = readonly RunPart[]

const link =
  (way: LinkBody['way']) =>
  (body: SurveyBody): boolean =>
    body.kind === 'link' && body.way === way
const rate =
  (way: RateBody['way']) =>
  (body: SurveyBody): boolean =>
    body.kind === 'rate' && body.way === way

/** `peer`: one-way times are measured as well. */
export const linkPlan = (peer: boolean, rates: boolean): RunPlan => [
  { item: 'D7', is: link('ping') },
  { item: 'D8', is: link('ping') },
  ...(peer
    ? ([
        { item: 'D9', is: link('up') },
        { item: 'D10', is: link('down') },
      ] as const)
    : []),
  ...(peer && rates
    ? ([
        { item: 'D11', is: rate('up') },
        { item: 'D12', is: rate('down') },
      ] as const)
    : []),
]

export const signalPlan: RunPlan = [{ item: 'D13', is: ({ kind }) => kind === 'signal' }]

/** True for a run without OBUs of another lane: it only shows that the antenna can read its own OBUs. */
const offersNobody = (body: SurveyBody): boolean =>
  body.kind === 'crossRead' && body.neighbours?.length === 0

/** A stress run and a run at work are separate parts. */
export const neighbourPlan = (stressDb = 0, offers = true): RunPlan =>
  offers
    ? [
        {
          item: 'D6',
          ...(stressDb === 0 ? {} : { of: `+${stressDb} dB` }),
          is: (body) =>
            body.kind === 'crossRead' && (body.stressDb ?? 0) === stressDb && !offersNobody(body),
        },
      ]
    : []

interface ClockRequest {
  readonly beidou: boolean
  readonly network: boolean
  readonly of: 'lane' | 'ruler'
  /** Names of devices. */
  readonly devices: readonly string[]
}

export function clockPlan({ beidou, network, of, devices }: ClockRequest): RunPlan {
  const own = (source: 'beidou' | 'ntp') => (body: SurveyBody) =>
    body.kind === 'clock' && body.source === source && (body.of ?? 'lane') === of
  const parts: RunPart[] = devices.map((device) => ({
    item: 'D15',
    of: `device ${device}`,
    is: (body) => body.kind === 'clock' && body.device === device,
  }))
  if (beidou) parts.push({ item: 'D14', of, is: own('beidou') })
  if (network) parts.push({ item: 'D15', of, is: own('ntp') })
  return parts
}

/** The record written before the first probe; null: nothing is measured. */
export const startedBody = (plan: RunPlan): StartedBody | null =>
  plan.length === 0
    ? null
    : {
        kind: 'started',
        runs: plan.map(({ item, of }) => (of === undefined ? { item } : { item, of })),
      }

const isStart = ({ item, of }: RunOf, body: SurveyBody): boolean =>
  body.kind === 'started' && body.runs.some((run) => run.item === item && run.of === of)

/** A repair that lost records may have lost a run of any row. */
const mayHaveLost = (body: SurveyBody): boolean =>
  body.kind === 'repaired' && body.lost.length + body.suspect.length > 0

/** Rows of the plan that were measured or begun earlier, including withdrawn ones and those that a repair may have lost. */
export function measuredAgain(records: readonly SurveyRecord[], plan: RunPlan): readonly ItemId[] {
  const again = plan.filter((part) =>
    records.some(({ body }) => part.is(body) || isStart(part, body) || mayHaveLost(body)),
  )
  return [...new Set(again.map(({ item }) => item))]
}

/** Null: first measurement of every row. Throws SURVEY-42 for a repeated one without a reason. */
export const rerunBody = (
  records: readonly SurveyRecord[],
  plan: RunPlan,
  reason: string | undefined,
): RerunBody | null => saidWhy(measuredAgain(records, plan), reason)

function saidWhy(items: readonly ItemId[], reason: string | undefined): RerunBody | null {
  if (items.length === 0) return null
  if (reason === undefined || !isReason(reason))
    throw new LaneFault('SURVEY-42', { field: '/reason', value: items.join(', ') })
  return { kind: 'rerun', items, reason: reason.trim() }
}

/** Largest gap between typed readings of one run. */
export const typedApartMsMax = 30 * minuteMs

interface TypedPart {
  readonly items: readonly ItemId[]
  readonly is: (body: SurveyBody) => boolean
}

const wayItems = { ping: ['D7', 'D8'], up: ['D9'], down: ['D10'] } as const

/** The rows that a reading belongs to. */
export function itemsOf(body: SurveyBody): readonly ItemId[] {
  if (body.kind === 'field' || body.kind === 'obuTries') return ['D5']
  return typedPart(body)?.items ?? []
}

/** Rows of a run that was begun and recorded nothing before the next run. */
export function unendedItems(
  records: readonly SurveyRecord[],
  started: SurveyRecord,
): readonly ItemId[] {
  if (started.body.kind !== 'started') return []
  const behind = records.slice(records.indexOf(started) + 1)
  const items = new Set(started.body.runs.map(({ item }) => item))
  return [...items].filter((item) => {
    const next = behind.findIndex(
      ({ body }) => body.kind === 'started' && body.runs.some((run) => run.item === item),
    )
    const own = next < 0 ? behind : behind.slice(0, next)
    return !own.some(({ body }) => itemsOf(body).includes(item))
  })
}

/** The rows of a typed reading, and a test for readings of the same part; null: none of these rows. */
function typedPart(body: SurveyBody): TypedPart | null {
  switch (body.kind) {
    case 'link': {
      const { way, method } = body
      // One-way times through TCP are separate from those of UDP packets.
      const is = (one: SurveyBody): boolean =>
        link(way)(one) && (way === 'ping' || (one.kind === 'link' && one.method === method))
      return { items: wayItems[way], is }
    }
    case 'rate':
      return { items: [body.way === 'up' ? 'D11' : 'D12'], is: rate(body.way) }
    case 'crossRead': {
      if (offersNobody(body)) return null
      const [own] = neighbourPlan(body.stressDb)
      const is = (one: SurveyBody): boolean =>
        own?.is(one) === true && one.kind === 'crossRead' && one.antennaId === body.antennaId
      return { items: ['D6'], is }
    }
    case 'signal':
      return { items: ['D13'], is: ({ kind }) => kind === 'signal' }
    case 'clock': {
      const { source, of = 'lane', device } = body
      const is = (one: SurveyBody): boolean =>
        one.kind === 'clock' &&
        one.source === source &&
        (one.of ?? 'lane') === of &&
        one.device === device
      return { items: [source === 'beidou' ? 'D14' : 'D15'], is }
    }
    default:
      return null
  }
}

type Stood = Pick<SurveyRecord, 'atMs' | 'body'>

/** True when a typed reading continues a run. Probes and wrong reads are typed as whole runs; rates name their series. */
function goesOn(body: SurveyBody, { atMs, body: last }: Stood, nowMs: InstantMs): boolean {
  if (body.kind === 'rate' && last.kind === 'rate')
    return body.series !== undefined && body.series === last.series
  return (
    (last.kind === 'signal' || last.kind === 'clock') &&
    last.origin?.how === 'typed' &&
    nowMs - atMs <= typedApartMsMax
  )
}

/** As rerunBody, for what a person types: null where each is the first of its row, continues its run or repeats an answer. */
export function typedRerun(
  records: readonly SurveyRecord[],
  bodies: readonly SurveyBody[],
  reason: string | undefined,
  nowMs: InstantMs,
): RerunBody | null {
  const stood: Stood[] = [...records]
  const again = bodies.flatMap((body) => {
    const part = typedPart(body)
    if (part === null) {
      const answered = rowsAnsweredAgain(stood, [body])
      stood.push({ atMs: nowMs, body })
      return answered
    }
    const last = stood.findLast((one) => part.is(one.body) || mayHaveLost(one.body))
    stood.push({ atMs: nowMs, body: withOrigin(body, { how: 'typed' }) })
    return last === undefined || goesOn(body, last, nowMs) ? [] : part.items
  })
  return saidWhy([...new Set(again)], reason)
}
