// Unsent records of a lot without a network travel on a stick, reach the platform from another machine, and its answers
// come back: sealed and signed, in any order, any number of times, and despite processes killed at any step.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backupCommand } from '#runtime/commands/backup.ts'
import { queueCommand } from '#runtime/commands/queue.ts'
import { BackupLot, flipByte, refusal, said } from './kit/backup-lot.ts'
import { cleanUp, Program, programFile, type Line } from './kit/live-program.ts'
import { startPlatform, TransferLot } from './kit/transfer-lot.ts'
import { eventually } from '../kit/eventually.ts'

let platform: Awaited<ReturnType<typeof startPlatform>>
let lot: TransferLot
beforeAll(async () => {
  platform = await startPlatform()
})
beforeEach(() => {
  lot = new TransferLot(platform)
})
afterAll(cleanUp)

const who = ['--by', 'owner', '--reason', 'no network'] as const
const cert = (): string => join(lot.certDir, 'client.pem')
const exportTo = (to = lot.stick, recipient = cert(), ...more: string[]): string[] => [
  ...['export', '--data', lot.dir, '--to', to, '--recipient', recipient],
  ...more,
]
const carryFrom = (from = lot.stick, pace = '0'): string[] => [
  ...['carry', '--from', from, '--cert', lot.certDir, '--lot', cert(), '--pace', pace],
]
const importFrom = (from = lot.stick): string[] => [
  ...['import', '--from', from, '--data', lot.dir],
  ...who,
]
const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith(end))
const fileIn = (folder: string, end: string): string => join(folder, filesIn(folder, end)[0] ?? '')

describe('records on a stick', () => {
  it('reach the platform once, and end in the lot by its own signed answers', async () => {
    lot.adds(5)
    expect(await said(queueCommand, exportTo())).toMatchObject({ records: 5, amountFen: 2000 })
    lot.online(false)
    const [out = ''] = filesIn(lot.stick, '.etcout')
    expect(readFileSync(join(lot.stick, out), 'utf8')).not.toContain('PGX00012L')
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true, open: 0 })
    expect((await lot.books()).map(({ requests }) => requests)).toEqual([1, 1, 1, 1, 1])
    // Carried twice, because somebody used the same stick again: nothing is sent twice.
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true })
    expect((await lot.books()).map(({ requests }) => requests)).toEqual([1, 1, 1, 1, 1])
    expect(lot.unsent()).toBe(5)
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 5, open: 0 })
    expect(lot.unsent()).toBe(0)
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 0, known: 5 })
    expect(lot.ends()).toHaveLength(5)
  })

  it('come back in any order: newer before older, one of them twice, one later', async () => {
    const sticks = [1, 2, 3].map((n) => join(lot.root, `stick-${n}`))
    for (const stick of sticks) {
      mkdirSync(stick)
      lot.adds(2)
      // Each export has the records unsent so far: the third has all six.
      await said(queueCommand, exportTo(stick))
    }
    lot.online(false)
    const [first = '', second = '', third = ''] = sticks
    for (const stick of [third, first, second, first]) await said(queueCommand, carryFrom(stick))
    expect(await lot.books()).toHaveLength(6)
    expect(await said(queueCommand, importFrom(second))).toMatchObject({ confirmed: 4, known: 0 })
    expect(await said(queueCommand, importFrom(first))).toMatchObject({ confirmed: 0, known: 2 })
    expect(await said(queueCommand, importFrom(third))).toMatchObject({ confirmed: 2, known: 4 })
    expect(lot.ends()).toEqual(Array(6).fill('confirmed'))
  })

  it('are carried by whoever has the recovery key, and by no other key', async () => {
    lot.adds(2)
    const keys = join(lot.root, 'keys')
    const made = ['key', '--data', lot.dir, '--to', keys, ...who]
    const { files } = (await said(backupCommand, made)) as { files: string[] }
    await said(queueCommand, exportTo(lot.stick, 'recovery'))
    const other = new BackupLot('GX00078')
    const foreign = ['key', '--data', other.dir, '--to', join(lot.root, 'foreign'), ...who]
    const { files: wrong } = (await said(backupCommand, foreign)) as { files: string[] }
    const carry = ['carry', '--from', lot.stick, '--pace', '0', '--recovery-key']
    expect(await refusal(queueCommand, [...carry, wrong.join()])).toBe('TRANSFER-02')
    expect(await refusal(queueCommand, carryFrom())).toBe('TRANSFER-02')
    expect(await lot.books()).toEqual([])
    expect(await said(queueCommand, [...carry, files.join()])).toMatchObject({ ok: true })
    expect(await lot.books()).toHaveLength(2)
    other.remove()
  })

  it('come back into a lot that runs, by its own service', async () => {
    lot.adds(2)
    await said(queueCommand, exportTo())
    await said(queueCommand, carryFrom())
    lot.online(false)
    const run = new Program(['run', '--data', lot.dir])
    await run.ready()
    const asked = { from: lot.stick, by: 'owner', reason: 'no network', commandId: 'back-0001' }
    expect(await run.call('queue.import', asked)).toMatchObject({ confirmed: 2, repeated: false })
    expect(await run.call('queue.import', asked)).toMatchObject({ known: 2, repeated: true })
    expect(await run.call('queue.status')).toMatchObject({ unsent: 0 })
    const to = join(lot.root, 'stick-of-a-run')
    const out = { ...asked, to, recipient: cert(), commandId: 'out-0001' }
    const { from: _, ...given } = out
    expect(await run.call('queue.export', given)).toMatchObject({ records: 0, files: [] })
    await run.stop()
  })

  it('stay open while the platform is away, and go on from there', async () => {
    lot.adds(4)
    await said(queueCommand, exportTo())
    const post = { at: 'POST /v1/etc/exit-charges', when: 'before', do: 'status', status: 503 }
    await lot.admin('POST', '/faults', { ...post, times: 100, skip: 0 })
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: false, open: 3 })
    await lot.admin('DELETE', '/faults')
    lot.online(false)
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 1 })
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true, open: 0 })
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 3, known: 1 })
  })
})

