// The calls of an outage rehearsal: checked, audited with the row of its beginning, then cut. Absent: the links of the
// lot cannot be cut.
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { ExposureView } from '../../calls/rehearsal-views.ts'
import { exposureFen } from '../../pure/etc/offline.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'
import type { RehearsalRunner } from '../../lot/rehearsal-runner.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const minuteMs = 60_000

function mustOwn(role: Role, { mode }: Pick<LotConfig, 'mode'>): void {
  if (mode !== 'production' || mayDo(role, 'owner')) return
  throw new LaneFault('API-02', {
    field: '/name',
    value: role,
    note: t('需要权限 owner', 'needs owner'),
  })
}

function exposureOf(
  runtime: LotRuntime,
  { caps, offline }: Pick<LotConfig, 'caps' | 'offline'>,
): ExposureView {
  const { queue, lot, listAsOfMs } = runtime
  const nowMs = runtime.nowMs()
  const ageMin = (sinceMs: number | null): number | null =>
    sinceMs === null ? null : Math.max(0, Math.floor((nowMs - sinceMs) / minuteMs))
  const owed = [...lot.arrears.values()].filter(({ isPaid }) => !isPaid)
  return {
    exposureFen: exposureFen(queue, lot),
    uploads: queue.records.uploads,
    oldestAgeMin: ageMin(queue.records.oldestMs('upload')),
    listAgeMin: ageMin(listAsOfMs),
    caps,
    policy: offline,
    arrearsFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0),
    arrearsCount: owed.length,
  }
}

type RehearsalLot = Lot<'runtime' | 'config' | 'acts', { rehearsals: RehearsalRunner }>

export const rehearsalCalls = defineCalls((lot: RehearsalLot) => {
  const { runtime, config, acts } = lot
  const none = t('这里没有车道', 'no lane is running here')
  const there = needed(lot.rehearsals, 'REHEARSE-02', { note: none })
  return {
    'exposure.get': () => exposureOf(runtime, config),
    'rehearse.get': () => there().view(),
    'rehearse.begin': (args, role) => {
      mustOwn(role, config)
      const { cut, minutes } = args
      const laneId = there().laneOf(cut, args.laneId)
      const act = acts.of('rehearse.begin', args, role)
      return act.once(() => {
        const audit = act.row(`${cut} ${minutes} min`, laneId === null ? {} : { laneId })
        there().begin(cut, laneId, minutes * minuteMs, audit)
      })
    },
    ...acts.table({
      'rehearse.end': (_args, act) => {
        there().mustRun()
        act.audit()
        there().end()
      },
    }),
  }
})
