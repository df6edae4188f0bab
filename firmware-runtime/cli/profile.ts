// `etc-lane profile show | verify | import | sign | new | try | schema`: device profiles as files, checked before anything uses them.
// What each act prints is in docs/cli.md.
import { publishedSchemas } from '../app/profiles/schema.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { CliIo, Command } from './command.ts'
import { importAct } from './profile/import.ts'
import { newAct } from './profile/new.ts'
import { showAct } from './profile/show.ts'
import { signAct } from './profile/sign.ts'
import { tryAct } from './profile/try.ts'
import { verifyAct } from './profile/verify.ts'

type Act = (args: readonly string[], io: CliIo) => number | Promise<number>

function schemaAct(args: readonly string[], io: CliIo): number {
  const [extra] = args
  if (extra !== undefined) throw new LaneFault('ARG-01', { value: extra, note: 'profile schema' })
  io.stdout(`${JSON.stringify(publishedSchemas()['profile.schema.json'], null, 2)}\n`)
  return 0
}

const acts: Readonly<Record<string, Act>> = {
  show: showAct,
  verify: verifyAct,
  import: importAct,
  sign: signAct,
  new: newAct,
  try: tryAct,
  schema: schemaAct,
}

export const profileCommand: Command = {
  async run(args, io) {
    const [verb = '', ...rest] = args
    const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined
    if (act === undefined)
      throw new LaneFault('ARG-01', { value: verb, note: `one of ${Object.keys(acts).join(', ')}` })
    return await act(rest, io)
  },
}
