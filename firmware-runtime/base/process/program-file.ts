// The program's own file, built or as source, from which workers are started.
// A module of its own, so that starting a worker does not load the code of a lot.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { must } from '../pure/values/must.ts'

/** The program's own file: started again as the reading worker and as simulators. */
export function programFile(): string {
  const file = process.argv[1]
  must(file !== undefined, 'the program knows its own file')
  return file
}

/** Where Debian's package has its own Node. */
const packagedNode = '/usr/lib/etc-lane/node'
/** Its command by its whole path: an administrator's password is asked for this file, not for one of the same name. */
const packagedCommand = '/usr/bin/etc-lane'

/** What a person types to call this program: the command of the package, else its Node and its file. */
export const laneWords = ({
  node,
  program,
}: {
  readonly node: string
  readonly program: string
}): readonly string[] => (node === packagedNode ? ['etc-lane'] : [node, program])

/** The same for this process. Studio is no Node: its Windows package has the lanes beside it, on Linux they are a package. */
export function laneWordsHere(): readonly string[] {
  if (process.versions['electron'] === undefined)
    return laneWords({ node: process.execPath, program: resolve(programFile()) })
  const lanes = join(dirname(process.execPath), 'lanes')
  const node = join(lanes, 'node.exe')
  if (existsSync(node)) return [node, join(lanes, 'dist', 'runtime', 'main.mjs')]
  return [existsSync(packagedCommand) ? packagedCommand : 'etc-lane']
}
