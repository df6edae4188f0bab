// The page /spaces: the parking spaces of the streets, what their watchers say of them and the cars that stand there.
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

type SpaceState = SpaceRow['state'] | 'over'

/** The ledger keeps a car in a space that is doubted: its state is unknown all the same. */
export const spaceStateOf = ({ state, stay }: SpaceRow): SpaceState =>
  state !== 'unknown' && stay?.overIso ? 'over' : state

export const page = {
  path: '/spaces/:thing?',
  place: 'devices',
  order: 65,
  title: t('泊位', 'Spaces'),
  also: t('车位检测 地磁 高位视频 路侧相机', 'Sensors cameras of spaces'),
  reads: 'spaces.list',
  needs: 'spaces',
  list: {
    keyOf: ({ spaceId }) => spaceId,
    testOf: ({ spaceId }) => `space-${spaceId}`,
    search: t('泊位号或车牌', 'Space or plate'),
    empty: {
      title: t('没有泊位', 'There are no spaces'),
      why: t(
        '开放式停车场在开通时写上路段和泊位;封闭式停车场接了车位检测器才有。',
        'An open car park names its streets and spaces in the set-up; an enclosed one has spaces where sensors watch them.',
      ),
    },
    columns: [
      ['space', t('泊位', 'Space'), ({ spaceId }) => spaceId, 'figures'],
      ['street', t('路段', 'Street'), ({ street }) => street],
      [
        'state',
        t('状态', 'State'),
        (row, words) =>
          row.doubt === null
            ? words.t(`spaces.is.${spaceStateOf(row)}`)
            : words.t(`spaces.doubt.${row.doubt}`),
        { tone: (row) => ({ warn: row.doubt !== null, bad: spaceStateOf(row) === 'over' }) },
      ],
      [
        'plate',
        t('车牌', 'Plate'),
        ({ stay }, { plate }) => (stay === null ? '' : plate(stay.plate)),
      ],
      [
        'entered',
        t('停放自', 'Parked since'),
        ({ stay }, words) => (stay === null ? '' : words.dateTime(stay.enteredAtIso)),
        'figures',
      ],
      [
        'due',
        t('至今应收', 'Due so far'),
        ({ stay }, words) => (stay === null ? '' : words.money(stay.dueFen)),
        { look: 'number', order: ({ stay }) => stay?.dueFen ?? -1 },
      ],
      [
        'since',
        t('状态始于', 'State since'),
        ({ sinceIso }, words) => (sinceIso === null ? '' : words.dateTime(sinceIso)),
        'figures',
      ],
      [
        'heard',
        t('最近一次检测', 'Last look'),
        ({ heardIso }, words) =>
          heardIso === null ? words.t('spaces.never') : words.dateTime(heardIso),
        'figures',
      ],
      [
        'by',
        t('检测器', 'Watched by'),
        ({ sourceId, isCamera, preset }, words) =>
          sourceId === ''
            ? ''
            : [
                `${words.t(isCamera ? 'spaces.camera' : 'spaces.sensor')} ${sourceId}`,
                ...(preset === null ? [] : [words.t('spaces.preset', { preset })]),
              ].join(' · '),
      ],
      ['acts'],
    ],
  },
} as const satisfies Page<'spaces.list'>
