// What a lane ran on last Tuesday, for tests of pages: a person changed one value, an editor another in the file.
// All names are invented.
import type { BeliefView } from '#lane/calls/lot-views.ts'

const said = (text: string) => ({ zh: text, en: text })
const opened = {
  atIso: '2026-01-02T08:00:00.000+08:00',
  by: '王师傅',
  reason: '开通',
  isEdited: false,
}
const byHand = {
  atIso: '2026-01-04T09:00:00.000+08:00',
  by: 'edited in the file',
  reason: 'lot.json',
  isEdited: true,
}
const changed = {
  atIso: '2026-01-05T10:00:00.000+08:00',
  by: '李师傅',
  reason: '扩建',
  isEdited: false,
}

export const beliefView = (over: Partial<BeliefView> = {}): BeliefView => ({
  version: opened,
  settings: [
    { key: '/capacity', what: { zh: '车位数', en: 'Spaces' }, value: said('60'), since: opened },
    {
      key: '/lanes/exit/barrier',
      what: { zh: '出口 道闸', en: 'Exit: barrier' },
      value: said('tcp://192.168.1.30:502'),
      since: byHand,
    },
  ],
  changes: [
    { what: { zh: '车位数', en: 'Spaces' }, before: said('60'), after: said('80'), since: changed },
    {
      what: { zh: '出口 道闸', en: 'Exit: barrier' },
      before: said('tcp://192.168.1.30:502'),
      after: null,
      since: byHand,
    },
  ],
  versions: [changed, byHand, opened],
  ...over,
})
