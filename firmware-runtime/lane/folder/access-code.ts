// The authorisation code of a lot at its platform (000 A.2.2 h), beside its certificates: sealed to this machine in a
// live lot.
// A plain file is sealed, read back and then removed; a rehearsal reads the simulator's plain file.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

export const accessCodeFiles = { plain: 'access.code', sealed: 'access.code.sealed' } as const

const purpose = 'access'
const codeShape = /^[A-Za-z0-9]{8,64}$/
const utf8 = new TextEncoder()

/** Throws CERT-01 for a file without a code. */
function plainCode(file: string): Uint8Array {
  const code = readText(file).trim()
  if (codeShape.test(code)) return utf8.encode(code)
  const note = t('不是 8 到 64 位字母和数字的授权码', 'no code of 8 to 64 letters and digits')
  throw new LaneFault('CERT-01', { file, note })
}

function sealedCode(certDir: string): Uint8Array | null {
  const plain = join(certDir, accessCodeFiles.plain)
  const sealed = join(certDir, accessCodeFiles.sealed)
  const secret = machineSecret()
  if (existsSync(plain)) {
    writeSealed(sealed, plainCode(plain), purpose, secret)
    if (readSealed(sealed, purpose, secret) !== null) removePath(plain)
  }
  return readSealed(sealed, purpose, secret)
}

/** Undefined when the envelope needs no code. Throws CERT-01 when it needs one that is missing. */
export function accessCodeOf(
  { envelope }: Pick<Dialect, 'envelope'>,
  certDir: string,
  isLive: boolean,
): Uint8Array | undefined {
  if (!envelope.needs.includes('code')) return undefined
  const plain = join(certDir, accessCodeFiles.plain)
  const code = !isLive && existsSync(plain) ? plainCode(plain) : sealedCode(certDir)
  if (code !== null) return code
  const note = t('没有平台给的授权码', 'the authorisation code of the platform is missing')
  throw new LaneFault('CERT-01', { file: plain, note })
}
