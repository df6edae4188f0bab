// Where the lane program lies that Studio starts in utility processes: in the application itself, or, for Windows, in the
// folder of the lanes beside it, which has the program for their service already (ADR 425).
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `dist`: of the application; `executable`: the program that Windows or Linux started. */
export function programFolder(dist: string, executable: string): string {
  const own = join(dist, 'runtime')
  if (existsSync(join(own, 'main.mjs'))) return own
  return join(dirname(executable), 'lanes', 'dist', 'runtime')
}
