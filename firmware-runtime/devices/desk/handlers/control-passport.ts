// The passport calls of the control API. Making one is an act: checked, audited, then written once. The slow work is
// done outside the lanes' thread (devices/ports/passport-service.ts).
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { DeviceVersions } from '../../passport/device-versions.ts'
import type { PassportStore } from '../../passport/passport-store.ts'

interface Own {
  readonly passports: PassportStore
  /** Absent: no device has a link. */
  readonly versions: DeviceVersions
}

export const passportCalls = defineCalls((lot: Lot<'acts', Own>) => {
  const passports = needed(lot.passports, 'PASSPORT-04')
  const known = needed(lot.versions, 'PASSPORT-04')
  const { acts } = lot
  return {
    'passport.facts': (args) => passports().tables(args),
    'passport.make': async (args, role) => {
      let made: Promise<string | null> = Promise.resolve(null)
      const act = acts.of('passport.make', args, role)
      const answer = act.once(() => {
        passports().check(args)
        act.audit(args.laneId)
        made = passports().make(args)
      })
      return { ...answer, file: await made }
    },
    'passport.drift': (args) => passports().drift(args),
    'passport.file': (args) => passports().file(args),
    'passport.versions': () => ({ rows: lot.versions?.view() ?? [] }),
    ...acts.table({
      'passport.acceptVersion': ({ laneId, device, by }, act) => {
        const at = { laneId, device }
        known().mustDiffer(at)
        act.audit(known().words(at))
        known().accept(at, by)
      },
    }),
  }
})
