// Joining any two files of one survey: commutative, idempotent, lossless, and both old chains are proven by the new
// file; files that cannot be joined are refused by name.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brokenAt,
  firstHash,
  heldHashes,
  recordHash,
  type StoredRecord,
} from '#survey/pure/file/chain.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { mergeSurveys, type MergeSource } from '#survey/pure/file/merge.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { startMs } from '../records.ts'
import { openingOf, readAt } from '../whole-field.ts'
import { faultOf } from '../../../../kit/refusals.ts'

/** Any digest will do, as the chain gets it from outside. */
const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').toUpperCase()
const head = { surveyId: 'one', createdAtMs: startMs }
const opened = openingOf('x', { site: 'site' })

interface Loose {
  readonly id: string
  readonly atMs: number
  readonly body: SurveyBody
}
const first: Loose = { id: 'r1', atMs: startMs, body: opened }
const reading = (id: string, at: number, level: number): Loose => ({
  id,
  atMs: startMs + at * 1000,
  body: readAt({ xMm: 0, yMm: 0 }, level),
})

function sourceOf(loose: readonly Loose[], of = head, file = 'f'): MergeSource {
  let hash = firstHash(of, digest)
  const stored = loose.map(({ id, atMs, body }, i): StoredRecord => {
    const record = { seq: i + 1, id, atMs, by: 'tester', body: JSON.stringify(body) }
    hash = recordHash(hash, record, digest)
    return { ...record, hash }
  })
  return { ...of, file, stored, records: recordsOf(stored) }
}
const recordsOf = (stored: readonly StoredRecord[]): readonly SurveyRecord[] =>
  stored.map(({ hash: _, body, ...record }) => ({
    ...record,
    body: JSON.parse(body) as SurveyBody,
  }))
const merged = (a: MergeSource, b: MergeSource) => mergeSurveys(a, b, digest)
const asSource = ({ records, ...of }: ReturnType<typeof merged>): MergeSource => ({
  ...of,
  file: 'm',
  stored: records,
  records: recordsOf(records),
})
const contents = (records: readonly StoredRecord[]): string[] =>
  records.map(({ id, atMs, by, body }) => JSON.stringify([id, atMs, by, body])).toSorted()

/** A common beginning, and readings added on one laptop, on both or on none; clocks may step back. */
const tails = (letter: string) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -90, max: -20 })), {
      maxLength: 8,
    })
    .map((all) => all.map(([at, level], i) => reading(`${letter}${i}`, at, level)))
const pairs = fc
  .record({ common: tails('c'), a: tails('a'), b: tails('b'), other: fc.boolean() })
  .map(({ common, a, b, other }) => ({
    a: sourceOf([first, ...common, ...a]),
    // Begun separately for the same lane: another survey id and another first record.
    b: other
      ? sourceOf([{ ...first, id: 'r2' }, ...b], { surveyId: 'two', createdAtMs: startMs + 5 })
      : sourceOf([first, ...common, ...b]),
  }))

