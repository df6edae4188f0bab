// The feed of a lot to its centre: every answer of docs/centre.md, and what the lot reads, sends and waits for behind it.
import { describe, expect, test } from 'vitest'
import {
  follow,
  noRowsMark,
  startFeed,
  troubledMs,
  type FeedBatch,
  type FeedEffect,
  type FeedEvent,
  type FeedState,
  type Mark,
} from '#ledger/pure/centre/follower.ts'
import { feedAnswer, type FeedAnswer } from '#ledger/pure/centre/row-feed.ts'

const hex = (seq: number): string => seq.toString(16).padStart(64, '0')
const markOf = (seq: number): Mark =>
  seq === 0 ? noRowsMark : { seq, digest: hex(seq), hash: hex(seq + 1_000_000) }
const batchOf = (fromSeq: number, toSeq: number): FeedBatch => ({
  from: markOf(fromSeq - 1),
  to: markOf(toSeq),
  body: new Uint8Array(),
})
const pace = { everyMs: 2_000, maxRows: 10 }
const taken = (last: number): FeedAnswer => ({ is: 'taken', last, pace })
const answer = (one: FeedAnswer): FeedEvent => ({ is: 'answer', answer: one })
const time: FeedEvent = { is: 'time' }
const rows = (headSeq: number): FeedEvent => ({ is: 'rows', headSeq })

/** What an effect is, in a few letters. */
function said(effect: FeedEffect): string {
  switch (effect.do) {
    case 'digest':
      return `digest ${effect.from.seq}-${effect.toSeq}`
    case 'read':
      return `read ${effect.from.seq + 1} max ${effect.rowsMax}`
    case 'send':
      return `send ${effect.batch.from.seq + 1}-${effect.batch.to.seq}`
    case 'wait':
      return `wait ${effect.ms}${effect.spread ? ' spread' : ''}`
    case 'remember':
      return `remember ${effect.mark.seq}`
    case 'tell':
      return `tell ${effect.trouble?.is ?? 'nothing'}`
  }
}

interface Step {
  readonly state: FeedState
  readonly effects: readonly FeedEffect[]
}

/** A lot with `head` rows, `at` of them at the centre, and a batch of `upTo` under way. */
function sending(head: number, at: number, upTo: number): FeedState {
  const { state } = startFeed(head, at === 0 ? null : markOf(at))
  const read = at === 0 ? state : follow(state, { is: 'mark', mark: markOf(at) }).state
  return follow(read, { is: 'batch', batch: batchOf(at + 1, upTo) }).state
}

function played(from: Step, events: readonly FeedEvent[]) {
  const all: string[][] = [from.effects.map(said)]
  let { state } = from
  for (const event of events) {
    const step = follow(state, event)
    state = step.state
    all.push(step.effects.map(said))
  }
  return { state, all }
}

describe('a start', () => {
  test.each([
    ['without rows', 0, null, []],
    ['that was never sent', 7, null, ['read 1 max 500']],
    ['that goes on from its mark', 7, markOf(5), ['digest 5-5']],
    ['whose mark is at its end', 7, markOf(7), ['digest 7-7']],
    ['whose mark is behind the ledger, of a copy', 7, markOf(8), ['read 1 max 500']],
  ])('%s', (_name, head, kept, effects) => {
    expect(startFeed(head, kept).effects.map(said)).toEqual(effects)
  })
})

test('sends what there is, then a batch each time the centre asked for, or at once when one is full', () => {
  const { all } = played(startFeed(4, null), [
    { is: 'batch', batch: batchOf(1, 4) },
    rows(6),
    answer(taken(4)),
    rows(7),
    time,
    { is: 'batch', batch: batchOf(5, 7) },
    answer(taken(7)),
    time,
    rows(8),
    { is: 'batch', batch: batchOf(8, 8) },
    answer(taken(8)),
    rows(17),
    rows(18),
  ])
  expect(all).toEqual([
    ['read 1 max 500'],
    ['send 1-4'],
    [],
    ['remember 4', 'wait 2000'],
    [],
    ['read 5 max 10'],
    ['send 5-7'],
    ['remember 7', 'wait 2000'],
    [],
    ['read 8 max 10'],
    ['send 8-8'],
    ['remember 8', 'wait 2000'],
    [],
    ['read 9 max 10'],
  ])
})