describe('a file that is not whole, or not the lot’s', () => {
  it.each([
    ['cut in the middle', (file: string) => cut(file)],
    ['with one other byte', (file: string) => flipByte(file, 900)],
  ])('%s is refused on its way out and back, and nothing changes', async (_, spoil) => {
    lot.adds(3)
    await said(queueCommand, exportTo())
    const out = fileIn(lot.stick, '.etcout')
    const whole = readFileSync(out)
    spoil(out)
    expect(await refusal(queueCommand, carryFrom())).toMatch(/TRANSFER-0[12]/)
    expect(await lot.books()).toEqual([])
    writeFileSync(out, whole)
    await said(queueCommand, carryFrom())
    lot.online(false)
    spoil(fileIn(lot.stick, '.etcback'))
    expect(await refusal(queueCommand, importFrom())).toBe('TRANSFER-01')
    expect(lot.unsent()).toBe(3)
  })

  it('of another lot is not sent, and what came back for it is left alone', async () => {
    lot.adds(1)
    await said(queueCommand, exportTo())
    const other = new TransferLot(await startPlatform())
    const strange = ['--cert', lot.certDir, '--lot', join(other.certDir, 'client.pem')]
    const carry = ['carry', '--from', lot.stick, '--pace', '0', ...strange]
    expect(await refusal(queueCommand, carry)).toBe('TRANSFER-02')
    expect(await lot.books()).toEqual([])
    await said(queueCommand, carryFrom())
    lot.online(false)
    const back = fileIn(lot.stick, '.etcback')
    const renamed = readFileSync(back, 'utf8').replaceAll('GX00012', 'GX00099')
    writeFileSync(join(lot.stick, 'other.etcback'), renamed)
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 1, others: 1 })
  })

  it('with an answer that the platform did not sign is refused as a whole', async () => {
    lot.adds(2)
    await said(queueCommand, exportTo())
    await said(queueCommand, carryFrom())
    lot.online(false)
    // This platform has another certificate, so none of its answers is accepted.
    const { certDir = '' } = await startPlatform()
    copyFileSync(join(certDir, 'platform.pem'), join(lot.certDir, 'platform.pem'))
    expect(await refusal(queueCommand, importFrom())).toBe('TRANSFER-03')
    expect(lot.unsent()).toBe(2)
  })
})

