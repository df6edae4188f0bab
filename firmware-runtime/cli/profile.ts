// `etc-lane profile show | verify | import | sign | new | try | schema`: device profiles as files, checked before anything uses them.
// What each act prints is in docs/cli.md.
import { publishedSchemas } from '../app/profiles/schema.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { CliIo } from './command.ts'
import { importAct } from './profile/import.ts'
import { newAct } from './profile/new.ts'
import { showAct } from './profile/show.ts'
import { signAct } from './profile/sign.ts'
import { tryAct } from './profile/try.ts'
import { verifyAct } from './profile/verify.ts'
import { commandOf, shown } from './acts.ts'

function schemaAct(args: readonly string[], io: CliIo): number {
  const [extra] = args
  if (extra !== undefined) throw new LaneFault('ARG-01', { value: extra, note: 'profile schema' })
  io.stdout(`${JSON.stringify(publishedSchemas()['profile.schema.json'], null, 2)}\n`)
  return 0
}

export const profileCommand = commandOf('profile', [
  shown(['profile show KIND/VENDOR/MODEL [--data DIR]'], showAct),
  shown(['profile verify FILE|DIR [--draft]'], verifyAct),
  shown(
    [
      'profile import FILE|DIR --data DIR [--dry-run] [--by NAME --reason TEXT]',
      'profile import --undo --data DIR [--by NAME --reason TEXT]',
    ],
    importAct,
  ),
  shown(['profile sign FILE --key PEM --cert PEM'], signAct),
  shown(
    ['profile new --kind K --from VENDOR/MODEL [--from-capture FILE --marks FILE] OUT'],
    newAct,
  ),
  shown(['profile try --from VARIANT --capture FILE [--marks FILE]'], tryAct),
  shown(['profile schema'], schemaAct),
])