test('a backlog goes without a wait', () => {
  const { all } = played({ state: sending(35, 0, 10), effects: [] }, [
    answer(taken(10)),
    { is: 'batch', batch: batchOf(11, 20) },
    answer(taken(20)),
  ])
  expect(all).toEqual([
    [],
    ['remember 10', 'read 11 max 10'],
    ['send 11-20'],
    ['remember 20', 'read 21 max 10'],
  ])
})

describe('an answer to the batch 11-20 of 30 rows', () => {
  const one = (name: string, given: FeedAnswer, effects: readonly string[]) => ({
    name,
    given,
    effects,
  })
  test.each([
    one('taken', taken(20), ['remember 20', 'read 21 max 10']),
    one('taken before: the same answer', taken(20), ['remember 20', 'read 21 max 10']),
    one('the centre has more of it', taken(25), ['digest 10-25']),
    one('the centre has all of it', taken(30), ['digest 10-30']),
    one('a part of it alone', taken(15), ['digest 10-15']),
    one('a gap', { is: 'want', want: 5 }, ['digest 0-4']),
    one('partly known', { is: 'want', want: 16 }, ['digest 10-15']),
    one('everything forgotten', { is: 'want', want: 1 }, ['digest 0-0']),
    one('ahead of this ledger', { is: 'want', want: 32 }, ['tell ahead', `wait ${troubledMs}`]),
    one('far ahead', taken(99), ['tell ahead', `wait ${troubledMs}`]),
    one('forked', { is: 'forked', forked: 12 }, ['tell forked', `wait ${troubledMs}`]),
    one('first row aside', { is: 'aside', aside: 11 }, ['tell aside', `wait ${troubledMs}`]),
    one('another row aside', { is: 'aside', aside: 14 }, ['tell aside', 'read 11 max 3']),
    one('last row aside', { is: 'aside', aside: 20 }, ['tell aside', 'read 11 max 9']),
    one('a row aside that is not in it', { is: 'aside', aside: 40 }, ['wait 2000 spread']),
    one('refused', { is: 'refused', why: 'revoked' }, ['tell refused', `wait ${troubledMs}`]),
    one('malformed', { is: 'malformed', status: 400 }, ['tell malformed', `wait ${troubledMs}`]),
    one('not now', { is: 'later', retryMs: 30_000 }, ['wait 30000 spread']),
    one('not for a day', { is: 'later', retryMs: 86_400_000 }, ['wait 300000 spread']),
    one('no answer', feedAnswer(0, null), ['wait 5000 spread']),
    one('a page', feedAnswer(200, '<html>'), ['wait 5000 spread']),
    one('a redirect', feedAnswer(302, null), ['wait 5000 spread']),
  ])('$name', ({ given, effects }) => {
    expect(follow(sending(30, 10, 20), answer(given)).effects.map(said)).toEqual(effects)
  })

  test('with a pace beyond reason is bounded', () => {
    const wild = { everyMs: 1e12, maxRows: 1e6 }
    const { state } = follow(sending(30, 10, 20), answer({ is: 'taken', last: 20, pace: wild }))
    expect(state.pace).toEqual({ everyMs: troubledMs, maxRows: 500 })
    const fast = { everyMs: 0, maxRows: 1 }
    const next = follow(sending(20, 10, 20), answer({ is: 'taken', last: 20, pace: fast }))
    expect(next.effects.map(said)).toEqual(['remember 20', 'wait 200'])
  })
})

test('a digest is of the own rows, and the batch behind it begins there', () => {
  const { all } = played({ state: sending(30, 10, 20), effects: [] }, [
    answer({ is: 'want', want: 5 }),
    { is: 'mark', mark: markOf(4) },
    { is: 'batch', batch: batchOf(5, 14) },
  ])
  expect(all).toEqual([[], ['digest 0-4'], ['remember 4', 'read 5 max 500'], ['send 5-14']])
})

