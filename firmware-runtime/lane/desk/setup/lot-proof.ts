// Whether a lot was proven in practice, from its own records: the survey of each lane with an antenna, and the first
// car that entered and left through its lanes. A car of simulated devices proves nothing about a real lot, and is
// marked.
import type { ApiError } from '#base/calls/rows.ts'
import type { SetupProof, SetupRow, SetupStep } from '../../calls/setup-views.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { newestSurveys, surveyName } from '#survey/pure/file/newest.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import type { FirstCarSaid } from './first-car-said.ts'

/** Proofs in a folder. */
export interface LotProof {
  readonly surveys: readonly SurveyLine[]
  /** Null: the ledger has no car, or there is no ledger. */
  readonly firstCar: FirstCarSaid | null
  /** Why the ledger could not be read. */
  readonly fault: ApiError | null
}

export const noProof: LotProof = { surveys: [], firstCar: null, fault: null }

type Lot = Pick<LotConfig, 'lanes' | 'mode'>

/** Numbers of rows of table D.1. */
const numbers = (items: readonly string[]): string => items.map((id) => id.slice(1)).join(', ')

/** Why one survey is not accepted; null: it is. Simulated instruments prove nothing about a real lot. */
function against(survey: SurveyLine, lot: Lot | null): SetupStep | null {
  const { verdict, simulated, whole, failing, open } = survey
  const name = surveyName(survey)
  if (!whole)
    return {
      state: 'failed',
      why: t(`勘测“${name}”的记录不完整`, `The records of the survey "${name}" are incomplete`),
    }
  if (verdict === 'fail')
    return {
      state: 'failed',
      why: t(
        `勘测“${name}”不通过:表 D.1 第 ${numbers(failing)} 行`,
        `The survey "${name}" failed: row ${numbers(failing)} of table D.1`,
      ),
    }
  if (simulated && lot?.mode === 'production')
    return {
      state: 'open',
      why: t(
        `勘测“${name}”的读数来自模拟仪表`,
        `The readings of the survey "${name}" came from simulated instruments`,
      ),
    }
  if (verdict === 'pass') return null
  return {
    state: 'open',
    why: t(
      `勘测“${name}”还没有通过:表 D.1 第 ${numbers(open)} 行`,
      `The survey "${name}" has not passed yet: row ${numbers(open)} of table D.1`,
    ),
  }
}

/** A survey belongs to the lane that it names, by its name in either language or by its id. */
const isOfLane = ({ lane }: SurveyLine, { id, name }: Lot['lanes'][number]): boolean =>
  [id, name.zh, name.en].includes(lane.trim())

/**
 * Surveys of this lot's lanes. A failed one is reported before an unfinished one, and that before a lane without one.
 */
export function surveyStep(surveys: readonly SurveyLine[], lot: Lot | null): SetupStep {
  const all = newestSurveys(surveys)
  if (all.length === 0)
    return { state: 'notStarted', why: t('还没有现场勘测', 'There is no survey yet') }
  // A handheld, a patrol car and a pile outside the streets have no positions that a survey measures.
  const lanes = (lot?.lanes ?? []).filter(({ place }) => place === undefined)
  const newest = lot === null ? all : all.filter((one) => lanes.some((lane) => isOfLane(one, lane)))
  const found = newest.flatMap((one) => against(one, lot) ?? [])
  const first = found.find(({ state }) => state === 'failed') ?? found[0]
  if (first !== undefined) return first
  const without = lanes.find(
    (lane) => lane.rsu !== null && !newest.some((one) => isOfLane(one, lane)),
  )
  if (without !== undefined) {
    const { zh, en } = without.name
    return { state: 'open', why: t(`车道“${zh}”还没有勘测`, `The lane "${en}" has no survey yet`) }
  }
  const antennas = lanes.filter(({ rsu }) => rsu !== null).length
  // Lanes with the same name are told apart by their ids.
  if (newest.length < Math.max(antennas, 1))
    return {
      state: 'open',
      why: t(
        `有天线的车道 ${antennas} 条,勘测了 ${newest.length} 条`,
        `${antennas} lanes have an antenna, ${newest.length} were surveyed`,
      ),
    }
  const names = newest.map(surveyName).join(', ')
  return { state: 'done', why: t(`勘测通过:${names}`, `The survey passed: ${names}`) }
}

const noCar = t('车道启动后做首车试验', 'Make the first-car test once the lanes are running')

/** Time, lanes and amount; without the plate. */
function passage({ facts }: FirstCarSaid): BilingualText {
  const [, ...said] = facts
  const zh = said.map(([what, value]) => `${what.zh} ${value.zh}`).join(',')
  const en = said.map(([what, value]) => `${what.en} ${value.en}`).join(', ')
  return t(zh, en)
}

function carStep({ firstCar, fault }: LotProof, lot: Lot | null): SetupStep {
  if (fault !== null)
    return { state: 'failed', why: t('账本读不出来', 'The ledger cannot be read') }
  if (lot === null || firstCar === null) return { state: 'notStarted', why: noCar }
  const { zh, en } = passage(firstCar)
  if (lot.mode === 'demo')
    return {
      state: 'open',
      why: t(
        `经过的是模拟设备的车,不算首车:${zh}`,
        `The car came from simulated devices and does not count as the first car: ${en}`,
      ),
    }
  return firstCar.isThrough
    ? { state: 'done', why: t(`首车:${zh}`, `First car: ${en}`) }
    : { state: 'open', why: t(`首车还没有走完:${zh}`, `The first car is not finished yet: ${en}`) }
}

/** `lot`: the lot in the folder; cars count for no other one. */
export const proofSteps = (proof: LotProof, lot: Lot | null): SetupProof => ({
  survey: surveyStep(proof.surveys, lot),
  car: carStep(proof, lot),
})

export function proofRow(proof: LotProof, lot: Lot | null): SetupRow {
  const { survey, car } = proofSteps(proof, lot)
  const isEvery = (state: SetupStep['state']): boolean =>
    survey.state === state && car.state === state
  const isFailed = survey.state === 'failed' || car.state === 'failed'
  const state = isEvery('done') ? 'done' : isEvery('notStarted') ? 'notStarted' : 'open'
  return {
    id: 'firstCar',
    state: isFailed ? 'failed' : state,
    why: t(`${survey.why.zh};${car.why.zh}`, `${survey.why.en}; ${car.why.en}`),
    fault: proof.fault,
    test: 'none',
    testedAtIso: null,
  }
}