describe('joining any two files of one survey', () => {
  it('makes the same file whichever is named first', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const { added: _, ...one } = merged(a, b)
        const { added: _again, ...other } = merged(b, a)
        expect(one).toEqual(other)
      }),
    )
  })

  it('loses nothing, changes nothing and keeps the order of each', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const { records } = merged(a, b)
        const kept = records.filter(({ body }) => !body.includes('"merged"'))
        const all = new Set([...contents(a.stored), ...contents(b.stored)])
        expect(contents(kept)).toEqual([...all].toSorted())
        const place = new Map(kept.map(({ id }, i) => [id, i]))
        for (const { stored } of [a, b]) {
          const places = stored.map(({ id }) => place.get(id) ?? -1)
          expect(places).toEqual(places.toSorted((x, y) => x - y))
        }
      }),
    )
  })

  it('is by time where the clocks of both ran on', () => {
    const rising = (letter: string) =>
      tails(letter).map((all) => all.toSorted((x, y) => x.atMs - y.atMs))
    fc.assert(
      fc.property(rising('a'), rising('b'), (a, b) => {
        const { records } = merged(sourceOf([first, ...a]), sourceOf([first, ...b]))
        const times = records.map(({ atMs }) => atMs)
        expect(times).toEqual(times.toSorted((x, y) => x - y))
      }),
    )
  })

  it('keeps the order of a joined file and of one that went on after it was joined', () => {
    fc.assert(
      fc.property(pairs, tails('x'), ({ a, b }, more) => {
        const joined = asSource(merged(a, b))
        const on = sourceOf([...a.records, ...more], a)
        const whole = merged(joined, on)
        const place = new Map(whole.records.map(({ id }, i) => [id, i]))
        for (const { stored } of [joined, on]) {
          const places = stored.map(({ id }) => place.get(id) ?? -1)
          expect(places).toEqual(places.toSorted((x, y) => x - y))
        }
        expect(brokenAt(whole, whole.records, digest)).toEqual([])
        expect(merged(on, joined).records).toEqual(whole.records)
      }),
    )
  })

  it('has a chain that holds, and proves both old ones', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const whole = merged(a, b)
        expect(brokenAt(whole, whole.records, digest)).toEqual([])
        const held = heldHashes(whole, whole.records, digest)
        for (const { stored } of [a, b])
          for (const { hash } of stored) expect(held.has(hash)).toBe(true)
      }),
    )
  })

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const whole = merged(a, b)
        expect(merged(a, a).records).toEqual(a.stored)
        for (const one of [a, b, asSource(whole)])
          expect(merged(asSource(whole), one).records).toEqual(whole.records)
      }),
    )
  })

  it('names the joining record when a record of a part was changed afterwards', () => {
    const whole = merged(
      sourceOf([first, reading('a', 1, -40)]),
      sourceOf([first, reading('b', 2, -50)]),
    )
    // A forger rebuilds the chain over a changed reading.
    const loose = whole.records.map(({ id, atMs, by, body }) => ({
      id,
      atMs,
      by,
      body: body.replace('[-40]', '[-30]'),
    }))
    let hash = firstHash(whole, digest)
    const forged = loose.map((record, i) => {
      hash = recordHash(hash, { ...record, seq: i + 1 }, digest)
      return { ...record, seq: i + 1, hash }
    })
    expect(brokenAt(whole, forged, digest)).toEqual([forged.length])
  })
})

describe('a joined file that was damaged', () => {
  const whole = merged(
    sourceOf([first, reading('a', 1, -40)]),
    sourceOf([first, reading('b', 2, -50)]),
  )
  const left = recordsOf(whole.records).filter(({ id }) => id !== 'a')
  const joining = left.at(-1)

  it('proves no old chain any more, and is whole again once that is taken back', () => {
    const mended = sourceOf(left)
    expect(brokenAt(mended, mended.stored, digest)).toEqual([left.length])
    const body = { kind: 'withdrawn', recordId: joining?.id ?? '', reason: 'repaired' } as const
    const repaired = sourceOf([...left, { id: 'w', atMs: startMs, body }])
    expect(brokenAt(repaired, repaired.stored, digest)).toEqual([])
  })
})

describe('what is not joined', () => {
  const one = sourceOf([first, reading('a', 1, -40)], head, 'A')
  const apart = (body: SurveyBody): MergeSource =>
    sourceOf([{ ...first, id: 'other', body }], { surveyId: 'two', createdAtMs: startMs }, 'B')

  it.each([
    ['another site', { ...opened, site: 'elsewhere' }, 'site'],
    ['another lane', { ...opened, lane: 'entry' }, 'lane'],
    ['another grid', { ...opened, grid: { ...parkingGrid, heightMm: 1_200 } }, 'grid'],
  ])('is %s, by its name', (_what, body, field) => {
    const fault = faultOf(() => merged(one, apart(body)))
    expect(fault).toMatchObject({ code: 'SURVEY-30', detail: { file: 'B', field } })
  })

  it('is a file that does not say what was surveyed', () => {
    const empty = sourceOf([], { surveyId: 'two', createdAtMs: startMs }, 'B')
    expect(faultOf(() => merged(one, empty))).toMatchObject({
      code: 'SURVEY-30',
      detail: { file: 'B', field: 'opened' },
    })
  })

  it('is a record with the same id and another content, all of them named', () => {
    const other = sourceOf([first, reading('a', 1, -41), reading('b', 2, -40)], head, 'B')
    expect(faultOf(() => merged(one, other))).toMatchObject({
      code: 'SURVEY-31',
      detail: { file: 'B', value: 'a' },
    })
  })
})
