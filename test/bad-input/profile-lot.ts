// A data folder with a lot, one good profile to import, and what must hold for every refusal:
// exit code 1, a fault code with cause and next step in both languages, and an unchanged folder.
import { expect } from 'vitest'
import { judgeFiles } from '#devices/desk/profile/service.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'
import { LaneFault, faultJson, whyIn } from '#base/pure/faults/faults.ts'
import { copyOf, put } from '../firmware-runtime/devices/profiles/shipped.ts'
import { Folder, run, type Said } from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { bareLot } from '../kit/bare-lot.ts'

export type Profile = Record<string, unknown>

export const acme = (changes: Profile = {}): Profile => {
  const profile = copyOf('rsu/soulin/parking') as Profile
  Object.assign(profile, { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
  return profile
}

export const textOf = (value: unknown): string => JSON.stringify(value)
const utf8 = new TextEncoder()

export class ProfileLot {
  readonly folder = new Folder()
  readonly dir = this.folder.at('lot')

  constructor() {
    const lot = bareLot({ capacity: 9 })
    writeLot(this.dir, lot, null)
  }

  file(content: string | Uint8Array | object = acme(), name = 'one.json'): string {
    return this.folder.put(`in/${name}`, content)
  }

  bring(path: string, ...more: string[]): Promise<Said> {
    return run('import', path, '--data', this.dir, ...more)
  }

  revision(id = 'acme/one'): number | null {
    const found = profilesIn(this.dir).find('rsu', id)
    return found.ok ? found.checked.profile.revision : null
  }

  /** Command line: refused with that code, and no byte of the folder has changed. */
  async refuses(code: string, path: string): Promise<{ value: string; note: string }> {
    const before = this.folder.print('lot')
    let found: { value: string; note: string }
    try {
      const { code: exit, json } = await this.bring(path)
      expect(exit, code).toBe(1)
      const all = json['findings'] as {
        code: string
        value: string
        note: string
        what: { zh: string; en: string }
        todo: { zh: string; en: string }
      }[]
      const one = all.find((finding) => finding.code === code)
      if (one === undefined) throw new Error(`no ${code} in ${JSON.stringify(all)}`)
      for (const text of [one.what, one.todo]) expect([text.zh, text.en]).not.toContain('')
      found = one
    } catch (fault) {
      if (!(fault instanceof LaneFault)) throw fault
      expect(fault.code).toBe(code)
      const { error } = faultJson(fault)
      expect([error.message, error.todo]).not.toContain('')
      found = { value: fault.detail.value ?? '', note: whyIn(fault.detail.note ?? '') }
    }
    expect(this.folder.print('lot')).toEqual(before)
    return found
  }

  /** Window: the file's verdict is `refused` with that code, and nothing is written. */
  refusedInWindow(code: string, files: Readonly<Record<string, string | Uint8Array | object>>) {
    const before = this.folder.print('lot')
    const held = Object.entries(files).map(([path, content]) => {
      const data = typeof content === 'string' || content instanceof Uint8Array
      const text = data ? content : textOf(content)
      const bytes = typeof text === 'string' ? utf8.encode(text) : text
      return { path, bytes, size: bytes.length }
    })
    const { files: verdicts } = judgeFiles(this.dir, held)
    const refused = verdicts.filter(({ verdict }) => verdict === 'refused')
    expect(refused.flatMap(({ findings }) => findings.map((one) => one.code))).toContain(code)
    expect(this.folder.print('lot')).toEqual(before)
    return refused
  }
}
