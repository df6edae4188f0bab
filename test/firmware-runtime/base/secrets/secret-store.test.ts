// Named secrets: what is written reads back on this machine, and opens neither elsewhere nor under another name.
// Files are readable by their user only; an invalid secret or name is refused without repeating it.
import { copyFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { secretStore } from '#base/secrets/secret-store.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-secrets-')
const here = 'a'.repeat(32)
const store = secretStore(dir, here)
const fileOf = (name: string): string => join(dir, 'keys', 'secrets', `${name}.sealed`)

describe('a secret', () => {
  it('comes back, is replaced, and is gone when it is removed', () => {
    expect([store.read('cam-exit'), store.names()]).toEqual([null, []])
    store.write('cam-exit', 'Abcd 1234 密码')
    expect([store.read('cam-exit'), store.names()]).toEqual(['Abcd 1234 密码', ['cam-exit']])
    store.write('cam-exit', 'other')
    expect(store.read('cam-exit')).toBe('other')
    expect([store.remove('cam-exit'), store.remove('cam-exit')]).toEqual([true, false])
    expect(store.names()).toEqual([])
  })
  it('is not in its file, which is for its user alone', () => {
    store.write('cam', 'Simulated1')
    expect(readFileSync(fileOf('cam'), 'latin1')).not.toContain('Simulated1')
    expect(statSync(fileOf('cam')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dir, 'keys', 'secrets')).mode & 0o777).toBe(0o700)
  })
  it('opens on no other machine and under no other name', () => {
    store.write('cam', 'Simulated1')
    expect(faultOf(() => secretStore(dir, 'b'.repeat(32)).read('cam')).code).toBe('SEAL-01')
    copyFileSync(fileOf('cam'), fileOf('other'))
    expect(faultOf(() => store.read('other')).code).toBe('SEAL-01')
    store.remove('other')
  })
})

describe('refused', () => {
  it.each(['', 'Cam', '../chain', 'a/b', 'a.b', '1a', `a${'b'.repeat(32)}`])(
    'the name %j',
    (name) => {
      for (const run of [
        () => store.read(name),
        () => store.write(name, 'x'),
        () => store.remove(name),
      ])
        expect(faultOf(run)).toMatchObject({ code: 'ARG-01', detail: { field: '--name' } })
    },
  )
  it.each([[''], ['a\nb'], ['a\u0000'], ['a\u007f'], ['x'.repeat(257)]])(
    'the secret %j',
    (secret) => {
      const fault = faultOf(() => store.write('cam', secret))
      expect(fault).toMatchObject({ code: 'ARG-01', detail: { field: 'stdin' } })
      if (secret !== '') expect(JSON.stringify(fault.detail)).not.toContain(secret)
    },
  )
})
