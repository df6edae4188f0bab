// The feed of a lot to its centre (docs/centre.md): which rows are read, sent and waited for. Pure: events in, effects out.
// At most one thing is under way: a digest, a reading or a batch. The digest is always of the lot's own rows, never the
// centre's, so that other rows there show as a fork.
import { minuteMs } from '#base/pure/values/instant.ts'
import { feedLimits, noRowsDigest, lowerHex } from './row-feed.ts'
import type { FeedAnswer, FeedPace, RefusedWhy } from './row-feed.ts'

/** A row of the lot's own ledger, with the digest of all rows up to it. */
export interface Mark {
  readonly seq: number
  /** d after the row, 64 lower-case hex digits. */
  readonly digest: string
  /** The row's hash in the chain of the ledger, by which a mark that was kept is known again. */
  readonly hash: string
}

const zeros = lowerHex(noRowsDigest)
export const noRowsMark: Mark = { seq: 0, digest: zeros, hash: zeros }

export interface FeedBatch {
  /** The row before the first one. */
  readonly from: Mark
  readonly to: Mark
  /** Lines, gzip. */
  readonly body: Uint8Array
}

/** What a person has to deal with. */
export type FeedTrouble =
  | { readonly is: 'forked'; readonly seq: number }
  /** The centre has rows up to `seq`, behind the newest of this ledger. */
  | { readonly is: 'ahead'; readonly seq: number }
  | { readonly is: 'aside'; readonly seq: number }
  | { readonly is: 'refused'; readonly why: RefusedWhy }
  | { readonly is: 'malformed'; readonly status: number }
  /** The lot's own rows could not be read. */
  | { readonly is: 'unread'; readonly why: string }

export interface FeedState {
  readonly headSeq: number
  /** The centre has the rows up to here, as far as is known; the next batch begins behind it. */
  readonly at: Mark
  readonly doing: 'nothing' | 'digest' | 'reading' | 'sending'
  readonly batch: FeedBatch | null
  readonly isWaiting: boolean
  readonly pace: FeedPace
  readonly trouble: FeedTrouble | null
  /** Batches in a row without an answer. */
  readonly failures: number
  /** Answers in a row that only named another row. */
  readonly turns: number
  /** No batch was under way since the last heartbeat was sent: its answer is about what this feed knows. */
  readonly isAsked: boolean
}

export type FeedEvent =
  | { readonly is: 'rows'; readonly headSeq: number }
  /** The last wait is over. */
  | { readonly is: 'time' }
  | { readonly is: 'mark'; readonly mark: Mark }
  /** Null: no row was there to be read. */
  | { readonly is: 'batch'; readonly batch: FeedBatch | null }
  | { readonly is: 'unread'; readonly why: string }
  | { readonly is: 'answer'; readonly answer: FeedAnswer }
  /** A heartbeat is sent. */
  | { readonly is: 'asked' }
  /** Its answer: the centre wants the rows of this node from `want` on. */
  | { readonly is: 'wanted'; readonly want: number }

export type FeedEffect =
  /** The own digest up to `toSeq`; `from` is where it may begin if that row still has its hash. */
  | { readonly do: 'digest'; readonly toSeq: number; readonly from: Mark }
  | { readonly do: 'read'; readonly from: Mark; readonly rowsMax: number }
  | { readonly do: 'send'; readonly batch: FeedBatch }
  /** Replaces the wait before it. `spread`: by chance down to half, so that many lots do not come back at once. */
  | { readonly do: 'wait'; readonly ms: number; readonly spread: boolean }
  | { readonly do: 'remember'; readonly mark: Mark }
  | { readonly do: 'tell'; readonly trouble: FeedTrouble | null }

interface Followed {
  readonly state: FeedState
  readonly effects: readonly FeedEffect[]
}

/** Until the first answer. */
const firstPace: FeedPace = { everyMs: 2_000, maxRows: feedLimits.rowsMax }
const everyMsMin = 200
const [backOffMs, backOffMsMax] = [2_000, 5 * minuteMs]
/** A feed that waits for a person asks so often whether somebody decided. */
export const troubledMs = 10 * minuteMs
/** Answers that only name another row: after so many the feed waits as after no answer. */
const turnsMax = 3

