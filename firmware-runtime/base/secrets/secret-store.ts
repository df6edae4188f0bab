// Named secrets of a lot (passwords of its devices), each in its own file, sealed to the machine.
// lot.json has only their names, so that it can be copied, printed and mailed.
import { t } from '../pure/words/fault-text.ts'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { secretNameShape } from '../pure/data/secret-rules.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { readSealed, writeSealed } from './machine-seal.ts'
import { removePath } from '../files/held-path.ts'

/** The longest device password known is 64 characters. */
const secretBytesMax = 256
const suffix = '.sealed'

export interface SecretStore {
  names(): string[]
  /** Null when it is not set. Throws SEAL-01 when it was sealed elsewhere or is damaged. */
  read(name: string): string | null
  write(name: string, secret: string): void
  /** False when it did not exist. */
  remove(name: string): boolean
}

function checkName(name: string): string {
  if (secretNameShape.test(name)) return name
  const note = t('名称用 a-z、0-9 和短横,最多 32 个', 'a name is a-z, 0-9 and dashes, 32 at most')
  throw new LaneFault('ARG-01', { field: '--name', note })
}

export function secretStore(dir: string, machine: string): SecretStore {
  const folder = join(dir, 'keys', 'secrets')
  const fileOf = (name: string): string => join(folder, `${checkName(name)}${suffix}`)
  // The name is part of the purpose: a renamed file does not open as another secret.
  const purposeOf = (name: string): string => `secret:${name}`
  return {
    names: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((file) => file.endsWith(suffix))
            .map((file) => file.slice(0, -suffix.length))
            .filter((name) => secretNameShape.test(name))
            .sort()
        : [],
    read(name) {
      const plain = readSealed(fileOf(name), purposeOf(name), machine)
      return plain === null ? null : new TextDecoder().decode(plain)
    },
    write(name, secret) {
      const bytes = new TextEncoder().encode(secret)
      const hasControl = [...secret].some((char) => char < ' ' || char === '\u007f')
      if (bytes.length === 0 || bytes.length > secretBytesMax || hasControl) {
        const note = t(
          `须从标准输入给一行,1 到 ${secretBytesMax} 字节`,
          `one line of 1 to ${secretBytesMax} bytes is wanted on stdin`,
        )
        throw new LaneFault('ARG-01', { field: 'stdin', note })
      }
      writeSealed(fileOf(name), bytes, purposeOf(name), machine)
    },
    remove(name) {
      const file = fileOf(name)
      const there = existsSync(file)
      removePath(file, { force: true })
      return there
    },
  }
}
