// The calls about booms that a test raised and left up, in a lot and in its set-up. A boom of a running lane is shown by its
// lane and lowered by the test of that lane, which a person watches.
import type { RaisedBoomView } from '../../calls/raised-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import type { RaisedBooms } from '../../hosts/raised-booms.ts'
import type { RaisedWatch } from '../lane/raised-watch.ts'
import type { Acts } from '#base/desk/handlers/act-table.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'

export interface BoomParts {
  readonly raised: RaisedBooms
  /** What the inputs of a running lane show; null: no such lane runs. */
  lane?(laneId: string): Pick<RaisedBoomView, 'position' | 'under' | 'isReached'> | null
}

const unseen = {
  position: 'unknown',
  under: 'unknown',
  isReached: false,
  isLowering: false,
  end: null,
} as const

interface BoomLot {
  readonly acts: Pick<Acts, 'table'>
  /** Absent: nothing is kept. */
  readonly booms?: BoomParts
  /** Absent: no set-up is possible here. */
  readonly setup?: { readonly booms: RaisedWatch }
}

export const boomCalls = defineCalls(({ acts, booms, setup }: BoomLot) => {
  const watch = booms && setup?.booms
  const viewOf = (boom: RaisedBoom): RaisedBoomView => {
    const seen =
      boom.of === 'lane' ? (booms?.lane?.(boom.laneId) ?? null) : (watch?.look(boom) ?? null)
    return { ...boom, ...unseen, ...seen }
  }
  function at(laneId: string): RaisedBoom {
    const boom = booms?.raised.at(laneId) ?? null
    if (boom !== null) return boom
    const note = t('这条车道的道闸不是测试升起的', 'no test raised the boom of this lane')
    throw new LaneFault('TEST-02', { field: '/laneId', value: laneId, note })
  }
  return {
    'booms.raised': () => ({ rows: (booms?.raised.list() ?? []).map(viewOf) }),
    ...acts.table({
      'booms.lower': ({ laneId }, act) => {
        const boom = at(laneId)
        if (boom.of === 'lane' || watch === undefined) {
          const note = t('车道在运行:用它的落杆测试', 'its lane runs: use the test that closes it')
          throw new LaneFault('TEST-02', { field: '/laneId', value: laneId, note })
        }
        watch.check(boom)
        act.audit(laneId)
        watch.lower(boom)
      },
      'booms.seenDown': ({ laneId }, act) => {
        const boom = at(laneId)
        const { position } = viewOf(boom)
        if (position !== 'unknown' && position !== 'closed') {
          const note = t('到位输入显示它没有落下', 'its input does not show it down')
          throw new LaneFault('TEST-02', { field: '/laneId', value: laneId, note })
        }
        act.audit(laneId)
        watch?.rest()
        booms?.raised.isDown(laneId)
      },
    }),
  }
})