/** Starts a command to be killed; it may have ended by then, and its output is ignored. */
function begun(args: readonly string[]): { kill(): Promise<void> } {
  const child = spawn(process.execPath, [programFile, 'queue', ...args], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  return {
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

describe('a process that is killed', () => {
  it('at any record of carrying: the next run sends the rest, and each number counts once', async () => {
    lot.adds(5)
    await said(queueCommand, exportTo())
    for (const taken of [1, 4]) {
      const running = begun(carryFrom(lot.stick, '150'))
      await eventually(
        () => lot.books(),
        (rows) => rows.length >= taken,
      )
      await running.kill()
      expect(filesIn(lot.stick, '.new').length).toBeLessThanOrEqual(1)
    }
    lot.online(false)
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true, open: 0 })
    expect(await lot.books()).toHaveLength(5)
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: 5 })
  })

  it('and one that is asked to end says each record, keeps its answers and leaves the rest', async () => {
    lot.adds(5)
    await said(queueCommand, exportTo())
    const args = [...carryFrom(lot.stick, '400'), '--progress', '--json']
    const running = new Program(['queue', ...args])
    await running.line(({ event, done }) => event === 'carrying' && done === 2)
    expect(await running.stop()).toBe(1)
    const [first, second] = running.lines
    expect([first, second]).toEqual([1, 2].map((done) => ({ event: 'carrying', done, records: 5 })))
    const { open } = running.lines.at(-1) ?? {}
    expect(open).toBeOneOf([2, 3])
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true, open: 0 })
    expect(await lot.books()).toHaveLength(5)
  })

  it('while it takes answers back: what was taken stays, the rest is taken by the next', async () => {
    lot.adds(12)
    await said(queueCommand, exportTo())
    await said(queueCommand, carryFrom())
    lot.online(false)
    const running = begun(importFrom())
    await eventually(
      () => lot.unsent(),
      (unsent) => unsent < 12,
    )
    await running.kill()
    const left = lot.unsent()
    expect(await said(queueCommand, importFrom())).toMatchObject({ confirmed: left, open: 0 })
    expect(lot.ends()).toEqual(Array(12).fill('confirmed'))
  })

  it('while it writes the stick: a name is only there with a whole file behind it', async () => {
    lot.adds(3)
    const running = begun(exportTo())
    await eventually(
      () => readdirSync(lot.stick),
      (names) => names.length > 0,
    )
    await running.kill()
    cpSync(lot.stick, join(lot.root, 'as-it-was'), { recursive: true })
    await said(queueCommand, exportTo())
    for (const name of filesIn(join(lot.root, 'as-it-was'), '.etcout'))
      expect(filesIn(lot.stick, '.etcout')).toContain(name)
    expect(await said(queueCommand, carryFrom())).toMatchObject({ ok: true, open: 0 })
  })
})

describe('docs/transfer-format.md', () => {
  const page = readFileSync('docs/transfer-format.md', 'utf8')
  const [, source = ''] = /```python\n([^`]+)```/.exec(page) ?? []

  /** The page's program, with this machine's Python and OpenSSL. */
  function byThePage(...args: readonly string[]) {
    const script = join(lot.root, 'transfer.py')
    writeFileSync(script, source)
    const ran = spawnSync('python3', [script, ...args], { encoding: 'utf8' })
    const lines = ran.stdout.split('\n').filter((line) => line !== '')
    return {
      code: ran.status,
      why: ran.stderr,
      lines: lines.map((line) => JSON.parse(line) as Line),
    }
  }

  it('opens what goes out and what comes back, and nothing that was changed or is for another', async () => {
    lot.adds(2)
    await said(queueCommand, exportTo())
    await said(queueCommand, carryFrom())
    const [out, back] = [fileIn(lot.stick, '.etcout'), fileIn(lot.stick, '.etcback')]
    const key = join(lot.certDir, 'client.key.pem')
    const { lines, why } = byThePage(out, key, cert())
    expect(why).toBe('')
    const [head = {}, ...records] = lines
    expect(head).toMatchObject({ provinceCode: '4501', records: 2 })
    expect(records.map(({ op, send }) => [op, send])).toEqual([
      ['exitUpload', 'post'],
      ['exitUpload', 'post'],
    ])
    const answers = byThePage(back, String(head['backKey'])).lines
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.map((one) => one['businessNo'])).toEqual(records.map((one) => one['businessNo']))
    expect(byThePage(out, join(lot.certDir, 'platform.key.pem')).code).toBe(1)
    expect(byThePage(out, key, join(lot.certDir, 'platform.pem')).code).toBe(1)
    flipByte(out, 900)
    expect(byThePage(out, key, cert()).code).toBe(1)
  })
})

function cut(file: string): void {
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)))
}
