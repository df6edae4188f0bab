// Sealing to the machine: what opens on this machine must not open on another.
// Machine identities are invented; files live in a temporary folder.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  machineSecret,
  windowsId,
  readSealed,
  seal,
  unseal,
  writeSealed,
} from '#base/secrets/machine-seal.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-seal-')

const here = 'a'.repeat(32)
const plain = Uint8Array.from({ length: 32 }, (_, i) => i)

describe('seal', () => {
  it('opens on the same machine for the same purpose', () => {
    expect(unseal(seal(plain, 'chain', here), 'chain', here)).toEqual(plain)
  })

  it('never gives the same text twice', () => {
    expect(seal(plain, 'chain', here)).not.toBe(seal(plain, 'chain', here))
  })

  it.each([
    ['another machine', 'chain', 'b'.repeat(32)],
    ['another purpose', 'client', here],
  ])('stays shut on %s', (_name, purpose, secret) => {
    expect(unseal(seal(plain, 'chain', here), purpose, secret)).toBeNull()
  })

  it('stays shut when any byte was altered, and when it is cut', () => {
    const bytes = Buffer.from(seal(plain, 'chain', here), 'base64')
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes)
      altered[i] = (altered[i] ?? 0) ^ 1
      expect(unseal(altered.toString('base64'), 'chain', here)).toBeNull()
    }
    expect(unseal(bytes.subarray(0, 40).toString('base64'), 'chain', here)).toBeNull()
    expect(unseal('', 'chain', here)).toBeNull()
  })
})

describe('sealed files', () => {
  it('are whole, private, and refused by name on another machine', () => {
    const file = join(dir, 'keys', 'chain.key')
    expect(readSealed(file, 'chain', here)).toBeNull()
    writeSealed(file, plain, 'chain', here)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('000102')
    expect(readSealed(file, 'chain', here)).toEqual(plain)
    expect(() => readSealed(file, 'chain', 'c'.repeat(32))).toThrow('SEAL-01')
  })
})

describe('machineSecret', () => {
  it('is the number that Windows keeps of itself, for every user of it', () => {
    const guid = '0A1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'
    const answer = `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\r\n    MachineGuid    REG_SZ    ${guid}\r\n`
    const own = join(dir, 'windows', 'machine.key')
    expect(machineSecret([], own, () => windowsId(answer))).toBe(guid.toLowerCase())
    expect(windowsId('ERROR')).toBeNull()
    // Without a machine id, an identity that the program generates is used.
    expect(machineSecret([], own, () => null)).toMatch(/^[0-9a-f]{64}$/)
  })
  it('takes the first id that is long enough, else one of its own that stays', () => {
    const id = join(dir, 'machine-id')
    const own = join(dir, 'config', 'machine.key')
    writeFileSync(id, `${'d'.repeat(32)}\n`)
    expect(machineSecret([join(dir, 'none'), id], own)).toBe('d'.repeat(32))
    writeFileSync(id, 'short\n')
    const made = machineSecret([id], own)
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(machineSecret([id], own)).toBe(made)
  })
})
