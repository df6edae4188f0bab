// The calls of a demo; the dispatcher refuses them where there is none.
import type { ArgsOf } from '../api/table.ts'
import type { DemoState } from '../calls/demo.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** Controls of a demo; a real lot has none. */
export interface DemoControls {
  sendCar(args: ArgsOf<'demo.sendCar'>): Promise<{ plate: string }>
  network(up: boolean): Promise<{ up: boolean }>
  rsuSilent(laneId: string, on: boolean): Promise<{ on: boolean }>
  traffic(on: boolean): { on: boolean }
  /** Cuts the power after the answer was sent. */
  powerCut(): void
  state(): DemoState
}

export const demoCalls = defineCalls(
  (lot: Lot<'acts'> & { readonly demo: DemoControls | null }) => {
    const { acts } = lot
    const demo = needed(lot.demo, 'API-02', {})
    return {
      'demo.sendCar': (args) => {
        acts.lane(args.laneId)
        return demo().sendCar(args)
      },
      'demo.network': ({ up }) => demo().network(up),
      'demo.rsuSilent': ({ laneId, on }) => {
        const host = acts.lane(laneId)
        if (host.devices.rsu === null)
          throw new LaneFault('LANE-02', {
            field: '/laneId',
            value: laneId,
            note: t('那里没有天线', 'there is no antenna there'),
          })
        return demo().rsuSilent(laneId, on)
      },
      'demo.traffic': ({ on }) => demo().traffic(on),
      'demo.powerCut': () => {
        demo().powerCut()
        return { ok: true }
      },
      'demo.state': () => demo().state(),
    }
  },
)
