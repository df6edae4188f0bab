// Rows that a centre gives back: which answers are read, and which batches continue the lot's own rows.
import { describe, expect, it } from 'vitest'
import { givenAnswer, judgeGiven, type GivenVerdict } from '#ledger/pure/centre/given-rows.ts'
import { digestOf, firstPrev, gm, headOf } from '../../../../centre/door/row-kit.ts'

const texts = ['a', 'b', 'c', 'd', 'e', 'f']
/** d after so many rows of the lot. */
const after = (count: number): string => headOf(texts.slice(0, count))
const bytes = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
const batch = (
  fromSeq: number,
  toSeq: number,
  change: Partial<{ prev: string; head: string }> = {},
) => ({ fromSeq, toSeq, prev: after(fromSeq - 1), head: after(toSeq), ...change })
const judged = (
  seq: number,
  of: ReturnType<typeof batch>,
  lines = texts.slice(of.fromSeq - 1, of.toSeq),
) => judgeGiven({ seq, digest: after(seq) }, of, bytes(lines), gm.sm3)
const said = (verdict: GivenVerdict): unknown =>
  verdict.is === 'rows'
    ? [verdict.lines.map((line) => new TextDecoder().decode(line)).join(''), verdict.withheld]
    : [verdict.is, verdict.seq]
const alone = (text: string): string => `#${digestOf(text)}`

describe('a batch', () => {
  it.each([
    ['all of it is new', 0, batch(1, 3), undefined, ['abc', null]],
    ['behind the own end', 3, batch(4, 6), undefined, ['def', null]],
    ['partly known', 2, batch(1, 4), undefined, ['cd', null]],
    ['one new row', 3, batch(1, 4), undefined, ['d', null]],
    ['all of it known', 4, batch(1, 4), undefined, ['wrong', 5]],
    ['behind a gap', 2, batch(4, 6), undefined, ['wrong', 3]],
    ['other rows before it', 3, batch(4, 6, { prev: after(2) }), undefined, ['forked', 3]],
    ['other known rows', 2, batch(1, 4), ['a', 'x', 'c', 'd'], ['forked', 2]],
    ['another new row', 2, batch(1, 4), ['a', 'b', 'x', 'd'], ['wrong', 4]],
    ['another head', 2, batch(1, 4, { head: after(3) }), undefined, ['wrong', 4]],
    ['a row too few', 2, batch(1, 4), ['a', 'b', 'c'], ['wrong', 3]],
    ['a row too many', 2, batch(1, 4), ['a', 'b', 'c', 'd', 'e'], ['wrong', 3]],
    ['the first new row withheld', 2, batch(1, 4), ['a', 'b', alone('c'), 'd'], ['', 3]],
    ['a later row withheld', 2, batch(1, 5), ['a', 'b', 'c', alone('d'), alone('e')], ['c', 4]],
    ['a known row withheld', 2, batch(1, 4), ['a', alone('b'), 'c', 'd'], ['cd', null]],
    ['half an r', 2, batch(1, 4), ['a', 'b', '#12', 'd'], ['wrong', 3]],
    ['an r of another row', 2, batch(1, 4), ['a', 'b', alone('x'), 'd'], ['wrong', 4]],
  ] as const)('%s', (_, seq, of, lines, wanted) => {
    expect(said(judged(seq, of, lines === undefined ? undefined : [...lines]))).toEqual(wanted)
  })

  it('without its last line end is none', () => {
    const plain = bytes(['a']).subarray(0, 1)
    expect(judgeGiven({ seq: 0, digest: firstPrev }, batch(1, 1), plain, gm.sm3)).toEqual({
      is: 'wrong',
      seq: 1,
    })
  })
})

describe('an answer', () => {
  const whole = {
    fromSeq: 1,
    toSeq: 2,
    prev: firstPrev,
    head: after(2),
    serial: '0A',
    signature: '3006',
    certificate: null,
    rows: 'YWI=',
  }
  it('of a batch is read', () => {
    expect(givenAnswer(200, whole)).toMatchObject({
      is: 'batch',
      batch: { fromSeq: 1, toSeq: 2, certificate: null, body: Uint8Array.of(97, 98) },
    })
    const end = { last: 2, head: after(2) }
    expect(givenAnswer(404, end)).toEqual({ is: 'end', ...end })
  })
  it.each([
    [200, null],
    [200, []],
    [200, { ...whole, fromSeq: 0 }],
    [200, { ...whole, fromSeq: 3 }],
    [200, { ...whole, toSeq: 501 }],
    [200, { ...whole, toSeq: '2' }],
    [200, { ...whole, prev: 'ab' }],
    [200, { ...whole, head: 7 }],
    [200, { ...whole, serial: 10 }],
    [200, { ...whole, signature: 'xyz' }],
    [200, { ...whole, rows: '?' }],
    [200, { ...whole, rows: null }],
    [404, {}],
    [404, { last: -1, head: after(1) }],
    [404, { last: 1.5, head: after(1) }],
    [404, { last: 1, head: '' }],
  ])('%i %j is none', (status, body) => {
    expect(givenAnswer(status, body)).toEqual({ is: 'unreadable' })
  })
})
