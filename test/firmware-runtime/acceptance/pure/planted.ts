// One fault for each item of the acceptance, planted in correct facts: in the ledger, a frame, an access or the platform.
// `says` is a part of the sentence that must report it.
import {
  anotherDay,
  isBill,
  row,
  issuer,
  refusedUpload,
  refusedAccess,
  unanswered,
  silent,
  slow,
  type Planted,
} from './plants.ts'
import { plantedCharges } from './planted-charges.ts'
import actCounts from '#acceptance/pure/act-counts.json' with { type: 'json' }
import { issuerKinds } from './issuer-books.ts'
import { cardFacts } from './scene.ts'

export const planted: Readonly<Record<string, readonly Planted[]>> = {
  ...plantedCharges,
  G1: [
    {
      what: 'a receipt that no access has',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        accesses: facts.accesses.filter(({ interfaceId }) => interfaceId !== 'charge'),
      }),
      says: 'has no matching access',
    },
    {
      what: 'the last exit transaction was not answered',
      facts: cardFacts,
      plant: (facts) => {
        const last = facts.accesses.findLast(({ interfaceId }) => interfaceId === 'charge')
        const silent = { ...last, requestId: null, status: 503 } as (typeof facts.accesses)[number]
        return { ...facts, accesses: [...facts.accesses, silent] }
      },
      says: 'the last exit transaction has no answer (503)',
    },
  ],
  G2: [
    refusedAccess('shiftDownload', 'operator'),
    anotherDay('none on 2026-03-03: download of shifts'),
  ],
  G3: [
    refusedAccess('configDownload', 'etcOperator'),
    anotherDay('none on 2026-03-03: download of the configuration'),
  ],
  G4: [refusedAccess('shiftUpload', 'operator')],
  G5: [refusedUpload('entryRecord', 'operator', 'entry')],
  G6: [refusedUpload('batch:entry', 'operator')],
  G7: [refusedUpload('plateRecord', 'operator', 'entry')],
  G8: [refusedUpload('batch:entry-plate', 'operator')],
  G9: [
    refusedAccess('monitor', 'platform', 'entry'),
    refusedAccess('monitor', 'operator', 'entry'),
  ],
  G10: [
    refusedUpload('exitUpload', 'platform', 'exit'),
    refusedUpload('exitRecord', 'operator', 'exit'),
  ],
  G11: [refusedUpload('batch:exit', 'platform'), refusedUpload('batch:exit', 'operator')],
  G12: [
    refusedUpload('plateRecord', 'platform', 'exit'),
    refusedUpload('plateRecord', 'operator', 'exit'),
  ],
  G13: [
    refusedUpload('batch:exit-plate', 'platform'),
    refusedUpload('batch:exit-plate', 'operator'),
  ],
  G14: [refusedAccess('monitor', 'platform', 'exit'), refusedAccess('monitor', 'operator', 'exit')],
  H1: [
    {
      what: 'a day has no bill',
      facts: cardFacts,
      plant: row(isBill('etc'), null),
      says: '2026-03-02 has charges but no bill',
    },
    { ...refusedAccess('bill', 'platform'), says: 'bill interface answered 403 400001' },
  ],
  H2: [
    refusedAccess('splitBill', 'platform'),
    {
      what: 'a day has no split bill',
      facts: cardFacts,
      plant: row(isBill('split'), null),
      says: '2026-03-02 has charges but no split bill',
      fails: 'noBill',
    },
  ],

  ...Object.fromEntries(
    issuerKinds.map((kind, i) => [
      `I${i + 1}`,
      [
        {
          what: `${kind} failed`,
          facts: cardFacts,
          plant: issuer(kind),
          says: `books of the issuer, ${kind}: 500`,
        },
      ],
    ]),
  ),
  R1: [
    slow('signIn', 3_100, '95 % within 3.1 s, limit 3 s'),
    silent('signIn', 'requests without an answer, less than 95 % were answered, limit 3 s'),
  ],
  R2: [
    slow('list', 10_100, '95 % within 10.1 s, limit 10 s'),
    silent('list', 'requests without an answer, less than 95 % were answered, limit 10 s'),
  ],
  R3: [
    {
      what: 'it was stopped for a night',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        rows: facts.rows.map((one) =>
          one === facts.rows.findLast(({ kind }) => kind === 'boot')
            ? { ...one, atMs: one.atMs + 8 * 3_600_000 }
            : one,
        ),
      }),
      says: 'the lanes were stopped for 481 minutes',
    },
  ],
  R4: [
    {
      what: 'the platform answers one in eight',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        accesses: facts.accesses.map((one, i) => (i % 8 === 0 ? one : { ...one, status: null })),
      }),
      says: 'answers in 60 s, 91 answers are needed',
    },
    {
      what: 'it turns away what comes too fast',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        accesses: facts.accesses.map((one, i) => (i < 60 ? one : { ...one, status: 429 })),
      }),
      says: 'answers in 60 s, 91 answers are needed',
    },
  ],
  R5: [
    {
      what: 'the set-up takes an act more',
      facts: cardFacts,
      plant: (facts) => ({ ...facts, acts: { ...actCounts, setup: 61 } }),
      says: 'not counted at this lot: from an empty window to the first car in 61 actions, limit 60',
      fails: 'tooManyActs',
    },
  ],
}

/** Records still without an answer: the item reports them and is incomplete, not failed. */
export const unfinished: Readonly<Record<string, readonly Planted[]>> = {
  G5: [unanswered('entryRecord', 'operator', 'entry')],
  G6: [unanswered('batch:entry', 'operator')],
  G7: [unanswered('plateRecord', 'operator', 'entry')],
  G8: [unanswered('batch:entry-plate', 'operator')],
  G10: [unanswered('exitUpload', 'platform', 'exit'), unanswered('exitRecord', 'operator', 'exit')],
  G11: [unanswered('batch:exit', 'platform'), unanswered('batch:exit', 'operator')],
  G12: [
    unanswered('plateRecord', 'platform', 'exit'),
    unanswered('plateRecord', 'operator', 'exit'),
  ],
  G13: [unanswered('batch:exit-plate', 'platform'), unanswered('batch:exit-plate', 'operator')],
}
