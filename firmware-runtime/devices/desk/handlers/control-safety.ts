// The calls about leases and tests of devices: checked, audited, then carried out once. Absent: no device has a link;
// then nothing can be taken over.
import { t } from '#base/pure/words/fault-text.ts'
import { api, type ArgsOf } from '#runtime/api/table.ts'
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { HeldDevice, LeaseLimits } from '../../pure/lease/lease.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import type { DeviceLeases, TakeRequest } from '../hosts/device-leases.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { RaisedBooms } from '../../hosts/raised-booms.ts'
import type { DeviceTests, TestRequest } from '../hosts/device-tests.ts'

export interface SafetyParts {
  readonly holds: DeviceLeases
  readonly tests: DeviceTests
  /** Booms that tests left up. */
  readonly raised: RaisedBooms
  readonly lease: LeaseLimits & { readonly forMs: number }
  /** Called before a lane takes its device back. */
  readonly onTakeBack?: Set<(laneId: string, device: HeldDevice) => void>
}

type Own = () => SafetyParts

/** A boom lets cars out: a role that may not open a lane may not move a boom of a running lane. */
export function mustOpenLanes(role: Role, field: string, value: string): void {
  const { right } = api['lane.open']
  if (mayDo(role, right)) return
  throw new LaneFault('API-02', { field, value, note: t(`需要权限 ${right}`, `needs ${right}`) })
}

function holdHandlers(acts: ControlActs, own: Own) {
  const takeOf = (args: ArgsOf<'hold.take'>, role: Role): TakeRequest => ({
    id: args.commandId,
    taker: { by: args.by, role, reason: args.reason, program: args.program, pid: args.pid ?? null },
    forMs: args.forSec === undefined ? own().lease.forMs : args.forSec * 1000,
    wait: args.wait ?? true,
  })
  return {
    'hold.list': ({ laneId }: ArgsOf<'hold.list'>) => ({ rows: own().holds.list(laneId) }),
    'hold.keep': ({ laneId, device, holdId, moreSec }: ArgsOf<'hold.keep'>) =>
      own().holds.keep(laneId, device, holdId, moreSec === undefined ? null : moreSec * 1000),
    'hold.release': ({ laneId, device, holdId }: ArgsOf<'hold.release'>) => {
      own().holds.release(laneId, device, holdId)
      return { ok: true } as const
    },
    ...acts.table({
      'hold.take': (args, act) => {
        const { holds } = own()
        const { laneId, device, program } = args
        holds.check(laneId, device, takeOf(args, act.role))
        act.audit(`${device} ${program}`)
        holds.take(laneId, device, takeOf(args, act.role))
      },
      'hold.end': ({ laneId, device }, act) => {
        const { holds } = own()
        holds.mustBeHeld(laneId, device)
        act.audit(device)
        holds.end(laneId, device)
      },
    }),
  }
}

function testHandlers(acts: ControlActs, own: Own) {
  const testOf = (args: ArgsOf<'test.begin'>, role: Role): TestRequest => ({
    id: args.commandId,
    kind: args.kind,
    by: args.by,
    role,
    reason: args.reason,
    forMs: args.forSec === undefined ? null : args.forSec * 1000,
  })
  return {
    'test.keep': ({ laneId, testId }: ArgsOf<'test.keep'>) => own().tests.keep(laneId, testId),
    'test.stop': ({ laneId }: ArgsOf<'test.stop'>) => own().tests.stopTest(laneId),
    ...acts.table({
      'test.begin': (args, act) => {
        if (args.kind === 'open') mustOpenLanes(act.role, '/kind', args.kind)
        const { tests } = own()
        tests.check(args.laneId, testOf(args, act.role))
        act.audit(args.kind)
        tests.begin(args.laneId, testOf(args, act.role))
      },
    }),
  }
}

export const safetyCalls = defineCalls((lot: Lot<'acts', { safety: SafetyParts }>) => {
  const { acts } = lot
  const none = t('这里没有驱动任何设备', 'no devices are driven here')
  const own = needed(lot.safety, 'HOLD-04', { note: none })
  return {
    'safety.get': ({ laneId }) => {
      const { holds, tests } = own()
      const { state, barrierArmed, devices } = acts.lane(laneId)
      const { position, arrive, under } = state
      return {
        laneId,
        barrierArmed,
        hasBarrier: devices.barrier !== null,
        position,
        arrive,
        under,
        holders: holds.list(laneId),
        test: tests.view(laneId),
      }
    },
    ...holdHandlers(acts, own),
    ...testHandlers(acts, own),
  }
})
