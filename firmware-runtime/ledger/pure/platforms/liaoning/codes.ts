// Five-digit codes of Liaoning's access platform (000 A.1.13: 5 to 6 digits, one entry an outcome); the values are assumed.
// The first digit is the kind of answer of A.1.2 a: 1 receipt, 2 quality, 3 processing; then the class, and three digits of the case.
import type { CodeMeaning } from '../../../ports/dialect.ts'

const rows = (pairs: Readonly<Record<string, string>>): readonly CodeMeaning[] =>
  Object.entries(pairs).map(([code, means]) => ({ code, means }))

export const codes: readonly CodeMeaning[] = rows({
  // Receipt: stored, stored before, stored with the rest to follow.
  '11000': '100000',
  '11001': '100001',
  '11002': '100002',
  // Receipt: the five checks of a member, and one that is not there (A.1.1 b).
  '12001': '200001',
  '12002': '200002',
  '12003': '200003',
  '12004': '200004',
  '12005': '200005',
  '12010': '200010',
  // Receipt: the access check (A.1.1 a) and the signature.
  '14001': '400001',
  '14002': '400002',
  '14003': '400003',
  '14004': '400004',
  '14005': '400005',
  '14006': '400006',
  '14007': '400007',
  '14008': '400008',
  '14009': '400009',
  '14010': '400010',
  // Receipt: the access platform itself.
  '15001': '500001',
  '15002': '500002',
  '15004': '500004',
  // Quality: passed, or what stops a record before it goes up (A.2.3 a 1 to 5).
  '21000': '100002',
  '23001': '300001',
  '23002': '300002',
  '23003': '300003',
  '23004': '300004',
  '23005': '300005',
  // Processing: done, under way, and what the expansion platform says (A.2.3 b).
  '31000': '100000',
  '31001': '100001',
  '31002': '100002',
  '33010': '300010',
  '33011': '300011',
  '33012': '300012',
  '33013': '300013',
  '33020': '300020',
  '33021': '300021',
  '33030': '300030',
  '33031': '300031',
  '33040': '300040',
  '35003': '500003',
})
