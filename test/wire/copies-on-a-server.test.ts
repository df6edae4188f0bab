// Copies of a lot on a real sshd by SFTP: the host key shown first is agreed to, only complete files count,
// each fault has its code, and an empty machine takes over from the server.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { holdPlace } from '#ledger/copies/holder.ts'
import { dropPhotos } from '#ledger/copies/photo-send.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { copyPlanOf } from '#ledger/desk/backup/copy-plan.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { laterFault } from '../kit/refusals.ts'
import { BackupLot, refusal, said } from './kit/backup-lot.ts'
import { Program } from './kit/live-program.ts'
import { hasSshServer, SshServer } from './kit/ssh-server.ts'

const who = ['--by', 'owner', '--reason', 'test'] as const

describe.skipIf(!hasSshServer)('copies on a server', () => {
  let server: SshServer
  let lot: BackupLot
  let key = ''
  const copies = (): string => join(server.place, 'GX00077-n1')
  const there = (): string[] => (existsSync(copies()) ? readdirSync(copies()).toSorted() : [])
  const list = (): string => readFileSync(join(copies(), 'copies.jsonl'), 'utf8')
  const now = (): Promise<unknown> => said(backupCommand, ['now', '--data', lot.dir])
  const test = (): Promise<unknown> => said(backupCommand, ['test', '--data', lot.dir])
  const refused = (verb = 'now'): Promise<string> =>
    refusal(backupCommand, [verb, '--data', lot.dir])

  /** Runs the command as a process, with the password on its stdin. */
  async function place(...more: string[]) {
    const args = ['backup', 'place', '--data', lot.dir, '--to', server.to(), ...who, '--json']
    const run = new Program([...args, ...more], [], 'pipe')
    run.child.stdin?.end(`${server.password}\n`)
    return { code: await run.ended, said: run.lines.at(-1), stderr: run.stderr }
  }

  beforeAll(async () => {
    server = await SshServer.start()
    lot = new BackupLot()
    const made = ['key', '--data', lot.dir, '--to', join(lot.root, 'stick'), ...who]
    const { files } = (await said(backupCommand, made)) as { files: string[] }
    key = files.join(',')
  })
  afterAll(async () => {
    lot.remove()
    await server.stop()
  })

  it('go there once its key was seen, and hold no password and no word in plain', async () => {
    const done = await place()
    expect(done.stderr).toContain(server.fingerprint)
    const { to, fingerprint: hostKey } = { to: server.to(), fingerprint: server.fingerprint }
    expect(done).toMatchObject({ code: 0, said: { ok: true, to, hostKey } })
    const config = JSON.parse(readFileSync(join(lot.dir, 'lot.json'), 'utf8')) as object
    expect(config).toMatchObject({ copies: { to, hostKey } })
    const names = readdirSync(lot.dir, { recursive: true, withFileTypes: true })
    for (const entry of names.filter((one) => one.isFile()))
      expect(readFileSync(join(entry.parentPath, entry.name)).includes(server.password)).toBe(false)
    expect(readdirSync(server.place)).toEqual([])

    expect(await now()).toMatchObject({ place: `${to}/GX00077-n1`, file: '00001-base.etcseal' })
    lot.rows(3)
    expect(await now()).toMatchObject({ rows: 3, file: '00002-rows.etcseal' })
    expect(await now()).toMatchObject({ rows: 0, file: null })
    expect(there()).toEqual([
      ...['00001-base.etcseal', '00001-folder.etcseal', '00002-rows.etcseal'],
      ...['copies.jsonl', 'recovery-2.box', 'recovery.box', 'recovery.json'],
    ])
    expect(await test()).toMatchObject({ ok: true, place: `${to}/GX00077-n1` })
    expect(readdirSync(join(lot.dir, 'backup'))).toEqual(['copy-state.json'])
  })

  it('have the photos behind the ledger, whose days go there when they are over', async () => {
    const photo = (day: string): string => `${day.replaceAll('-', '')}-080000-exit-1`
    for (const day of ['2026-03-01', '2026-03-02']) {
      mkdirSync(join(lot.dir, 'photos', day), { recursive: true })
      writeFileSync(join(lot.dir, 'photos', day, `${photo(day)}.jpg`), `of ${day}`)
    }
    const photos = { count: 2, left: 0, newestIso: '2026-03-02T08:00:00+08:00' }
    expect(await now()).toMatchObject({ photos })
    const { config } = loadLot(lot.dir)
    const plan = copyPlanOf(lot.dir, config, config.copies ?? { to: '' })
    expect(await dropPhotos(lot.dir, plan, '2026-03-01')).toMatchObject({ files: 1 })
    expect(readdirSync(join(copies(), 'photos'))).toEqual(['2026-03-02'])
    rmSync(join(lot.dir, 'photos', '2026-03-01'), { recursive: true })
    const file = join(copies(), 'photos', '2026-03-02', `${photo('2026-03-02')}.etcseal`)
    expect(readFileSync(file).includes('of 2026')).toBe(false)
  })

  it('stay whole where the link is cut in the middle, and the next copy goes on', async () => {
    lot.rows(40)
    const before = list()
    server.cutAfter = 12_000
    expect(await refused()).toBe('COPY-11')
    server.cutAfter = Infinity
    expect(list()).toBe(before)
    expect(await test()).toMatchObject({ ok: true })
    expect(await now()).toMatchObject({ rows: 40, file: '00003-rows.etcseal' })
    expect(there().filter((name) => name.endsWith('.part'))).toEqual([])
    expect(await test()).toMatchObject({ ok: true })
  })

  it('stay whole where the machine is killed while it sends', async () => {
    lot.rows(40)
    const before = list()
    const run = new Program(['backup', 'now', '--data', lot.dir])
    server.passed = (bytes) => {
      if (bytes > 9_000) run.child.kill('SIGKILL')
    }
    expect(await run.ended).toBeNull()
    server.passed = () => undefined
    expect(list()).toBe(before)
    expect(await test()).toMatchObject({ ok: true })
    expect(await now()).toMatchObject({ rows: 40, file: '00004-rows.etcseal' })
    expect(there().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('are refused by a server with another key, which is told no password', async () => {
    server.newHostKey()
    server.log = ''
    expect(await refused()).toBe('COPY-07')
    expect(await refused('test')).toBe('COPY-07')
    expect(server.log).not.toMatch(/password|authentic/i)
    const agreed = await place('--host-key', server.fingerprint)
    expect(agreed).toMatchObject({ code: 0, said: { hostKey: server.fingerprint } })
    expect(await test()).toMatchObject({ ok: true })
  })

  it('are refused with a code of their own each', async () => {
    const secrets = secretStore(lot.dir, machineSecret())
    secrets.write('copies', 'another')
    expect(await refused()).toBe('COPY-08')
    secrets.remove('copies')
    expect(await refused()).toBe('COPY-08')
    secrets.write('copies', server.password)

    chmodSync(copies(), 0o500)
    chownSync(copies(), 0, 0)
    expect(await refused()).toBe('COPY-09')
    chownSync(copies(), 64_500, 64_500)
    chmodSync(copies(), 0o700)

    lot.rows(2)
    const before = list()
    // Writes to this name meet a full disk.
    symlinkSync('/dev/full', join(copies(), '00005-rows.etcseal.part'))
    expect(await refused()).toBe('COPY-10')
    rmSync(join(copies(), '00005-rows.etcseal.part'))
    expect(list()).toBe(before)

    const file = join(lot.dir, 'lot.json')
    const kept = readFileSync(file, 'utf8')
    const with_ = (to: string): void =>
      writeFileSync(file, kept.replace(JSON.stringify(server.to()), JSON.stringify(to)))
    with_(server.to(join(server.place, 'absent')))
    expect(await refused()).toBe('COPY-09')
    with_('sftp://lot@127.0.0.1:1/copies')
    expect(await refused()).toBe('COPY-06')
    with_('sftp://lot:word@127.0.0.1/copies')
    expect(await refused()).toBe('LOT-02')
    writeFileSync(file, kept)
    expect(await now()).toMatchObject({ file: '00005-rows.etcseal' })
  })

  it('make a new machine go on, by the recovery key and the password', async () => {
    const dir = join(lot.root, 'new')
    const asked = ['--from', server.to(), '--recovery-key', key, ...who]
    const run = new Program(['backup', 'restore', '--data', dir, ...asked, '--json'], [], 'pipe')
    run.child.stdin?.end(`${server.password}\n`)
    expect(await run.ended).toBe(0)
    expect(run.stderr).toContain(server.fingerprint)
    const photos = { count: 1, notCopied: 0, damaged: [] }
    expect(run.lines.at(-1)).toMatchObject({ ok: true, lotId: 'GX00077', aside: null, photos })
    const back = { brought: 1, damaged: [], isEnded: true }
    expect(await said(backupCommand, ['photos', '--data', dir])).toMatchObject({ back })
    const photo = join(dir, 'photos', '2026-03-02', '20260302-080000-exit-1.jpg')
    expect(readFileSync(photo, 'utf8')).toBe('of 2026-03-02')
    expect(secretStore(dir, machineSecret()).names()).toEqual(['cam', 'copies'])
    expect(await said(ledgerCommand, ['verify', '--data', dir])).toMatchObject({ ok: true })
    expect(secretStore(dir, machineSecret()).read('copies')).toBe(server.password)
    expect(readdirSync(lot.root).filter((name) => name.includes('fetched'))).toEqual([])

    // The newest rows were cut: the earlier copies are fetched too, and one is offered.
    const newest = join(copies(), '00005-rows.etcseal')
    truncateSync(newest, statSync(newest).size - 20)
    const right = join(lot.root, 'right.txt')
    writeFileSync(right, `${server.password}\n`)
    const later = ['restore', '--data', join(lot.root, 'later'), ...asked, '--password', right]
    expect(await refusal(backupCommand, later)).toBe('COPY-12')
    const damaged = [{ file: '00005-rows.etcseal', why: 'cut' }]
    const taken = await said(backupCommand, [...later, '--accept-damaged'])
    expect(taken).toMatchObject({ copy: 4, damaged, left: [{ n: 5 }] })
    // The next copy is complete.
    expect(await now()).toMatchObject({ file: '00006-base.etcseal', mends: '00005-rows.etcseal' })

    const word = join(lot.root, 'word.txt')
    writeFileSync(word, 'another\n')
    const fresh = join(lot.root, 'newer')
    const again = ['restore', '--data', fresh, ...asked, '--password', word]
    expect(await refusal(backupCommand, again)).toBe('COPY-08')
    const other = [...again, '--host-key', `SHA256:${'A'.repeat(43)}`]
    expect(await refusal(backupCommand, other)).toBe('COPY-07')
    expect(existsSync(fresh)).toBe(false)
  })

  it('tell who has the lanes, where the server alone is known to both machines', async () => {
    const [taken, iso] = [join(lot.root, 'new'), '2026-03-04T08:00:00+08:00']
    const held = (dir: string) => {
      const { config } = loadLot(dir)
      return holdPlace(dir, copyPlanOf(dir, config, config.copies ?? { to: '' }), iso)
    }
    const number = (): unknown => JSON.parse(readFileSync(join(copies(), 'holder.json'), 'utf8'))
    const newer = ['now', '--data', taken]
    lot.rows(2)
    expect(await now()).toMatchObject({ file: '00007-rows.etcseal' })
    // The first access of the machine that took the lanes writes its number; the lost one finds it.
    expect(await held(taken)).toEqual({ formerIso: null })
    expect(number()).toMatchObject({ n: 1, by: 'owner' })
    expect((await laterFault(held(lot.dir))).code).toBe('COPY-15')
    expect(await refused()).toBe('COPY-15')
    expect(there()).toContain('former.json')
    expect(await held(taken)).toEqual({ formerIso: expect.any(String) })
    expect(await held(taken)).toEqual({ formerIso: null })
    // The lost one copied on before it knew.
    expect(await said(backupCommand, newer)).toMatchObject({ file: '00008-base.etcseal' })
    expect(there()).toContain('holder.json')
    // Given back by a person.
    await said(backupCommand, ['hold', '--data', lot.dir, ...who])
    expect(await held(lot.dir)).toEqual({ formerIso: null })
    expect(number()).toMatchObject({ n: 2 })
    expect(await refusal(backupCommand, newer)).toBe('COPY-15')
    // A number that no machine with the key of the copies wrote stops nobody.
    writeFileSync(join(copies(), 'holder.json'), JSON.stringify({ ...(number() as object), n: 9 }))
    expect(await held(lot.dir)).toMatchObject({ formerIso: expect.any(String) })
    expect(number()).toMatchObject({ n: 2 })
    expect(await now()).toMatchObject({ file: '00009-base.etcseal' })
    expect(await test()).toMatchObject({ ok: true })
  })
})
