// Authorisation codes of accounts as files: made once, delivered with the certificates (000 A.2.2 d, h).
// `access.code` is the production one; each sandbox client has its own.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sandboxName } from '../certificates/cert-folder.ts'

export const accessCodeFile = 'access.code'

/** 32 letters and digits. */
export function accessCodeIn(dir: string, sandbox: string | null): string {
  const file = join(dir, sandbox === null ? accessCodeFile : `${sandboxName(sandbox)}.code`)
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(16).toString('hex').toUpperCase()}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