test.each([
  ['refused, then accepted', { is: 'refused', why: 'expired' }],
  ['forked, then decided', { is: 'forked', forked: 10 }],
  ['malformed, then another version', { is: 'malformed', status: 413 }],
] as const)('%s: asked each ten minutes, told once', (_name, given) => {
  const { all } = played({ state: sending(12, 10, 12), effects: [] }, [
    answer(given),
    rows(600),
    time,
    { is: 'batch', batch: batchOf(11, 12) },
    answer(given),
    time,
    { is: 'batch', batch: batchOf(11, 20) },
    answer(taken(20)),
  ])
  expect(all.slice(1)).toEqual([
    [`tell ${given.is}`, `wait ${troubledMs}`],
    [],
    ['read 11 max 500'],
    ['send 11-12'],
    [`wait ${troubledMs}`],
    ['read 11 max 500'],
    ['send 11-20'],
    ['remember 20', 'tell nothing', 'read 21 max 10'],
  ])
})

test('a row aside: the rows before it are sent, then it waits for a person, and goes on when it was let pass', () => {
  const { all, state } = played({ state: sending(30, 10, 20), effects: [] }, [
    answer({ is: 'aside', aside: 14 }),
    { is: 'batch', batch: batchOf(11, 13) },
    answer(taken(13)),
    rows(90),
    time,
    { is: 'batch', batch: batchOf(14, 23) },
    answer({ is: 'aside', aside: 14 }),
    time,
    { is: 'batch', batch: batchOf(14, 23) },
    answer(taken(23)),
  ])
  expect(all.slice(1)).toEqual([
    ['tell aside', 'read 11 max 3'],
    ['send 11-13'],
    ['remember 13', `wait ${troubledMs}`],
    [],
    ['read 14 max 10'],
    ['send 14-23'],
    [`wait ${troubledMs}`],
    ['read 14 max 10'],
    ['send 14-23'],
    ['remember 23', 'tell nothing', 'read 24 max 10'],
  ])
  expect(state.trouble).toBeNull()
})

test('without an answer the waits grow up to five minutes, and rows do not shorten them', () => {
  let state = sending(12, 10, 12)
  const waits: string[] = []
  for (let n = 0; n < 9; n++) {
    const step = follow(state, answer({ is: 'later', retryMs: 0 }))
    waits.push(...step.effects.map(said))
    const full = follow(step.state, rows(5_000 + n))
    expect(full.effects).toEqual([])
    const read = follow(full.state, time)
    expect(read.effects.map(said)).toEqual(['read 11 max 500'])
    state = follow(read.state, { is: 'batch', batch: batchOf(11, 12) }).state
  }
  expect(waits).toEqual(
    [2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => `wait ${seconds}000 spread`),
  )
})

test('a centre that only ever names another row is asked slowly', () => {
  let state = sending(30, 10, 20)
  const effects: string[] = []
  for (let n = 0; n < 4; n++) {
    const step = follow(state, answer({ is: 'want', want: n % 2 === 0 ? 5 : 11 }))
    effects.push(...step.effects.map(said))
    if (n === 3) break
    const at = n % 2 === 0 ? 4 : 10
    const read = follow(step.state, { is: 'mark', mark: markOf(at) })
    state = follow(read.state, { is: 'batch', batch: batchOf(at + 1, at + 5) }).state
  }
  expect(effects).toEqual(['digest 0-4', 'digest 4-10', 'digest 0-4', 'wait 2000 spread'])
})

/** A lot of 30 rows whose feed rests behind row `at`, with that trouble. */
function resting(at: number, trouble: FeedState['trouble'] = null): FeedState {
  const { state } = follow(sending(30, 0, at), answer(taken(at)))
  return { ...state, headSeq: 30, doing: 'nothing', isWaiting: false, trouble }
}
const asked: FeedEvent = { is: 'asked' }
const wanted = (want: number): FeedEvent => ({ is: 'wanted', want })