const then = (state: FeedState, ...effects: readonly FeedEffect[]): Followed => ({ state, effects })

/** `kept`: the mark of the last start; one behind the ledger's end is not used. */
export function startFeed(headSeq: number, kept: Mark | null): Followed {
  const at = kept !== null && kept.seq <= headSeq ? kept : noRowsMark
  const state: FeedState = {
    headSeq,
    at,
    doing: 'nothing',
    batch: null,
    isWaiting: false,
    pace: firstPace,
    trouble: null,
    failures: 0,
    turns: 0,
    isAsked: false,
  }
  return at.seq === 0 ? onward(state) : digest(state, at.seq)
}

function digest(state: FeedState, toSeq: number): Followed {
  const from = state.at.seq <= toSeq ? state.at : noRowsMark
  return then({ ...state, doing: 'digest', batch: null }, { do: 'digest', toSeq, from })
}

function wait(state: FeedState, ms: number, spread = false): Followed {
  const resting = { ...state, doing: 'nothing', batch: null, isWaiting: true } as const
  return then(resting, { do: 'wait', ms, spread })
}

/** Rows before one that the centre cannot read are still sent. */
function rowsMaxOf({ at, trouble, pace }: FeedState): number {
  const before = trouble?.is === 'aside' ? trouble.seq - 1 - at.seq : 0
  return before > 0 ? Math.min(before, pace.maxRows) : pace.maxRows
}

/** Reads on, if there is something to read. */
function onward(state: FeedState): Followed {
  if (state.headSeq <= state.at.seq) return then({ ...state, doing: 'nothing', batch: null })
  const { at } = state
  const read = { do: 'read', from: at, rowsMax: rowsMaxOf(state) } as const
  return then({ ...state, doing: 'reading', batch: null }, read)
}

/** Tells a trouble once; the next try is ten minutes later. */
function troubled(state: FeedState, trouble: FeedTrouble): Followed {
  const same = JSON.stringify(state.trouble) === JSON.stringify(trouble)
  const { state: next, effects } = wait({ ...state, trouble, failures: 0, turns: 0 }, troubledMs)
  return same ? then(next, ...effects) : then(next, { do: 'tell', trouble }, ...effects)
}

function later(state: FeedState, retryMs: number): Followed {
  const ownMs = backOffMs * 2 ** Math.min(state.failures, 8)
  const ms = Math.min(backOffMsMax, Math.max(retryMs, ownMs))
  return wait({ ...state, failures: state.failures + 1, turns: 0 }, ms, true)
}

/** The centre has the rows up to `seq`: the own digest up to there is computed, and the next batch cut behind it. */
function goTo(state: FeedState, seq: number): Followed {
  if (seq > state.headSeq) return troubled(state, { is: 'ahead', seq })
  if (state.turns >= turnsMax) return later(state, 0)
  return digest({ ...state, turns: state.turns + 1, failures: 0 }, seq)
}

/** The rows up to `at` are at the centre. */
function reached(state: FeedState, at: Mark): Followed {
  const { trouble } = state
  const isOver = trouble !== null && (trouble.is !== 'aside' || at.seq >= trouble.seq)
  const next = { ...state, at, failures: 0, turns: 0, trouble: isOver ? null : trouble }
  const told: FeedEffect[] = isOver ? [{ do: 'tell', trouble: null }] : []
  const remember = { do: 'remember', mark: at } as const
  const { state: last, effects } = paced(next)
  return then(last, remember, ...told, ...effects)
}

/** After a batch: the next one at once if it would be full, else after the time that the centre asked for. */
function paced(state: FeedState): Followed {
  const { headSeq, at, pace, trouble } = state
  if (trouble?.is === 'aside' && at.seq === trouble.seq - 1) return wait(state, troubledMs)
  return headSeq - at.seq >= pace.maxRows ? onward(state) : wait(state, pace.everyMs)
}

