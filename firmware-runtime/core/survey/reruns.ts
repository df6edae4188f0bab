// A measurement that is made again says why and by whom, before its first reading: runs are never pooled, the worst
// complete one counts (survey-verdicts, section 3), and whoever reads the report sees that there was another.
import type { RateBody, LinkBody } from './record.ts'
import type { ItemId, RerunBody, SurveyBody, SurveyRecord } from './record.ts'
import { standingRecords } from './project.ts'
import { LaneFault } from '../values/faults.ts'

/** A row that a run measures, and which records show that it was measured before. */
export interface RunPart {
  readonly item: ItemId
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

/** `peer`: one-way times are taken, too. */
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

/** A stress run is none of the run as at work. */
export const neighbourPlan = (stressDb = 0): RunPlan => [
  { item: 'D6', is: (body) => body.kind === 'crossRead' && (body.stressDb ?? 0) === stressDb },
]

export interface ClocksAsked {
  readonly beidou: boolean
  readonly network: boolean
  readonly of: 'lane' | 'ruler'
  /** Names of devices. */
  readonly devices: readonly string[]
}

export function clockPlan({ beidou, network, of, devices }: ClocksAsked): RunPlan {
  const own = (source: 'beidou' | 'ntp') => (body: SurveyBody) =>
    body.kind === 'clock' && body.source === source && (body.of ?? 'lane') === of
  const parts: RunPart[] = devices.map((device) => ({
    item: 'D15',
    is: (body) => body.kind === 'clock' && body.device === device,
  }))
  if (beidou) parts.push({ item: 'D14', is: own('beidou') })
  if (network) parts.push({ item: 'D15', is: own('ntp') })
  return parts
}

/** Rows of the plan that have a standing measurement. */
export function measuredAgain(records: readonly SurveyRecord[], plan: RunPlan): readonly ItemId[] {
  const standing = standingRecords(records)
  const again = plan.filter(({ is }) => standing.some(({ body }) => is(body)))
  return [...new Set(again.map(({ item }) => item))]
}

/** Null: nothing of it was measured before. SURVEY-42 where it was and nobody says why. */
export function rerunBody(
  records: readonly SurveyRecord[],
  plan: RunPlan,
  reason: string | undefined,
): RerunBody | null {
  const items = measuredAgain(records, plan)
  if (items.length === 0) return null
  if (reason === undefined || reason.trim() === '')
    throw new LaneFault('SURVEY-42', { field: '/reason', value: items.join(', ') })
  return { kind: 'rerun', items, reason: reason.trim() }
}
