// `etc-lane profile show | verify | import | sign | new | try | schema`: device profiles as files, checked before
// anything uses them. The output of each act is described in docs/cli.md.
import { publishedSchemas } from '../../profiles/schema.ts'
import { importAct } from './profile/import.ts'
import { newAct } from './profile/new.ts'
import { showAct } from './profile/show.ts'
import { signAct } from './profile/sign.ts'
import { tryAct } from './profile/try.ts'
import { verifyAct } from './profile/verify.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'

const schemaAct = act(['profile schema'], (_values, io) => {
  io.stdout(`${JSON.stringify(publishedSchemas()['profile.schema.json'], null, 2)}\n`)
  return 0
})

export const profileCommand = commandOf('profile', [
  showAct,
  verifyAct,
  importAct,
  signAct,
  newAct,
  tryAct,
  schemaAct,
])
