// A reading belongs to the state it was taken in: the antenna setting and the instrument record of that time.
// A later record, or a withdrawal, neither improves it nor restores an earlier record.
import { describe, expect, it } from 'vitest'
import { recordRefusal } from '#survey/runs/record-rules.ts'
import { antennaReadings } from '#survey/pure/model/readings.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { insidePlaces } from '#survey/pure/field/obu-tries.ts'
import { isSimulated, projectOf } from '#survey/pure/file/project.ts'
import type {
  CrossReadBody,
  ObuTriesBody,
  SetupBody,
  SurveyBody,
} from '#survey/pure/file/record.ts'
import { recordsOf } from '../records.ts'
import {
  analyser,
  boxField,
  drift,
  openedBody,
  readAt,
  trigger,
  wholeField,
} from '../whole-field.ts'

const verdictOf = (item: string, bodies: readonly SurveyBody[]): string | undefined =>
  surveyItems.find(({ id }) => id === item)?.judge(projectOf(recordsOf(bodies))).verdict
const setup = (power: number): SetupBody => ({
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: { powerStep: power },
  heightMm: 3_000,
  downDeg: 90,
  yawDeg: 0,
  at: trigger,
})
const back = (n: number, reason = 'typed wrongly'): SurveyBody => ({
  kind: 'withdrawn',
  recordId: `r${n}`,
  reason,
})
const tries = (obuId: string, good: number): readonly ObuTriesBody[] =>
  insidePlaces(openedBody).map((at) => ({
    kind: 'obuTries',
    ...at,
    obuId,
    zMm: 1_000,
    tries: 5,
    good,
  }))

describe('the row of an instrument', () => {
  const weak = wholeField(boxField(-48, -60))
  const corrected = { ...analyser, correctionDb: 8 }

  it('changes nothing that was read before it', () => {
    expect(verdictOf('D5', weak)).toBe('fail')
    expect(verdictOf('D5', [...weak, corrected])).toBe('fail')
    const stronger = weak.map((body) => (body === analyser ? corrected : body))
    expect(verdictOf('D5', stronger)).toBe('pass')
    expect(verdictOf('D5', [...stronger, { ...analyser, correctionDb: -8 }])).toBe('pass')
  })

  it('is no row for what was read before any, and none when it was taken back', () => {
    const good = wholeField(boxField(-41, -49))
    const at = good.indexOf(analyser)
    expect(verdictOf('D5', good)).toBe('pass')
    expect(verdictOf('D5', [...good.toSpliced(at, 1), analyser])).toBe('incomplete')
    expect(verdictOf('D5', [...good, back(at + 1)])).toBe('incomplete')
    // An earlier record does not take the place of the withdrawn one.
    const two = good.toSpliced(at, 0, { ...analyser, correctionDb: 0.1 })
    expect(verdictOf('D5', [...two, back(at + 2)])).toBe('incomplete')
  })

  it('has its drift by itself', () => {
    const good = wholeField(boxField(-41, -49))
    const other = { ...analyser, serialNo: 'another' }
    const half = Math.floor(good.length / 2)
    expect(verdictOf('D5', good.toSpliced(half, 0, other))).toBe('incomplete')
    const whole = [drift(-41), other, drift(-41)]
    expect(verdictOf('D5', good.toSpliced(half, 0, ...whole))).toBe('pass')
  })

  it('stays simulated for what it read, whatever is said of it then', () => {
    const simulated = { ...analyser, simulated: true }
    const read = readAt(trigger, -40)
    const real = { ...analyser, serialNo: 'real' }
    expect(isSimulated(projectOf(recordsOf([simulated, read, real])))).toBe(true)
    expect(isSimulated(projectOf(recordsOf([simulated, read, back(1), real])))).toBe(true)
    expect(isSimulated(projectOf(recordsOf([simulated, back(1), real, read])))).toBe(false)
    expect(projectOf(recordsOf([analyser, real, analyser])).instrumentRows).toEqual([
      analyser,
      real,
    ])
  })
})

describe('another setting of the antenna', () => {
  const crossRead = (inNeighbour: number, obus = 3): CrossReadBody => ({
    kind: 'crossRead',
    antennaId: null,
    inLane: 50,
    inNeighbour,
    rounds: 34,
    neighbours: Array.from({ length: obus }, (_, i) => ({
      obuId: `0200000${i}`,
      place: `P${i}`,
      trials: 34,
      reads: i === 0 ? inNeighbour : 0,
    })),
  })

  it('ends fields, OBU tries and cross reads alike', () => {
    const loud: ObuTriesBody = {
      kind: 'obuTries',
      xMm: -600,
      yMm: 0,
      obuId: 'A',
      zMm: 1_000,
      tries: 5,
      good: 5,
    }
    const before = [setup(5), crossRead(1), loud, ...tries('A', 0)]
    const survey = projectOf(recordsOf([...before, setup(4), crossRead(0), ...tries('B', 5)]))
    expect(survey.obuTries.map(({ obuId }) => obuId)).toEqual(Array(5).fill('B'))
    expect(survey.crossReadsNow).toHaveLength(1)
    expect(survey.crossReads).toHaveLength(2)
    expect(verdictOf('D6', [...before, setup(4)])).toBe('incomplete')
    expect(verdictOf('D6', before)).toBe('fail')
    // A record that repeats the same setting does not start a new one.
    expect(projectOf(recordsOf([...before, setup(5)])).obuTries).toHaveLength(6)
  })

  it('is not undone: what was before it stays of another antenna', () => {
    const first = [setup(5), ...wholeField(boxField(-41, -49))]
    expect(verdictOf('D5', first)).toBe('pass')
    const after = [...first, setup(9), readAt({ xMm: 1_000, yMm: -1_000 }, -30)]
    const n = first.length + 1
    expect(verdictOf('D5', [...after, back(n), back(n + 1)])).toBe('incomplete')
    const survey = projectOf(recordsOf([...after, back(n)]))
    expect(survey.setup).toBeNull()
    expect(survey.fieldsNow.filter(({ place }) => place === 'lane')).toHaveLength(1)
  })

  it('that was taken back tells the assistant nothing of its readings', () => {
    const bodies = [
      setup(5),
      readAt(trigger, -40),
      setup(9),
      readAt(trigger, -36),
      back(3),
      setup(5),
    ]
    const found = antennaReadings(recordsOf(bodies), parkingGrid, { antennaId: null, at: null })
    expect(found).toMatchObject({ ok: true, found: { readings: [{ levelDbm: -40 }] } })
  })

  it('goes, like what it was read with, with a reason alone', () => {
    const bodies = [openedBody, setup(5), analyser, ...tries('A', 5).slice(0, 1)]
    const records = recordsOf(bodies)
    for (const n of [2, 3, 4]) {
      expect(recordRefusal(back(n, ' '), records)).toMatchObject({ field: '/reason' })
      expect(recordRefusal(back(n), records)).toBeNull()
    }
  })
})