describe('a centre that says with a heartbeat what it has of the 30 rows', () => {
  const forked = { is: 'forked', seq: 9 } as const
  const aside = { is: 'aside', seq: 21 } as const
  const ahead = { is: 'ahead', seq: 44 } as const
  test.each<[string, FeedState, number, readonly string[]]>([
    ['has all of them', resting(30), 31, []],
    ['lost all of them', resting(30), 1, ['digest 0-0']],
    ['lost the newest ones', resting(30), 26, ['digest 0-25']],
    ['lost its newest row alone', resting(30), 30, ['digest 0-29']],
    ['is ahead of the ledger', resting(30), 32, ['tell ahead', `wait ${troubledMs}`]],
    ['is ahead as it was', resting(30, ahead), 45, [`wait ${troubledMs}`]],
    ['is no longer ahead', resting(30, ahead), 31, ['tell nothing']],
    ['was ahead, and lost rows', resting(30, ahead), 5, ['digest 0-4']],
    ['has the rows of a batch that had no answer', resting(20), 31, ['digest 20-30']],
    ['waits for a person at a row', resting(20, aside), 21, []],
    ['waits for a person at a row, and lost others', resting(20, aside), 3, ['digest 0-2']],
    ['has another history', resting(20, forked), 1, []],
    ['refused its certificate', resting(20, { is: 'refused', why: 'revoked' }), 1, []],
    ['refused its form', resting(20, { is: 'malformed', status: 400 }), 1, []],
  ])('%s', (_, state, want, effects) => {
    const { all } = played({ state, effects: [] }, [asked, wanted(want)])
    expect(all.slice(1)).toEqual([[], effects])
    // No heartbeat was sent since.
    expect(follow(follow(state, asked).state, time).effects).toEqual(follow(state, time).effects)
  })

  test('sends from there, once, and what it sends ends the trouble', () => {
    const { all, state } = played({ state: resting(30, ahead), effects: [] }, [
      asked,
      wanted(26),
      wanted(26),
      { is: 'mark', mark: markOf(25) },
      { is: 'batch', batch: batchOf(26, 30) },
      answer(taken(30)),
      wanted(26),
    ])
    expect(all.slice(1)).toEqual([
      [],
      ['digest 0-25'],
      [],
      ['remember 25', 'read 26 max 10'],
      ['send 26-30'],
      ['remember 30', 'tell nothing', 'wait 2000'],
      [],
    ])
    expect(state).toMatchObject({ at: markOf(30), trouble: null })
  })

  test('and its answer is older than a batch: the batch has its own', () => {
    const batch = { is: 'batch', batch: batchOf(21, 30) } as const
    for (const events of [
      // Sent while the heartbeat was under way.
      [asked, time, batch, answer(taken(30)), wanted(21)],
      // Under way when the heartbeat was sent.
      [time, batch, asked, answer(taken(30)), wanted(21)],
      [time, batch, asked, wanted(21)],
      // Nothing was asked.
      [wanted(21)],
    ]) {
      const { all } = played({ state: resting(20), effects: [] }, events)
      expect(all.at(-1)).toEqual([])
    }
  })

  test('rows that the ledger wrote since the heartbeat are not ahead', () => {
    const { all } = played({ state: { ...resting(30), headSeq: 29 }, effects: [] }, [
      asked,
      wanted(31),
    ])
    expect(all.at(-1)).toEqual([])
  })
})

test('at most one thing is under way', () => {
  const states: FeedState[] = [
    sending(30, 10, 20),
    startFeed(9, null).state,
    startFeed(9, markOf(3)).state,
  ]
  for (const state of states)
    for (const event of [rows(5_000), time]) expect(follow(state, event).effects).toEqual([])
})

test('events that nothing waits for change nothing', () => {
  const { state } = startFeed(0, null)
  for (const event of [
    answer(taken(3)),
    { is: 'mark', mark: markOf(3) },
    { is: 'batch', batch: batchOf(1, 3) },
    { is: 'unread', why: 'x' },
  ] as const)
    expect(follow(state, event)).toEqual({ state, effects: [] })
})

test('rows that cannot be read are told, and tried again', () => {
  const { all } = played(startFeed(9, markOf(3)), [
    { is: 'unread', why: 'LEDGER-04' },
    time,
    { is: 'batch', batch: null },
  ])
  expect(all).toEqual([
    ['digest 3-3'],
    ['tell unread', `wait ${troubledMs}`],
    ['read 4 max 500'],
    ['wait 2000'],
  ])
})
