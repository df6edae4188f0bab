// Seeded mutations of imported files: profiles, their signatures, lists of revoked keys, captures
// and passports. Each is refused by a code with its place, or is what its author wrote; nothing throws.
import { describe, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openCertificate } from '#base/crypto/profile-signer.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'
import { judgeSignature, readRevocations, readSignature } from '#devices/profiles/signature.ts'
import { readCapture } from '#devices/frame-log/capture.ts'
import { replayCapture } from '#devices/frame-log/capture-replay.ts'
import { pasted } from '#devices/desk/workshop/paste.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openContainer, passportFile } from '#base/pure/passport/container.ts'
import { tableNames } from '#base/pure/passport/tables.ts'
import { Folder, makeSigner, run } from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { library, shipped } from '../firmware-runtime/devices/profiles/shipped.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mutant, seeded } from './mutator.ts'
import { sayFailingSeed, seed, textMutations } from './scale.ts'

sayFailingSeed()
const utf8 = new TextEncoder()
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Counts accepted files and files refused by one of these codes; rethrows anything else. */
function tried(
  good: readonly Uint8Array[],
  salt: number,
  codes: RegExp,
  take: (bytes: Uint8Array) => boolean,
  mutations = textMutations,
): { taken: number; refused: number } {
  const draw = seeded(seed + salt)
  const seen = { taken: 0, refused: 0 }
  for (let n = 0; n < mutations; n++) {
    const bytes = mutant(good[n % good.length] ?? new Uint8Array(0), draw)
    let taken: boolean
    try {
      taken = take(bytes)
    } catch (error) {
      if (!(error instanceof LaneFault) || !codes.test(error.code))
        throw new Error(`mutation ${n}: ${textOf(bytes).slice(0, 200)}`, { cause: error })
      taken = false
    }
    seen[taken ? 'taken' : 'refused']++
  }
  return seen
}

/** A complete check including meaning and examples: a hundred times the work of the text alone. */
function judged(bytes: Uint8Array): boolean {
  const { checked, findings } = readProfile(bytes, 'a.json', library.templates)
  if ((checked === null) !== findings.length > 0) throw new Error('neither refused nor taken')
  for (const { code, pointer, note } of findings) {
    expect(code).toMatch(/^(?:PROFILE|FILE)-\d\d$/)
    expect(`${pointer}${note}`).not.toBe('')
  }
  return checked !== null
}

