// The passport calls of the control API. Making one is an act: checked, audited, then written once.
// The slow work is done beside the hot thread (ports/passport-service.ts).
import { LaneFault } from '../core/values/faults.ts'
import type { ControlActs } from './control-acts.ts'
import type { PassportKeeper } from './passport/passport-keeper.ts'
import type { HandlersOf } from './dispatcher.ts'

type Calls = 'passport.facts' | 'passport.make' | 'passport.drift' | 'passport.file'

type PassportHandlers = HandlersOf<Calls>

/** `keeper` null: a lot in memory, which keeps no passports. */
export function passportHandlers(
  acts: ControlActs,
  keeper: PassportKeeper | null,
): PassportHandlers {
  const passports = (): PassportKeeper => {
    if (keeper === null) throw new LaneFault('PASSPORT-04', { note: 'no data folder' })
    return keeper
  }
  return {
    'passport.facts': (args) => passports().tables(args),
    'passport.make': async (args, role) => {
      let made: Promise<string | null> = Promise.resolve(null)
      const answer = acts.onDevice('passport.make', args, role, (audit) => {
        passports().check(args)
        audit(`passport.make ${args.laneId}`)
        made = passports().make(args)
      })
      return { ...answer, file: await made }
    },
    'passport.drift': (args) => passports().drift(args),
    'passport.file': (args) => passports().file(args),
  }
}
