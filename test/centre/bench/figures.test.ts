// What the generator of the bench notes, and when a row of it is red.
import { describe, expect, it } from 'vitest'
import {
  headLine,
  isMet,
  lineOf,
  offeredOf,
  rowOf,
  wantedOf,
  type GeneratorFigures,
} from '../../../centre/bench/figures.ts'
import { BenchRecord } from '#harness/centre/bench-record.ts'

const good: GeneratorFigures = {
  reached: 155,
  rows: 3_000,
  requests: 1_000,
  p50Ms: 20,
  p95Ms: 90,
  p99Ms: 200,
  refused: {},
  seconds: 20,
  processorMs: 600,
  taken: 3_400,
}
const measured = { lots: 100, way: 'batches', doorMs: 1_500, postgresMs: 300, kept: 3_400 } as const
const rowWith = (change: Partial<GeneratorFigures>, kept = 3_400) =>
  rowOf({ ...measured, kept, generator: { ...good, ...change } })

it.each([
  [100, 150, 158],
  [200, 300, 315],
  [500, 800, 840],
  [1_000, 1_500, 1_575],
  [5, 8, 9],
])('of %i lots more than %i rows a second are wanted, %i are sent', (lots, wanted, offered) => {
  expect([wantedOf(lots), offeredOf(lots)]).toEqual([wanted, offered])
})

describe('a row', () => {
  it('counts processor time for each record', () => {
    expect(rowWith({})).toMatchObject({
      doorMs: 0.5,
      postgresMs: 0.1,
      generatorMs: 0.2,
      rowsOfRequest: 3,
      red: [],
    })
  })
  it.each([
    ['a rate that is only reached', { reached: 150 }, 3_400, ['rate']],
    ['answers of more than 3 s', { p95Ms: 3_001 }, 3_400, ['answer']],
    ['a refusal', { refused: { 503: 1 } }, 3_400, ['refused']],
    ['a row lost', {}, 3_399, ['rows']],
    ['a row twice', {}, 3_401, ['rows']],
    [
      'all of it',
      { reached: 0, rows: 0, requests: 0, p95Ms: 9e9, refused: { 0: 4 } },
      0,
      ['rate', 'answer', 'refused', 'rows'],
    ],
  ])('is red by %s', (_, change, kept, red) => {
    expect(rowWith(change, kept)).toMatchObject({ red })
  })
  it('of batches decides, one of single records is told', () => {
    const bad = rowWith({ reached: 1 })
    expect(isMet([rowWith({}), { ...bad, way: 'singly' }])).toBe(true)
    expect(isMet([rowWith({}), bad])).toBe(false)
  })
  it('stands under its head', () => {
    const line = lineOf(rowWith({ reached: 1 }))
    expect(line).toContain('RED rate')
    expect(line.indexOf('> 150') + 5).toBe(headLine.indexOf('L.1 /s') + 6)
    expect(lineOf({ ...rowWith({}), postgresMs: null })).toMatch(/ -  /)
  })
})

describe('the record of the generator', () => {
  const second = 1_000_000
  const answer = (lot: number, atS: number, rows: number, status = 200) => ({
    lot,
    atUs: atS * second,
    rows,
    ms: rows,
    status,
  })
  it('counts the rate of each lot from answer to answer', () => {
    const record = new BenchRecord(2, 4_000)
    record.answered(answer(0, 1, 100))
    record.answered(answer(1, 2, 100))
    expect(record.fewest).toBe(1)
    record.begin(2.5 * second)
    for (const atS of [3, 5, 7]) record.answered(answer(0, atS, 20))
    for (const atS of [4, 6]) record.answered(answer(1, atS, 10))
    record.end(8 * second)
    record.answered(answer(0, 9, 20))
    expect(record.figures(5)).toEqual({
      reached: 60 / 6 + 20 / 4,
      rows: 80,
      requests: 5,
      p50Ms: 20,
      p95Ms: 20,
      p99Ms: 20,
      refused: {},
      seconds: 5.5,
      processorMs: 5,
      taken: 300,
    })
  })
  it('counts a lot that stands still until the end, and refusals', () => {
    const record = new BenchRecord(1, 1_000)
    record.answered(answer(0, 0, 1))
    record.begin(0)
    record.answered(answer(0, 2, 30))
    record.answered(answer(0, 3, 30, 503))
    record.end(10 * second)
    expect(record.figures(0)).toMatchObject({ reached: 3, refused: { 503: 1 }, taken: 31 })
  })
})
