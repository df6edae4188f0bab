// What a batch is answered, by what the centre has of its feed.
import { expect, it } from 'vitest'
import { verdictOf, type FeedState } from '../../../centre/door/judge.ts'

const [zero, a, b, c] = ['0', 'a', 'b', 'c'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
]
const none = { last: 0, head: zero }
const at10 = { last: 10, head: a }
const state = (change: Partial<FeedState> = {}): FeedState => ({
  cursor: at10,
  isForked: false,
  kept: null,
  ...change,
})
const batch = (fromSeq: number, toSeq: number, prev: string, head: string) => ({
  fromSeq,
  toSeq,
  prev,
  head,
})
const aside = (seq: number) => [{ seq, digest: c }]

const fresh = state({ cursor: none })
const forked = state({ isForked: true })
const first = batch(1, 5, zero, b)
const known = batch(6, 10, c, a)
const next = batch(11, 20, a, b)
const again = { is: 'again', last: 10 } as const
const want11 = { is: 'want', want: 11 } as const
const forkedAt10 = { is: 'forked', forked: 10 } as const

it.each([
  ['the first batch of a node', fresh, first, [], { is: 'take', last: 5 }],
  ['the next batch', state(), next, [], { is: 'take', last: 20 }],
  ['one more row', state(), batch(11, 11, a, b), [], { is: 'take', last: 11 }],
  ['the last batch again', state({ kept: a }), known, [], again],
  ['an older batch again', state({ kept: b }), first, [], again],
  ['known rows with another end', state({ kept: a }), batch(6, 10, c, b), [], forkedAt10],
  ['older rows with another end', state({ kept: b }), batch(1, 5, zero, c), [], forkedAt10],
  ['known rows that end no kept batch', state(), batch(6, 9, c, b), [], again],
  ['partly known rows', state(), batch(8, 14, b, c), [], want11],
  ['partly known rows from the last one on', state(), batch(10, 11, b, c), [], want11],
  ['a gap', state(), batch(12, 20, a, b), [], want11],
  ['a gap before the first row', fresh, batch(2, 5, zero, b), [], { is: 'want', want: 1 }],
  ['a gap with another history', state(), batch(12, 20, c, b), [], want11],
  ['another history before the next row', state(), batch(11, 20, c, b), [], forkedAt10],
  ['a first row after something', fresh, batch(1, 5, a, b), [], { is: 'forked', forked: 0 }],
  ['the right history of a feed that was forked', forked, next, [], forkedAt10],
  [
    'known rows of a feed that was forked',
    state({ isForked: true, kept: a }),
    known,
    [],
    forkedAt10,
  ],
  ['a gap of a feed that was forked', forked, batch(15, 20, a, b), [], forkedAt10],
  ['a row that cannot be read', state(), next, aside(13), { is: 'aside', aside: 13 }],
  ['two of them', state(), next, [...aside(13), ...aside(17)], { is: 'aside', aside: 13 }],
  ['one of another history', state(), batch(11, 20, c, b), aside(13), forkedAt10],
  ['one behind a gap', state(), batch(12, 20, a, b), aside(13), want11],
  ['one in known rows', state({ kept: a }), known, aside(7), again],
] as const)('%s', (_, has, given, asides, wanted) => {
  expect(verdictOf(has, given, asides)).toEqual(wanted)
})
