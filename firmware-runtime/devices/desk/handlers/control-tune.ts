// The tune calls of the control API. Every act is checked first, audited, then carried out once. The loop itself is
// tune-runner.ts; a lane without an antenna has none (SET-04).
import type { ArgsOf } from '#runtime/api/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { rsuPresets } from '../../pure/rsu/presets.ts'
import type { DeviceLot } from './control-devices.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'
import type { LookFor, TuneRunner, TuneRequest } from '../../settings/tune-runner.ts'
import { tuneView } from '../../settings/tune-view.ts'
import type { ZoneGiven } from '../../pure/tune/attempts.ts'

interface LookArgs {
  readonly passes?: number | undefined
  readonly cars?: readonly string[] | undefined
  readonly listenSec: number
  readonly zone?: ZoneGiven | undefined
}

/** The parameters for the tune runner of a device. */
export const lookOf = (args: LookArgs): LookFor & { readonly zone: ZoneGiven } => ({
  passes: args.passes ?? null,
  cars: (args.cars ?? []).map((car) => car.toUpperCase()),
  listenMs: args.listenSec * 1000,
  zone: args.zone ?? null,
})

const requestOf = (args: ArgsOf<'tune.begin'>): TuneRequest => ({
  aim: args.aim,
  change: args.change ?? null,
  decide: args.decide ?? 'ask',
  bound: args.powerSteps ?? null,
  by: args.by,
  reason: args.reason,
  ...lookOf(args),
})

export const tuneCalls = defineCalls(({ acts, device }: DeviceLot) => {
  const tuneAt = (laneId: string): TuneRunner => {
    const tune = device(laneId)?.tune ?? null
    if (tune === null) throw new LaneFault('SET-04', { field: '/laneId', value: laneId })
    return tune
  }
  return {
    'tune.get': ({ laneId, powerSteps }) => tuneView(laneId, tuneAt(laneId), powerSteps ?? null),
    'tune.measure': ({ laneId, ...args }) => {
      tuneAt(laneId).measureOnly(lookOf(args))
      return { ok: true }
    },
    'tune.field': ({ laneId, points }) => {
      tuneAt(laneId).addField(points)
      return { ok: true }
    },
    ...acts.table({
      'tune.begin': (args, act) => {
        const tune = tuneAt(args.laneId)
        const { setting, old, new: value } = tune.check(requestOf(args))
        act.audit(`${args.aim} ${setting} ${old}->${value}`)
        tune.begin(args.commandId, requestOf(args))
      },
      'tune.decide': ({ laneId, keep, beside, by }, act) => {
        const tune = tuneAt(laneId)
        tune.mayDecide(keep, beside)
        act.audit(`${keep ? 'keep' : 'takeBack'}${beside === true ? ' beside' : ''}`)
        tune.decide(keep, by, beside)
      },
      'tune.undo': ({ laneId, commandId, by }, act) => {
        const tune = tuneAt(laneId)
        const { plan } = tune.mayUndo()
        act.audit(`${plan.setting} ${plan.new}->${plan.old}`)
        tune.undo(commandId, by)
      },
    }),
    'preset.list': () => ({ rows: rsuPresets }),
  }
})