const bounded = ({ everyMs, maxRows }: FeedPace): FeedPace => ({
  everyMs: Math.min(Math.max(everyMs, everyMsMin), troubledMs),
  maxRows: Math.min(maxRows, feedLimits.rowsMax),
})

function answered(state: FeedState, batch: FeedBatch, answer: FeedAnswer): Followed {
  switch (answer.is) {
    case 'taken': {
      const own = { ...state, pace: bounded(answer.pace) }
      return answer.last === batch.to.seq ? reached(own, batch.to) : goTo(own, answer.last)
    }
    case 'want':
      return goTo(state, answer.want - 1)
    case 'aside': {
      const { aside: seq } = answer
      if (seq <= batch.from.seq || seq > batch.to.seq) return later(state, 0)
      const trouble = { is: 'aside', seq } as const
      if (seq === batch.from.seq + 1) return troubled(state, trouble)
      const { state: next, effects } = onward({ ...state, trouble, failures: 0, turns: 0 })
      return then(next, { do: 'tell', trouble }, ...effects)
    }
    case 'forked':
      return troubled(state, { is: 'forked', seq: answer.forked })
    case 'refused':
      return troubled(state, { is: 'refused', why: answer.why })
    case 'malformed':
      return troubled(state, { is: 'malformed', status: answer.status })
    case 'later':
      return later(state, answer.retryMs)
  }
}

/**
 * What the centre has, by the answer to a heartbeat: it may have lost rows while this lot had none to send, or have rows that
 * this ledger lost. A batch that was under way meanwhile has its own answer, and a feed that waits for a decision about other
 * rows, or about its certificate, asks by its rows.
 */
function wanted(state: FeedState, want: number): Followed {
  const { at, doing, isAsked, trouble } = state
  const mayMove = trouble === null || trouble.is === 'ahead' || trouble.is === 'aside'
  if (!isAsked || doing !== 'nothing' || !mayMove) return then(state)
  if (want - 1 !== at.seq) return goTo({ ...state, isAsked: false }, want - 1)
  return trouble?.is === 'ahead'
    ? then({ ...state, trouble: null }, { do: 'tell', trouble: null })
    : then(state)
}

/** A new digest: of a start, or of the row that the centre named. */
function marked(state: FeedState, at: Mark): Followed {
  const { state: next, effects } = onward({ ...state, at })
  return then(next, { do: 'remember', mark: at }, ...effects)
}

function woken(state: FeedState, headSeq: number): Followed {
  const next = { ...state, headSeq: Math.max(headSeq, state.headSeq) }
  const { doing, isWaiting, at, pace, trouble, failures } = next
  if (doing !== 'nothing') return then(next)
  const isFull = next.headSeq - at.seq >= pace.maxRows
  return !isWaiting || (isFull && trouble === null && failures === 0) ? onward(next) : then(next)
}

/** Events that nothing waits for, such as an answer behind a stop, change nothing. */
export function follow(state: FeedState, event: FeedEvent): Followed {
  const { doing, batch } = state
  switch (event.is) {
    case 'rows':
      return woken(state, event.headSeq)
    case 'time': {
      const next = { ...state, isWaiting: false }
      return doing === 'nothing' ? onward(next) : then(next)
    }
    case 'mark':
      return doing === 'digest' ? marked(state, event.mark) : then(state)
    case 'batch': {
      if (doing !== 'reading') return then(state)
      if (event.batch === null) return wait(state, state.pace.everyMs)
      const sending = { ...state, doing: 'sending', batch: event.batch, isAsked: false } as const
      return then(sending, { do: 'send', batch: event.batch })
    }
    case 'unread':
      return doing === 'digest' || doing === 'reading'
        ? troubled(state, { is: 'unread', why: event.why })
        : then(state)
    case 'answer':
      return doing === 'sending' && batch !== null
        ? answered(state, batch, event.answer)
        : then(state)
    case 'asked':
      return then({ ...state, isAsked: doing !== 'sending' })
    case 'wanted':
      return wanted(state, event.want)
  }
}
