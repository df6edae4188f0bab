// Lawful lots that are not like the others still pass: a false failure is as bad as a false pass. Each lot is judged by
// all items that apply to it, and no assertion may fail.
import { describe, expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import { dayMs, isoOf, minuteMs } from '#base/pure/values/instant.ts'
import { stopRow } from '#base/pure/rows/stop-row.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { beats, closesHours, downloads } from '../lot-hours.ts'
import { Scene, startMs } from '../lot-scene.ts'
import { cardFacts, onlineFacts, onlineWith, rules } from '../scene.ts'
import { booked, difference, differing, ended } from './appendix-h.ts'
import { both, kind, stops } from './change.ts'

interface Lawful {
  readonly lot: () => AcceptanceFacts
  /** Items that must pass, beside that none may fail. */
  readonly passes: readonly ItemId[]
  /** Assertions that fail by the nature of the lot. */
  readonly fails?: Partial<Readonly<Record<ItemId, readonly string[]>>>
}

const hours: readonly ItemId[] = ['G6', 'G8', 'G11', 'G13']
const uploads: readonly ItemId[] = ['G5', 'G7', 'G10', 'G12', ...hours]
const cars: readonly ItemId[] = ['E1', 'E3', 'E4', 'F1', 'F2', 'F3', 'F6']

/** Cars leave within their free time; nothing is charged. */
function freeLot(): AcceptanceFacts {
  const scene = new Scene()
  scene.boot(startMs)
  scene.signIn('exit')
  scene.signIn('entry')
  scene.freeCar()
  scene.freeCar()
  downloads(scene)
  const nowMs = startMs + dayMs
  closesHours(scene, startMs, nowMs)
  beats(scene, startMs, nowMs)
  return scene.facts({ rules, nowMs })
}

/** One lane for both ways: it has an entry and an exit under different ids, and no second pair. */
const oneLane = (): AcceptanceFacts => {
  const all = cardFacts()
  return { ...all, lanes: all.lanes.filter(({ direction }) => direction === 'exit') }
}

/** Named by no start and joined by no lot: nothing is asked there. */
function withoutOperator(): AcceptanceFacts {
  const all = cardFacts()
  const rows = all.rows
    .filter((row) => row.kind !== 'outbox' || row.body.destination !== 'operator')
    .map((row): LedgerRow =>
      row.kind === 'boot' ? { ...row, body: { ...row.body, batchesTo: ['platform'] } } : row,
    )
  return {
    ...all,
    rows,
    platforms: ['platform', 'etcOperator'],
    accesses: all.accesses.filter(({ destination }) => destination !== 'operator'),
  }
}

/** The lot was off for a while between its cars, and made the batches of those hours at its start. */
function restarted(offMs: number): AcceptanceFacts {
  const scene = new Scene()
  scene.boot(startMs)
  scene.signIn('exit')
  scene.onlineCar('paid')
  scene.onlineCar('refused')
  const stopMs = startMs + 59 * minuteMs
  const bootMs = stopMs + offMs
  const nowMs = startMs + dayMs
  downloads(scene)
  scene.row(stopRow(stopMs))
  scene.boot(bootMs)
  const made = scene.rows.length
  closesHours(scene, startMs, nowMs)
  // The hours that ended while it was off are closed two minutes behind its start.
  const rows = scene.rows.map((row, i): LedgerRow => {
    const isEarly = i >= made && row.atMs < bootMs
    return isEarly ? { ...row, atMs: bootMs + 2 * minuteMs } : row
  })
  beats(scene, startMs, stopMs)
  beats(scene, bootMs, nowMs)
  return scene.facts({ rules, chargeMode: 'online', nowMs, rows })
}

/** A record that the operator lacked is sent again under its number, behind its hour. */
function resent(): AcceptanceFacts {
  const all = cardFacts()
  const row = all.rows.find(kind('outbox', ({ op }) => op === 'entryRecord'))
  const state = all.rows.find(
    (one) =>
      one.kind === 'outboxState' &&
      row?.kind === 'outbox' &&
      one.body.outboxId === row.body.outboxId,
  )
  if (row?.kind !== 'outbox' || state?.kind !== 'outboxState') throw new Error('no entry record')
  const { counted: _counted, ...body } = row.body
  const seq = all.rows.length + 1
  const atMs = startMs + 80 * minuteMs
  const more: readonly LedgerRow[] = [
    { ...row, seq, atMs, body: { ...body, outboxId: 'UR', resends: body.outboxId } },
    {
      ...state,
      seq: seq + 1,
      atMs: atMs + 500,
      body: { ...state.body, outboxId: 'UR', requestId: 'RUR' },
    },
  ]
  const access = all.accesses.find(({ requestId }) => requestId === state.body.requestId)
  if (access === undefined) throw new Error('no access')
  const again = { ...access, requestId: 'RUR', atIso: isoOf(atMs + 400) }
  return { ...all, rows: [...all.rows, ...more], accesses: [...all.accesses, again] }
}

/** A second exit lane, with its own antenna, sign-in and heartbeats. */
function twoExits(): AcceptanceFacts {
  const all = cardFacts()
  const own = (row: LedgerRow) => row.laneId === 'exit' && row.kind === 'signIn'
  const seq = all.rows.length + 1
  const grants = all.rows.filter(own).map((row, i): LedgerRow => {
    const at = { ...row, laneId: 'exit2', seq: seq + i }
    return at.kind === 'signIn' ? { ...at, body: { ...at.body, psamNo: 'exit2' } } : at
  })
  const beatsOfIt = all.accesses
    .filter(({ interfaceId, laneId }) => interfaceId === 'monitor' && laneId === 'exit')
    .map((one) => ({ ...one, laneId: 'exit2', requestId: `${one.requestId}2` }))
  const asked = all.accesses
    .filter(({ interfaceId, laneId }) => interfaceId === 'signIn' && laneId === 'exit')
    .slice(-1)
    .map((one) => ({ ...one, laneId: 'exit2' }))
  return {
    ...all,
    lanes: [...all.lanes, { laneId: 'exit2', direction: 'exit', hasAntenna: true }],
    rows: [...all.rows, ...grants],
    accesses: [...all.accesses, ...beatsOfIt, ...asked],
  }
}

/** Rows and lines of older versions lack members that came later. */
function older(): AcceptanceFacts {
  const all = cardFacts()
  return {
    ...all,
    rows: all.rows.map((row): LedgerRow => {
      if (row.kind === 'boot') {
        const { batchesTo: _to, build: _build, schema: _schema, ...body } = row.body
        return { ...row, body }
      }
      if (row.kind !== 'outbox' || row.body.counted === undefined) return row
      const { counted: _counted, ...body } = row.body
      return { ...row, body }
    }),
    accesses: all.accesses.map(({ destination: _to, laneId: _lane, ...one }) => one),
  }
}

/** The last car leaves as the facts are read. */
function justNow(): AcceptanceFacts {
  const all = cardFacts()
  const last = all.rows.findLast(({ kind: of }) => of === 'stayClosed')
  const nowMs = (last?.atMs ?? 0) + 1_000
  return { ...all, nowMs, rows: all.rows.filter(({ atMs }) => atMs <= nowMs) }
}

/** The judged period begins in the middle: what came before it is not asked for. */
function fromNoon(): AcceptanceFacts {
  const all = cardFacts()
  const fromMs = startMs + 10 * minuteMs
  return {
    ...all,
    fromMs,
    rows: all.rows.filter(({ atMs }) => atMs >= fromMs),
    before: all.rows.filter(
      (row) => row.atMs < fromMs && ['boot', 'signIn', 'stayOpened'].includes(row.kind),
    ),
  }
}

/** Looks without an OBU, before that of the car is there. */
function emptyFirst(): AcceptanceFacts {
  const all = cardFacts()
  const frames = all.frames.flatMap((one) =>
    one.type === 'B2' ? [{ ...one, fields: { ...one.fields, obuId: '00000000' } }, one] : [one],
  )
  return { ...all, frames }
}

/** An antenna whose frames the lane answered late repeats them up to three times. */
function repeated(): AcceptanceFacts {
  const all = cardFacts()
  const frames = all.frames.flatMap((one) =>
    one.direction === 'in' ? [one, { ...one }, { ...one }] : [one],
  )
  return { ...all, frames }
}

const lots: Readonly<Record<string, Lawful>> = {
  'card mode': { lot: cardFacts, passes: [...cars, ...uploads, 'G1', 'G9', 'G14', 'H1', 'R3'] },
  'online mode': { lot: onlineFacts, passes: ['F4', 'F5', 'E4', ...uploads, 'G9', 'G14'] },
  'a charge whose result is not known yet': {
    lot: () => onlineWith((scene) => scene.silentCharge(false)),
    passes: ['F4', 'F5', 'E4', 'G5'],
  },
  'a charge that a query found not to exist': {
    lot: () => onlineWith((scene) => scene.silentCharge(true)),
    passes: ['F4', 'F5', 'E4', 'G5', 'G10'],
  },
  'free lot': { lot: freeLot, passes: ['F1', 'F2', 'F3', 'G5', 'G7', 'G12', ...hours] },
  'one lane': { lot: oneLane, passes: ['E1', 'E3', 'E4', 'F3', 'G10', 'G12', 'G14'] },
  'no platform of an operator': {
    lot: withoutOperator,
    passes: ['E1', 'E3', 'E4', 'F3', 'F6', 'G1', 'G10', 'G11', 'G12', 'G13', 'G14', 'R3'],
  },
  'restart in the middle': {
    lot: () => restarted(90_000),
    passes: ['F4', ...uploads, 'G9', 'G14'],
  },
  // Three hours are more than 7 x 24 h service allows; nothing else may fail by them.
  'stop of three hours': {
    lot: () => restarted(180 * minuteMs),
    passes: ['F4', ...uploads, 'G9', 'G14'],
    fails: { R3: ['stopped'] },
  },
  'a difference that two people ended': {
    lot: () => both(differing('etc'), difference('etc'), ended({}))(cardFacts()),
    passes: ['H1'],
  },
  'a difference that is gone': {
    lot: () =>
      both(
        differing('etc'),
        difference('etc'),
        booked({ row: 'agreed', itemId: 'etc P1' }),
        ended({ how: 'found', approvedBy: null }),
      )(cardFacts()),
    passes: ['H1'],
  },
  'a restart of ninety seconds each day': {
    lot: () => stops(7, 24 * 60, 90)(cardFacts()),
    passes: ['R3'],
  },
  'an antenna that sees no OBU at first': { lot: emptyFirst, passes: cars },
  'frames that the antenna repeats': { lot: repeated, passes: cars },
  're-sent record': { lot: resent, passes: [...cars, ...uploads] },
  'two exit lanes': { lot: twoExits, passes: [...cars, ...uploads, 'G14', 'R3'] },
  'rows and lines of older versions': { lot: older, passes: ['E1', 'E3', 'E4', 'F2', 'G5'] },
  'a car that leaves just now': { lot: justNow, passes: ['E4', 'F2', 'G5', 'G7'] },
  'a period that begins in the middle': { lot: fromNoon, passes: ['E4', 'F1', 'F3', ...uploads] },
}

describe.each(Object.entries(lots))('%s', (_name, { lot, passes, fails = {} }) => {
  const facts = lot()
  it.each(acceptanceItems.map((item) => [item.id, item] as const))('%s', (id, item) => {
    const { verdict, failed, warned, words } = item.judge(facts)
    const wanted = fails[id] ?? []
    expect({ failed, warned, en: words.en }).toEqual({ failed: wanted, warned: [], en: words.en })
    if (passes.includes(id))
      expect({ verdict, en: words.en }).toEqual({ verdict: 'pass', en: words.en })
  })
})