describe('files under mutation', () => {
  it('a profile is refused with findings that have a place, or is one', () => {
    const ids = ['loop/generic/contact', 'rsu/soulin/parking', 'barrier/generic/modbus-relay']
    const good = ids.map((id) => utf8.encode(JSON.stringify(shipped(id).profile)))
    const seen = tried(good, 40, /^never$/, judged, textMutations / 5)
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 100)
  })
  it('JSON that the strict reader takes is JSON, and says the same', () => {
    const good = [...library.profiles.values()]
      .slice(0, 8)
      .map(({ source }) => utf8.encode(JSON.stringify(source)))
    const seen = tried(good, 41, /^FILE-02$/, (bytes) => {
      const value = readStrictJson(bytes, 'a.json')
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(textOf(bytes))))
      return true
    })
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 20)
  })

  it('a detached signature vouches for one content and one time alone', async () => {
    const folder = new Folder()
    try {
      const signer = makeSigner(folder, 'support')
      const crypto = openGmCrypto()
      const { source } = shipped('loop/generic/contact')
      const path = folder.put('contact.json', source as object)
      await run('sign', path, '--key', signer.key, '--cert', signer.cert)
      const text = readFileSync(`${path}.sig`, 'utf8')
      const { signedAtMs, signature } = readSignature(utf8.encode(text), 'a.sig')
      const judge = {
        certificate: (der: Uint8Array) => openCertificate(der, crypto),
        trusted: new Set<string>(),
        revoked: new Map<string, string>(),
      }
      let good = 0
      const seen = tried([utf8.encode(text)], 42, /^(?:FILE-02|PROFILE-17)$/, (bytes) => {
        const read = readSignature(bytes, 'a.sig')
        // Undamaged copies are all equal, and an SM2 check is a thousand times the work of reading.
        if (good > 100 && textOf(bytes) === text) return true
        const { state } = judgeSignature(source, read, judge)
        if (state === 'signed') {
          good++
          expect([read.signedAtMs, Buffer.from(read.signature).equals(signature)]).toEqual([
            signedAtMs,
            true,
          ])
        }
        return true
      })
      expect(good).toBeGreaterThan(50)
      expect(seen.refused).toBeGreaterThan(textMutations / 20)
    } finally {
      folder.remove()
    }
  })

  it('a list of revoked keys is whole or refused: what cannot be read revokes nothing', () => {
    const list = { version: 1, revoked: [{ fingerprint: 'A'.repeat(64), why: 'key lost' }] }
    const good = [utf8.encode(JSON.stringify(list))]
    const seen = tried(good, 43, /^(?:FILE-02|PROFILE-17)$/, (bytes) => {
      for (const print of readRevocations(bytes, 'r.json').keys())
        expect(print).toMatch(/^[0-9A-F]{64}$/)
      return true
    })
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 20)
  })

  it('a capture is read or refused with its line, as a file and as pasted text', () => {
    const head = {
      format: 'etc-lane capture',
      version: 1,
      device: 'rsu',
      variant: 'generic-ver',
      startedAtIso: '2026-11-20T09:30:15.000+08:00',
    }
    const lines = [
      head,
      { monoMs: 0, link: 'up' },
      { monoMs: 1.5, direction: 'in', hex: 'FFFF0001' },
      { monoMs: 2, timer: 'c0' },
      { monoMs: 3, command: { do: 'search', on: true } },
      { monoMs: 4, link: 'down', reason: 'cut' },
    ]
    const file = utf8.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const seen = tried([file], 44, /^WIRE-01$/, (bytes) => {
      let before = 0
      for (const { monoUs } of readCapture(textOf(bytes), 'c.jsonl').events) {
        if (monoUs < before) throw new Error('time goes back')
        before = monoUs
      }
      return true
    })
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 20)
    const hex = utf8.encode('# note\n12.5 ms > FF FF 00 01\n< FFFF08B2\nrx: 01-02-03\n')
    const text = tried([hex, file], 45, /^WIRE-01$/, (bytes) => {
      const { events } = pasted(textOf(bytes), 'generic-bcc')
      return events.every((one) => one.kind !== 'in' || one.bytes.length > 0)
    })
    expect(Math.min(text.taken, text.refused)).toBeGreaterThan(textMutations / 20)
  })

  it('a capture of any other device is replayed or refused, whatever stands in it', () => {
    const folder = join(import.meta.dirname, '../fixtures/captures')
    const boards = ['barrier-modbus-tcp', 'barrier-modbus-rtu', 'display-olm', 'sensors-modbus-rtu']
    const names = [...boards, 'camera-vz-tcp', 'camera-hikvision-pull', 'camera-dahua']
    const good = names.map((name) => {
      const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
        .trimEnd()
        .split('\n')
      const commandLines = lines.filter((line) => line.includes('"command"')).slice(0, 1)
      return utf8.encode([...lines.slice(0, 20), ...commandLines, lines.at(-1)].join('\n'))
    })
    const seen = tried(good, 46, /^WIRE-01$/, (bytes) => {
      const result = replayCapture(readCapture(textOf(bytes), 'c.jsonl'))
      return result.driver.matched <= result.driver.sent
    })
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 20)
  })

  it('nesting in a capture costs a line, not the program', () => {
    const deep = `{"monoMs":1,"command":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`
    const head =
      '{"format":"etc-lane capture","version":1,"device":"rsu","variant":"generic-ver","startedAtIso":"2026-11-20T09:30:15.000+08:00"}'
    expect(() => readCapture(`${head}\n${deep}\n`, 'c.jsonl')).toThrow(/WIRE-01/)
  })

  it('the container of a passport is whole or says which part is not', () => {
    const digest = 'A'.repeat(64)
    const database = utf8.encode('SQLite format 3\u0000 and so on')
    const tables = Object.fromEntries(tableNames.map((name) => [name, digest])) as Record<
      (typeof tableNames)[number],
      string
    >
    const good = passportFile(database, {
      claim: { bytes: database.length, database: digest, tables },
      signedAtMs: 1_795_138_215_000,
      certificate: Uint8Array.of(1, 2, 3),
      signature: Uint8Array.of(4, 5, 6),
    })
    const seen = tried([good], 46, /^never$/, (bytes) => {
      const opened = openContainer(bytes)
      if (!opened.ok) return false
      expect(opened.seal.claim.bytes).toBe(opened.database.length)
      return true
    })
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 50)
  })
})
