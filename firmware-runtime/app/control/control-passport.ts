// The passport calls of the control API. Making one is an act: checked, audited, then written once. The slow work is
// done outside the lanes' thread (ports/passport-service.ts).
import { needed } from './no-folder.ts'
import type { ControlActs } from './control-acts.ts'
import type { PassportStore } from '../passport/passport-store.ts'
import type { HandlersOf } from './dispatcher.ts'

type Calls = 'passport.facts' | 'passport.make' | 'passport.drift' | 'passport.file'

type PassportHandlers = HandlersOf<Calls>

/** `store` null: a lot in memory, which stores no passports. */
export function passportHandlers(acts: ControlActs, store: PassportStore | null): PassportHandlers {
  const passports = needed(store, 'PASSPORT-04')
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
