// Tables H.1 and I.1: bills of the expansion platform, and the services of the issuer.
import type { AccessFact } from '../../../../firmware-runtime/acceptance/facts.ts'
import type { ItemId } from '../../../../firmware-runtime/acceptance/items/ids.ts'
import { issuerKinds } from '../issuer-books.ts'
import { cardFacts } from '../scene.ts'
import { access, body, facts, kind, rowOver, without } from './change.ts'
import type { Demand } from './example.ts'

const bills = (item: ItemId, interfaceId: string, means: 'etc' | 'split'): Demand => {
  const own = (one: AccessFact): boolean => one.interfaceId === interfaceId
  const book = kind('book', (of) => of.row === 'reconciled' && of.means === means)
  return {
    item,
    demands: `the ${means} bill of each day with charges comes from the expansion platform`,
    lot: cardFacts,
    wrong: {
      'answered 403': access(own, { status: 403, respCode: '400001' }),
      'answered 503': access(own, { status: 503, respCode: null }),
      'refused in an answer with 200': access(own, { isRefused: true }),
      'answered by the operator': access(own, { destination: 'operator' }),
      'answered by the ETC operator': access(own, { destination: 'etcOperator' }),
      'of another day': body(book, { day: '2026-03-01' }),
      'of other means': body(book, { means: 'operator' }),
      'an empty bill for a day with charges': body(book, { foundFen: 0, differences: 16 }),
      'compared before the day was over': rowOver(book, {
        atMs: Date.parse('2026-03-02T09:00:00+08:00'),
      }),
    },
    absent: {
      'the bill': without(book),
      'the access': access(own, null),
      'the answer': access(own, { status: null, respCode: null, requestId: null }),
    },
  }
}

const issuer: readonly Demand[] = issuerKinds.map((of, i) => ({
  item: `I${i + 1}` as ItemId,
  demands: `the books of the issuer have ${of}`,
  lot: cardFacts,
  wrong: {
    'one failed': (all) =>
      facts({
        issuer: (all.issuer ?? []).map((one) => (one.kind === of ? { ...one, ok: false } : one)),
      })(all),
    'one failed behind one that succeeded': (all) =>
      facts({
        issuer: [...(all.issuer ?? []), { kind: of, ok: false, ref: 'later', text: '500' }],
      })(all),
  },
  absent: {
    'its record': (all) =>
      facts({ issuer: (all.issuer ?? []).filter((one) => one.kind !== of) })(all),
    'what it is about': (all) =>
      facts({
        issuer: (all.issuer ?? []).map((one) => (one.kind === of ? { ...one, ref: '' } : one)),
      })(all),
    'the books': facts({ issuer: null }),
  },
}))

export const appendixH: readonly Demand[] = [
  bills('H1', 'bill', 'etc'),
  bills('H2', 'splitBill', 'split'),
  ...issuer,
]
