// Examples of devices that answer, and not as they should, and of pushes that were refused.
type Rows = readonly (readonly [key: string, words: string, isUrgent: boolean])[]
type LaneOf = (state: string, more?: object) => object

const lastIso = '2026-11-20T08:00:00+08:00'
const refusedPush = {
  count: 3,
  lastIso,
  what: 'pushNoText',
  head: 'POST /camera/exit/... | Content-Type: image/jpeg',
  isReadSince: false,
}
const wrong: Rows = [['device exit camera', '不是该有的应答', true]]
const silent: Rows = [['device exit camera', '没有应答', true]]

export const deviceExamples = (
  lane: LaneOf,
): readonly (readonly ['device' | 'pushRefused', object, Rows])[] => [
  ['device', lane('down', { heardMsAgo: 10, downMsAgo: 39_999 }), []],
  ['device', lane('down', { heardMsAgo: 10, downMsAgo: 40_000 }), wrong],
  ['device', lane('down', { heardMsAgo: 90_000, reason: 'credentials' }), wrong],
  ['device', lane('down', { heardMsAgo: 90_000, reason: 'garbage' }), wrong],
  ['device', lane('down', { heardMsAgo: 90_000, downMsAgo: 90_000 }), silent],
  ['device', lane('down', { heardMsAgo: 10, downMsAgo: 90_000, reason: 'held' }), []],
  ['device', lane('down', { heardMsAgo: 90_000, reason: 'pushRefused' }), []],
  ['pushRefused', lane('up'), []],
  [
    'pushRefused',
    lane('down', { refusedPush }),
    [['exit', 'POST /camera/exit/... | Content-Type', true]],
  ],
  [
    'pushRefused',
    lane('up', { refusedPush: { ...refusedPush, isReadSince: true } }),
    [['exit', '3 次', false]],
  ],
  [
    'pushRefused',
    lane('up', {
      refusedPush: { ...refusedPush, isReadSince: true, lastIso: '2026-11-01T08:00:00+08:00' },
    }),
    [],
  ],
]
