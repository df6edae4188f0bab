// What the inbox says of the centre of many lots: digits, what stops the rows, and certificates that end.
import { expect, test } from 'vitest'
import { noCentre, type CentreView } from '#ledger/calls/centre-views.ts'
import { centre } from '#runtime/inbox/centre.ts'
import { faults } from '#base/pure/faults/faults.ts'

const atIso = '2026-11-20T08:00:00+08:00'
const here = { laneName: () => ({ zh: '', en: '' }), street: null, upMs: 0 }
const joined: CentreView = { ...noCentre, state: 'joined', untilIso: '2028-01-01T00:00:00+08:00' }
const note = { zh: '', en: '' }
const fault = { code: 'ROWS-05', what: faults['ROWS-05'].what, note, needsPerson: true }
const pending = { state: 'pending', digits: '004217', pendingSinceIso: atIso } as const

test.each<[string, CentreView, readonly [key: string, isUrgent: boolean][]]>([
  ['a backlog alone', { ...joined, backlog: 900 }, []],
  ['what passes by itself', { ...joined, fault: { ...fault, needsPerson: false } }, []],
  ['what needs a person', { ...joined, fault }, [['ROWS-05', true]]],
  ['digits', { ...noCentre, ...pending }, [['digits 004217', false]]],
  [
    'digits of a new pairing',
    { ...joined, ...pending, fault },
    [
      ['digits 004217', false],
      ['ROWS-05', true],
    ],
  ],
  ['a certificate that lasts', { ...joined, untilIso: '2026-12-21T00:00:00+08:00' }, []],
  [
    'one that ends soon',
    { ...joined, untilIso: '2026-12-19T00:00:00+08:00' },
    [['ends 2026-12-19', false]],
  ],
  [
    'one that has ended',
    { ...joined, untilIso: '2026-11-19T00:00:00+08:00' },
    [['ends 2026-11-19', true]],
  ],
])('%s', (_name, view, rows) => {
  const found = centre.rowsOf(view, { ...here, nowMs: Date.parse(atIso) })
  expect(found.map(({ key, isUrgent }) => [key, isUrgent ?? false])).toEqual(rows)
})
