// The antenna assistant on a survey: fit, clause, proposal, and where to measure next, as one view.
// It only proposes: power is written through the configuration's diff, a person sets the angles.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PointMm } from './grid.ts'
import { fieldLimitOf, rulesOf } from '../survey-rules.ts'
import { neededArea } from './zone-verdict.ts'
import { type Aim, type Hanging } from '../model/aim.ts'
import type { Beam } from '../model/antenna.ts'
import { powerClause, type PowerClause } from '../model/clause.ts'
import { fitModel, readingsMin, type FittedValue, type ModelFit } from '../model/fit.ts'
import { shadowOf, type FieldShadow } from '../model/fitted-field.ts'
import { drawnFields, drawnZone } from '../model/drawn-zone.ts'
import { nextPlaces } from '../model/measure-next.ts'
import {
  parameterRows,
  type ModelBase,
  type ParameterRow,
  type ParameterValues,
} from '../model/parameters.ts'
import {
  proposeAntenna,
  type AntennaProposal,
  type Expected,
  type Range,
  type SearchLimits,
} from '../model/propose.ts'
import { row5Of, type Row5Expected } from '../model/row5.ts'
import {
  antennaReadings,
  sideOf,
  thinned,
  type AntennaReadings,
  type ReadingsWanted,
} from '../model/readings.ts'
import { projectOf } from '../file/project.ts'
import type { OpenedBody, SurveyRecord } from '../file/record.ts'
import type { Zone } from './zone.ts'

interface AssistantWanted extends ReadingsWanted {
  readonly beam: Beam
  /** Steps of the device: five bits of C0 where nothing else is known (rsu-interface.md 6.2). */
  readonly powerStep: Range
  /** More places next door than were measured. */
  readonly neighbours: readonly PointMm[]
}

interface Setting {
  readonly powerStep: number
  readonly downDeg: number
  readonly yawDeg: number
  readonly expected: Expected & { readonly zone: Zone | null }
}

interface SettingChange {
  readonly setting: 'powerStep' | 'pitchDeg' | 'yawDeg'
  readonly unit: 'step' | 'deg'
  readonly old: number
  readonly new: number
  /** Power goes through the configuration's diff; an angle is turned and recorded. */
  readonly how: 'diff' | 'turn'
  /** Whether the angle conforms to clause 7.1.1 c; null: the clause has no comparable value. */
  readonly lawful: boolean | null
}

export interface AssistantView {
  readonly readings: number
  readonly fit: {
    readonly parameters: readonly (FittedValue & Pick<ParameterRow, 'id' | 'unit'>)[]
    readonly residualRmsDb: number
    /** Spread of repeated readings of one place, dB; null: too few repeated places. */
    readonly repeatDb: number | null
    readonly shadowDb: number
    readonly outliers: readonly (PointMm & { readonly residualDb: number })[]
  }
  /** Data to draw the fitted field: the unrounded values of `fit`, and the correction by readings per place. */
  readonly model: {
    readonly base: ModelBase
    readonly values: ParameterValues
    readonly shadow: FieldShadow
  }
  readonly clause: PowerClause
  readonly now: Setting
  readonly next: Setting
  readonly changes: readonly SettingChange[]
  readonly betterChance: number
  /** Power steps that do not fail row 5 at the present angles; null: no needed area was declared. */
  readonly powerSteps: Range | null
  readonly tried: number
  readonly measureNext: readonly PointMm[]
  readonly assumed: BilingualText
}

/** Clause 7.1.1 c, as the pack has it: downward (its middle), and towards the lane. */
interface ClauseAngles {
  readonly down: Range
  readonly yaw: Range
}
function clauseAngles(opened: OpenedBody): ClauseAngles {
  const rules = rulesOf(opened)
  const down = rules.limit('siting.antennaDown', 'angle')
  const yaw = {
    min: rules.limit('siting.antennaYaw', 'min'),
    max: rules.limit('siting.antennaYaw', 'max'),
  }
  return { down: { min: down, max: down }, yaw }
}
/** An antenna outside the clause is turned no farther than this at a time. */
const turnDeg = 15
const holds = ({ min, max }: Range, value: number): boolean => value >= min && value <= max

/** An angle this near to the clause is meant to be the clause's. */
const nearDeg = 5

/** Range of the search: the angles of the clause, or, for a very different mount, angles around the present one. */
const angles = ({ min, max }: Range, now: number): Range =>
  holds({ min: min - nearDeg, max: max + nearDeg }, now)
    ? { min, max }
    : { min: Math.round(now) - turnDeg, max: Math.round(now) + turnDeg }

const cents = (value: number): number => Math.round(value * 100) / 100

const tidy = (value: FittedValue): FittedValue => ({
  value: cents(value.value),
  se: cents(value.se),
  learnt: value.learnt,
})

/** Levels with two decimals, as everywhere. */
function tidyZone(zone: Zone | null): Zone | null {
  if (zone === null) return null
  const { strongest } = zone
  return { ...zone, strongest: { ...strongest, levelDbm: cents(strongest.levelDbm) } }
}

const tidyRow5 = ({ needDbm, outDbm, verdict, failsByDb }: Row5Expected): Row5Expected => ({
  needDbm: cents(needDbm),
  outDbm: cents(outDbm),
  verdict,
  failsByDb: cents(failsByDb),
})

const expectedView = (e: Expected, zone: Zone | null): Setting['expected'] => ({
  ...e,
  zone,
  containment: Math.round(e.containment),
  low: Math.round(e.low),
  high: Math.round(e.high),
  eirpDbm: cents(e.eirpDbm),
  triggerDropDb: e.triggerDropDb === null ? null : cents(e.triggerDropDb),
  neighbourDbm: e.neighbourDbm === null ? null : cents(e.neighbourDbm),
  row5: e.row5 === null ? null : tidyRow5(e.row5),
})

