// A profile that would turn failures into paid charges, from a folder of support staff: verify finds it,
// import refuses it and the data folder is unchanged; a corrected version is imported.
import { existsSync, mkdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyOf, put } from '../../../profiles/shipped.ts'
import { Folder, run, words } from './kit.ts'

let folder: Folder
beforeEach(() => {
  folder = new Folder()
  mkdirSync(folder.at('lot'))
})
afterEach(() => folder.remove())

const profile = (money: string): Record<string, unknown> => {
  const one = Object.assign(copyOf('rsu/generic/regional-firmware'), { vendor: 'acme' })
  const { codes } = (one['codeLists'] as Record<string, { codes: object[] }>)['b5Error'] ?? {
    codes: [],
  }
  codes.forEach((code, i) => {
    if (i > 0) put(code as Record<string, unknown>, '/money', money)
  })
  return one
}

interface Finding {
  readonly code: string
  readonly file: string
  readonly pointer: string
  readonly value: string
  readonly what: { readonly zh: string }
}

it('is found, named and not taken', async () => {
  const path = folder.put('in/regional-firmware.json', profile('paid'))
  const verified = await run('verify', path)
  expect(verified.code).toBe(1)
  const findings = verified.json['findings'] as Finding[]
  expect(findings.map(({ code, value }) => `${code} ${value}`)).toContain('PROFILE-24 16 paid')
  expect(findings.every(({ pointer }) => pointer.startsWith('/codeLists/b5Error/codes/'))).toBe(
    true,
  )
  expect(findings[0]?.file).toContain('regional-firmware.json')
  expect(findings[0]?.what.zh).toMatch(/结果代码/)
  expect(await words('verify', path)).toContain('PROFILE-24')
  const brought = await run('import', path, '--data', folder.at('lot'))
  expect(brought.code).toBe(1)
  expect(existsSync(folder.at('lot', 'profiles'))).toBe(false)
})

it('is taken once it says unknown, but for an entry that would pay', async () => {
  const careful = profile('unknown')
  const path = folder.put('in/regional-firmware.json', careful)
  expect((await run('verify', path)).json).toMatchObject({ ok: true })
  expect((await run('import', path, '--data', folder.at('lot'))).code).toBe(0)
})
