// The status list of a lot as its runtime tells it: fresh, signed, the next download a while ahead.
// Times are those of the board of these tests.
import type { ListView } from '#base/calls/list-views.ts'
import { isoAt } from '../lane/lane-views.ts'

export const listView = (over: Partial<ListView> = {}): ListView => ({
  version: '20417',
  asOfIso: isoAt('10:05:20'),
  ageSec: 600,
  count: 96_412,
  source: 'platform',
  state: 'fresh',
  endsIso: isoAt('10:05:20'),
  triedIso: isoAt('10:05:20'),
  nextIso: isoAt('10:20:11'),
  fault: null,
  ...over,
})
