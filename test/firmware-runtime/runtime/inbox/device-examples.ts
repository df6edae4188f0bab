// Examples of devices that answer, and not as they should, of pushes that were refused, of times that are not understood, and
// of what watches spaces.
type Rows = readonly (readonly [key: string, words: string, isUrgent: boolean])[]
type LaneOf = (state: string, more?: object) => object

type Watching = (source: object, space?: object) => object

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
): readonly (readonly ['device' | 'pushRefused' | 'cameraTime', object, Rows])[] => [
  ...[
    [2, 'CAM-07', 'gestern', null],
    [3, 'CAM-07', 'gestern', '时间“gestern”(CAM-07)'],
    [9, 'CAM-07', '', '连续 9 个车牌,没有时间'],
    [3, 'CAM-08', lastIso, `时钟没有证实:连续 3 个车牌,时间“${lastIso}”`],
  ].map(([count, code, time, words]): readonly ['cameraTime', object, Rows] => [
    'cameraTime',
    lane('up', { undated: { count, code, time, sinceIso: lastIso } }),
    words === null ? [] : [[`exit ${lastIso}`, String(words), true]],
  ]),
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

export const watcherExamples = (
  watching: Watching,
): readonly (readonly ['watcher', object, Rows])[] => [
  ['watcher', { sources: [], spaces: [] }, []],
  ['watcher', watching({}), []],
  ['watcher', watching({ undated: 2 }), []],
  ['watcher', watching({ undated: 3 }), [['road undated', '连续 3 次', true]]],
  ['watcher', watching({ up: false }), [['road down', '联系不上', true]]],
  ['watcher', watching({ up: false, refused: 7 }), [['road down', '读不懂', true]]],
  ['watcher', watching({ refused: 7 }), []],
  ['watcher', watching({ doubt: 'turned' }), [['road turned', '泊位相机 road 被转动过', true]]],
  ['watcher', watching({ doubt: 'frozen' }), [['road frozen', '画面不动', true]]],
  [
    'watcher',
    watching({ up: false, isCamera: false }),
    [['road down', '泊位检测器 road 联系不上', true]],
  ],
  ['watcher', watching({}, { heardIso: null }), []],
  [
    'watcher',
    watching({}, { heardIso: '2026-11-20T06:58:00+08:00' }),
    [['road silent', '1 个泊位很久没有检测', false]],
  ],
  ['watcher', watching({}, { doubt: 'flips' }), [['A01 flips', '反复跳变', false]]],
  [
    'watcher',
    watching({}, { doubt: 'contradicted', contradictedIso: '2026-11-20T07:56:00+08:00' }),
    [],
  ],
  [
    'watcher',
    watching({}, { doubt: 'contradicted', contradictedIso: '2026-11-20T07:54:00+08:00' }),
    [['A01 contradicted', '两个检测器说法不同', false]],
  ],
]
