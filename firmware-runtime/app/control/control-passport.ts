// The passport calls of the control API. Making one is an act: checked, audited, then written once. The slow work is
// done outside the lanes' thread (ports/passport-service.ts).
import { needed } from './no-folder.ts'
import type { ControlActs } from './control-acts.ts'
import type { DeviceVersions } from '../passport/device-versions.ts'
import type { PassportStore } from '../passport/passport-store.ts'
import type { ArgsOf, Role } from '../../api/table.ts'

/** `store` null: a lot in memory, which stores no passports. */
export function passportHandlers(
  acts: ControlActs,
  store: PassportStore | null,
  versions: DeviceVersions | null,
) {
  const passports = needed(store, 'PASSPORT-04')
  const known = needed(versions, 'PASSPORT-04')
  return {
    'passport.facts': (args: ArgsOf<'passport.facts'>) => passports().tables(args),
    'passport.make': async (args: ArgsOf<'passport.make'>, role: Role) => {
      let made: Promise<string | null> = Promise.resolve(null)
      const act = acts.of('passport.make', args, role)
      const answer = act.once(() => {
        passports().check(args)
        act.audit(args.laneId)
        made = passports().make(args)
      })
      return { ...answer, file: await made }
    },
    'passport.drift': (args: ArgsOf<'passport.drift'>) => passports().drift(args),
    'passport.file': (args: ArgsOf<'passport.file'>) => passports().file(args),
    'passport.versions': () => ({ rows: versions?.view() ?? [] }),
    ...acts.table({
      'passport.acceptVersion': ({ laneId, device, by }, act) => {
        const at = { laneId, device }
        known().mustDiffer(at)
        act.audit(known().words(at))
        known().accept(at, by)
      },
    }),
  }
}
