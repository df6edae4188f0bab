// people.json of a data folder and the pepper of its hashes, sealed to this machine beside the other keys.
// On another machine all secrets must be set anew before anybody can sign in; lanes run without it.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom } from '#base/time/system-clocks.ts'
import { secretHasher } from '#ledger/crypto/secret-hash.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import { peopleText, readPeople } from '../people/people-file.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import type { PeopleFile, SecretHasher } from '#ledger/ports/people.ts'
import { readText } from '#base/process/read-file.ts'

const purpose = 'people'
const pepperBytes = 32

function pepperOf(dir: string): Uint8Array {
  const file = join(dir, 'keys', 'people.key')
  const secret = machineSecret()
  const known = readSealed(file, purpose, secret)
  if (known !== null) return known
  const pepper = systemRandom().bytes(pepperBytes)
  writeSealed(file, pepper, purpose, secret)
  return pepper
}

interface PeopleFolder {
  readonly file: PeopleFile
  readonly hasher: SecretHasher
}

export function peopleFolder(dir: string): PeopleFolder {
  const file = join(dir, 'people.json')
  let pepper: Uint8Array | null = null
  return {
    hasher: secretHasher(() => (pepper ??= pepperOf(dir))),
    file: {
      read: () => (existsSync(file) ? readPeople(readText(file), file) : []),
      write(people) {
        orDiskFault({ file }, () => {
          mkdirSync(dir, { recursive: true, mode: 0o700 })
          writeWhole(file, peopleText(people))
        })
      },
    },
  }
}