function changesOf(now: Setting, next: Setting, clause: ClauseAngles): readonly SettingChange[] {
  const rows: readonly SettingChange[] = [
    {
      setting: 'powerStep',
      unit: 'step',
      old: now.powerStep,
      new: next.powerStep,
      how: 'diff',
      lawful: null,
    },
    {
      setting: 'pitchDeg',
      unit: 'deg',
      old: now.downDeg,
      new: next.downDeg,
      how: 'turn',
      lawful: holds(clause.down, next.downDeg),
    },
    {
      setting: 'yawDeg',
      unit: 'deg',
      old: now.yawDeg,
      new: next.yawDeg,
      how: 'turn',
      lawful: holds(clause.yaw, next.yawDeg),
    },
  ]
  return rows.filter((row) => row.old !== row.new)
}

function readingsOf(records: readonly SurveyRecord[], opened: OpenedBody, wanted: ReadingsWanted) {
  const answer = antennaReadings(records, opened.grid, wanted)
  if (!answer.ok && answer.why === 'manyAntennas')
    throw new LaneFault('SURVEY-12', {
      field: '--antenna',
      value: answer.antennas.map((id) => id ?? 'all').join(),
    })
  if (!answer.ok) throw new LaneFault('SURVEY-11', { field: answer.missing.join() })
  if (answer.found.readings.length < readingsMin)
    throw new LaneFault('SURVEY-10', {
      value: String(answer.found.readings.length),
      note: t(`至少 ${readingsMin}`, `at least ${readingsMin}`),
    })
  return { ...answer.found, readings: thinned(answer.found.readings) }
}

const assumed = t(
  '波瓣、地面反射、遮挡与得分均为本软件的模型与约定,不是实测;改动后须复测',
  'Beam, reflection, shadows and score are our own model and convention, not measured: measure again after a change',
)

const aimOf = (
  records: readonly SurveyRecord[],
  opened: OpenedBody,
  found: AntennaReadings,
  wanted: AssistantWanted,
): Aim => ({
  grid: opened.grid,
  needed: neededArea(projectOf(records)),
  trigger: opened.trigger,
  neighbours: [...found.neighbours, ...wanted.neighbours],
  limitDbm: fieldLimitOf(opened),
})

function proposed(
  fit: ModelFit,
  aim: Aim,
  { now }: AntennaReadings,
  { powerStep }: AssistantWanted,
  opened: OpenedBody,
): AntennaProposal {
  const side = sideOf(now.mount, aim.grid)
  const clause = clauseAngles(opened)
  const yaw = angles(clause.yaw, side * now.mount.azimuthDeg)
  const limits: SearchLimits = {
    powerStep,
    downDeg: angles(clause.down, now.mount.downDeg),
    azimuthDeg: side === 1 ? yaw : { min: -yaw.max, max: -yaw.min },
  }
  return proposeAntenna(fit, aim, now, limits, row5Of(opened))
}

/** Throws SURVEY-10 to 12 where a survey has too little to say anything. */
export function assistantView(
  records: readonly SurveyRecord[],
  wanted: AssistantWanted,
): AssistantView {
  const { opened } = projectOf(records)
  if (opened === null) throw new LaneFault('SURVEY-11', { field: 'opened' })
  const found = readingsOf(records, opened, wanted)
  const fit = fitModel(found.readings, { beam: wanted.beam })
  const aim = aimOf(records, opened, found, wanted)
  const proposal = proposed(fit, aim, found, wanted, opened)
  const shadow = shadowOf(fit)
  const { noiseDb } = found
  const limitDbm = fieldLimitOf(opened)
  const draws = drawnFields(fit, opened.grid)
  const zoneAt = (hanging: Hanging): Zone | null =>
    drawnZone(fit, draws, { limitDbm, noiseDb }, hanging)
  const side = sideOf(found.now.mount, opened.grid)
  const setting = (hanging: Hanging & { readonly expected: Expected }): Setting => ({
    powerStep: hanging.powerStep,
    downDeg: hanging.mount.downDeg,
    yawDeg: side * hanging.mount.azimuthDeg,
    expected: expectedView(hanging.expected, tidyZone(zoneAt(hanging))),
  })
  const [now, next] = [setting(proposal.now), setting(proposal.next)]
  const clause = powerClause(fit, found.now, opened.grid, limitDbm)
  return {
    readings: found.readings.length,
    fit: {
      parameters: parameterRows.map(({ id, unit }) => ({ id, unit, ...tidy(fit.parameters[id]) })),
      residualRmsDb: cents(fit.residualRmsDb),
      repeatDb: found.noiseDb === null ? null : cents(found.noiseDb),
      shadowDb: cents(fit.misfit.shadowDb),
      outliers: fit.outliers.flatMap((i) => {
        const point = fit.readings[i]
        if (point === undefined) return []
        const residualDb = cents(fit.residualsDb[i] ?? 0)
        return [{ xMm: point.xMm, yMm: point.yMm, residualDb }]
      }),
    },
    model: { base: fit.base, values: fit.values, shadow },
    clause: {
      ...clause,
      eirpDbm: tidy(clause.eirpDbm),
      dbPerStep: tidy(clause.dbPerStep),
      enoughDbm: cents(clause.enoughDbm),
    },
    now,
    next,
    changes: changesOf(now, next, clauseAngles(opened)),
    betterChance: cents(proposal.betterChance),
    tried: proposal.tried,
    powerSteps: proposal.powerSteps,
    measureNext: nextPlaces(fit, draws, found.now, limitDbm),
    assumed,
  }
}
