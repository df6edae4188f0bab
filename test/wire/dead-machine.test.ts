// A dead machine: its folder and its copies open on another one with the recovery key; a wrong key and a foreign or
// older copy are refused with a code without any change; and lost rows are listed.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { recoveryKeyOf, recoveryText } from '#base/secrets/recovery-key.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { queueCommand } from '#runtime/commands/queue.ts'
import { receiptCommand } from '#money/desk/commands/receipt.ts'
import { leftFen, stayPayments } from '#money/pure/billing/stay-payments.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { receiptKeyFile } from '#money/desk/receipt/receipt-key.ts'
import {
  BackupLot,
  cashCar,
  flipByte,
  ledgerIn,
  paidByEtc,
  printOf,
  receiptsIn,
  refusal,
  said,
  keyOf,
} from './kit/backup-lot.ts'

let lot: BackupLot
let stick: string
beforeEach(() => {
  lot = new BackupLot()
  stick = join(lot.root, 'stick')
  mkdirSync(lot.place)
})
afterEach(() => {
  vi.useRealTimers()
  lot.remove()
})

interface Verified {
  readonly ok: boolean
  readonly reason: string | null
}

const who = ['--by', 'owner', '--reason', 'test'] as const
const copies = (): string => join(lot.place, 'GX00077-n1')

const now = (...more: string[]) =>
  said(backupCommand, ['now', '--data', lot.dir, '--to', lot.place, ...more])

const restoreArgs = (dir: string, key: string, ...more: string[]): string[] => [
  ...['restore', '--data', dir, '--from', copies(), '--recovery-key', key],
  ...who,
  ...more,
]

describe('the folder of a dead machine', () => {
  it('is verified and exported by the recovery key alone, and left as it is', async () => {
    const key = await keyOf(lot, stick)
    lot.machineGone()
    expect(await refusal(ledgerCommand, ['verify', '--data', lot.dir])).toBe('SEAL-01')
    const before = printOf(lot.dir)
    const asked = ['--data', lot.dir, '--recovery-key', key]
    // 20 rows, and the row that records the new key.
    expect(await said(ledgerCommand, ['verify', ...asked])).toMatchObject({ ok: true, rows: 21 })
    const file = join(lot.root, 'out.jsonl')
    expect(await said(ledgerCommand, ['export', ...asked, '--file', file])).toMatchObject({
      ok: true,
    })
    expect(readFileSync(file, 'utf8')).toContain('row 19')
    expect(printOf(lot.dir)).toBe(before)
  })

  it('takes its queue along to a machine with the recovery key', async () => {
    const key = await keyOf(lot, stick)
    lot.machineGone()
    const args = ['drain', '--data', lot.dir, '--recovery-key', key, ...who]
    expect(await said(queueCommand, args)).toMatchObject({ ok: true, unsent: 0 })
    // It belongs to this machine now, and its ledger records that.
    expect(await said(ledgerCommand, ['verify', '--data', lot.dir])).toMatchObject({ ok: true })
    expect(secretStore(lot.dir, machineSecret()).read('cam')).toBe('Simulated1')
    const file = join(lot.root, 'out.jsonl')
    await said(ledgerCommand, ['export', '--data', lot.dir, '--file', file])
    expect(readFileSync(file, 'utf8')).toContain('backup.adopt')
  })

  it('X16 is refused to the key of another lot, to half a key and to rubbish, and nothing changes', async () => {
    await keyOf(lot, stick)
    const other = new BackupLot('GX00078')
    const foreign = await keyOf(other, join(lot.root, 'other'))
    lot.machineGone()
    const before = printOf(lot.dir)
    const rubbish = join(lot.root, 'rubbish.txt')
    writeFileSync(rubbish, 'no key')
    const drain = ['drain', '--data', lot.dir, '--by', 'x', '--reason', 'y', '--recovery-key']
    for (const args of [
      ['verify', '--data', lot.dir, '--recovery-key'],
      ['export', '--data', lot.dir, '--recovery-key'],
    ]) {
      expect(await refusal(ledgerCommand, [...args, foreign])).toBe('RECOVERY-02')
      expect(await refusal(ledgerCommand, [...args, rubbish])).toBe('RECOVERY-01')
    }
    expect(await refusal(queueCommand, [...drain, foreign])).toBe('RECOVERY-02')
    expect(printOf(lot.dir)).toBe(before)
    other.remove()
  })

  it('has one recovery key until a person replaces it; the one before opens nothing then', async () => {
    const first = await keyOf(lot, stick)
    const args = ['key', '--data', lot.dir, '--to', stick, ...who]
    expect(await refusal(backupCommand, args)).toBe('RECOVERY-04')
    const second = await keyOf(lot, stick, '--replace')
    const verify = ['verify', '--data', lot.dir, '--recovery-key']
    expect(await refusal(ledgerCommand, [...verify, first])).toBe('RECOVERY-02')
    expect(await said(ledgerCommand, [...verify, second])).toMatchObject({ ok: true })
  })

  it('opens by two shares from two files, and by no one of them', async () => {
    const key = await keyOf(lot, stick, '--split')
    const [one = '', two = ''] = key.split(',')
    const verify = ['verify', '--data', lot.dir, '--recovery-key']
    expect(await refusal(ledgerCommand, [...verify, one])).toBe('RECOVERY-01')
    expect(await said(ledgerCommand, [...verify, `${two},${one}`])).toMatchObject({ ok: true })
  })
})

describe('copies at a second place', () => {
  it('are refused without a recovery key: nobody could open them', async () => {
    const args = ['now', '--data', lot.dir, '--to', lot.place]
    expect(await refusal(backupCommand, args)).toBe('RECOVERY-05')
    expect(readdirSync(lot.place)).toEqual([])
  })

  it('are refused where the place is gone, which is never made anew', async () => {
    await keyOf(lot, stick)
    rmSync(lot.place, { recursive: true })
    expect(await refusal(backupCommand, ['now', '--data', lot.dir, '--to', lot.place])).toBe(
      'COPY-01',
    )
    expect(existsSync(lot.place)).toBe(false)
  })

  it('are whole first and then the rows since, and hold no word in plain', async () => {
    await keyOf(lot, stick)
    expect(await now()).toMatchObject({ headSeq: 21, rows: 21, file: '00001-base.etcseal' })
    expect(await now()).toMatchObject({ headSeq: 21, rows: 0, file: null })
    lot.rows(5)
    expect(await now()).toMatchObject({ headSeq: 26, rows: 5, file: '00002-rows.etcseal' })
    const test = ['test', '--data', lot.dir, '--to', lot.place]
    expect(await said(backupCommand, test)).toMatchObject({ ok: true, rows: 26 })
    for (const name of readdirSync(copies()).filter((one) => one.endsWith('.etcseal')))
      expect(readFileSync(join(copies(), name)).includes('SQLite')).toBe(false)
    expect(readdirSync(join(lot.dir, 'backup'))).toEqual(['copy-state.json'])
  })

  it('stop where the place is ahead of the ledger, until a person begins anew', async () => {
    await keyOf(lot, stick)
    const kept = join(lot.root, 'kept.db')
    copyFileSync(join(lot.dir, 'ledger.db'), kept)
    lot.rows(3)
    await now()
    for (const name of ['ledger.head', 'ledger.db-wal', 'ledger.db-shm'])
      rmSync(join(lot.dir, name), { force: true })
    copyFileSync(kept, join(lot.dir, 'ledger.db'))
    lot.rows(9)
    const before = printOf(copies())
    expect(await refusal(backupCommand, ['now', '--data', lot.dir, '--to', lot.place])).toBe(
      'COPY-05',
    )
    expect(printOf(copies())).toBe(before)
    expect(await now('--begin')).toMatchObject({ file: '00002-base.etcseal' })
  })

  it.each([
    ['a byte of the whole copy', '00001-base.etcseal', -40],
    ['a byte of the rows', '00002-rows.etcseal', 60],
    ['a byte of the folder', '00001-folder.etcseal', 100],
    ['a byte of the list', 'copies.jsonl', 30],
    ['the box', 'recovery.box', 50],
    ['the other box', 'recovery-2.box', 50],
  ])('show %s that was changed', async (_, name, at) => {
    await keyOf(lot, stick)
    await now()
    lot.rows(2)
    await now()
    flipByte(join(copies(), name), at)
    const test = ['test', '--data', lot.dir, '--to', lot.place]
    const told = { code: 'COPY-02', detail: { value: name, note: { zh: expect.any(String) } } }
    await expect(said(backupCommand, test)).rejects.toMatchObject(told)
  })
})

describe('a sealed copy on a machine that has nothing else', () => {
  const copyArgs = (verb: string, key: string, ...more: string[]): string[] => [
    ...[verb, '--copy', lot.place, '--recovery-key', key],
    ...more,
  ]

  it('is verified and exported by the recovery key alone, and left as it is', async () => {
    const key = await keyOf(lot, stick)
    await now()
    lot.rows(3)
    const { headHash } = (await now()) as { headHash: string }
    rmSync(lot.dir, { recursive: true })
    const before = printOf(lot.place)
    const verdict = await said(ledgerCommand, copyArgs('verify', key))
    expect(verdict).toMatchObject({ ok: true, rows: 24, headHash, chain: 'ok' })
    const file = join(lot.root, 'out.jsonl')
    await said(ledgerCommand, copyArgs('export', key, '--file', file))
    expect(readFileSync(file, 'utf8')).toContain('row 22')
    expect(printOf(lot.place)).toBe(before)
    expect(existsSync(lot.dir)).toBe(false)
  })

  it('is refused to another key, without one, beside a folder, and where it was changed', async () => {
    const key = await keyOf(lot, stick)
    await now()
    const other = new BackupLot('GX00078')
    const foreign = await keyOf(other, join(lot.root, 'other'))
    const scratch = join(lot.root, 'scratch')
    mkdirSync(scratch)
    vi.stubEnv('TMPDIR', scratch)
    const before = printOf(lot.place)
    expect(await refusal(ledgerCommand, copyArgs('verify', foreign))).toBe('RECOVERY-02')
    expect(await refusal(ledgerCommand, ['verify', '--copy', lot.place])).toBe('ARG-01')
    const both = copyArgs('export', key, '--data', lot.dir)
    expect(await refusal(ledgerCommand, both)).toBe('ARG-01')
    expect(printOf(lot.place)).toBe(before)
    flipByte(join(copies(), '00001-base.etcseal'), 200)
    expect(await refusal(ledgerCommand, copyArgs('verify', key))).toBe('COPY-02')
    expect(await refusal(ledgerCommand, ['verify', '--copy', scratch, '--recovery-key', key])).toBe(
      'FILE-01',
    )
    expect(readdirSync(scratch)).toEqual([])
    vi.unstubAllEnvs()
    other.remove()
  })
})

describe('docs/recovery-format.md', () => {
  const page = readFileSync('docs/recovery-format.md', 'utf8')
  const [, source = ''] = /```python\n([^`]+)```/.exec(page) ?? []

  /** The page's program, with this machine's Python, OpenSSL and SQLite. */
  function byThePage(text: string, place: string) {
    const script = join(lot.root, 'open.py')
    writeFileSync(script, source)
    const out = join(lot.root, 'page.db')
    const ran = spawnSync('python3', [script, text, place, out], { encoding: 'utf8' })
    return { code: ran.status, said: ran.stdout, why: ran.stderr }
  }

  it('opens the copies of a lot as the page says, and nothing that was changed or is of another', async () => {
    const key = await keyOf(lot, stick)
    await now()
    lot.rows(3)
    const last = (await now()) as { headHash: string }
    const text = /^(?:\w{4}-){15}\w{4}$/m.exec(readFileSync(key, 'utf8'))?.[0] ?? ''
    const done = byThePage(text, copies())
    expect(done.why).toBe('')
    expect(JSON.parse(done.said)).toEqual({ lotId: 'GX00077', rows: 24, head: last.headHash })
    const other = recoveryText(recoveryKeyOf())
    expect(byThePage(other, copies())).toMatchObject({ code: 1, said: '' })
    flipByte(join(copies(), '00002-rows.etcseal'), 70)
    expect(byThePage(text, copies())).toMatchObject({ code: 1, said: '' })
  })
})

describe('a new machine', () => {
  it('goes on from a copy: ledger, secrets and lot, sealed to it, with a row that says so', async () => {
    const key = await keyOf(lot, stick)
    await now()
    lot.rows(4)
    await now()
    const dir = join(lot.root, 'new')
    const restored = await said(backupCommand, restoreArgs(dir, key))
    expect(restored).toMatchObject({
      ok: true,
      rows: 25,
      lotId: 'GX00077',
      aside: null,
      lost: null,
    })
    // Who did it, gaps for receipts that the dead machine may have given, and where numbers continue.
    expect(await said(ledgerCommand, ['verify', '--data', dir])).toMatchObject({
      ok: true,
      rows: 28,
    })
    expect(secretStore(dir, machineSecret()).read('cam')).toBe('Simulated1')
    // Its own folder opens with the same recovery key.
    const verify = ['verify', '--data', dir, '--recovery-key', key]
    expect(await said(ledgerCommand, verify)).toMatchObject({ ok: true })
    expect(readdirSync(lot.root).filter((name) => name.includes('restoring'))).toEqual([])
  })

  it('gives no number again, and papers of the dead machine hold as far as they can', async () => {
    const key = await keyOf(lot, stick)
    const atMs = instantOfIso('2026-11-23T12:00:00+08:00')
    vi.setSystemTime(atMs)
    const known = await cashCar(lot.dir, atMs)
    await now()
    const lost = [await cashCar(lot.dir, atMs), await cashCar(lot.dir, atMs)]
    const dir = join(lot.root, 'new')
    await said(backupCommand, restoreArgs(dir, key))
    const fresh = [await cashCar(dir, atMs), await cashCar(dir, atMs)]
    const cars = [known, ...lost, ...fresh]
    expect(new Set(cars.flatMap(({ ids }) => ids)).size).toBe(15)
    expect(new Set(cars.map(({ no }) => no)).size).toBe(5)
    const ledger = ledgerIn(dir)
    const head = join(lot.root, 'head.json')
    const day = await receiptsIn(dir, ledger, atMs).day(Number(known.no.split('-')[0]))
    ledger.close()
    expect(day).toMatchObject({ amountFen: 1500, size: day.lost + 3 })
    writeFileSync(head, JSON.stringify(day))
    const key1 = ['--key', receiptKeyFile(dir), '--head', head]
    const verdicts = []
    for (const { text } of cars) {
      const { ok, reason } = (await said(receiptCommand, ['verify', text, ...key1])) as Verified
      verdicts.push([ok, reason])
    }
    const isLost = [true, 'lost']
    expect(verdicts).toEqual([[true, null], isLost, isLost, [true, null], [true, null]])
  })

  it('is told what is lost by the bill of the platform and the head of the dead machine', async () => {
    const key = await keyOf(lot, stick)
    paidByEtc(lot.dir, 'T2')
    await now()
    lot.rows(7)
    const bill = join(lot.root, 'bill.csv')
    const lines = ['T1,1200,0,2026-11-22T10:00:00+08:00', 'T2,2000,500,2026-11-22T09:00:00+08:00']
    const early = 'T2,2000,300,2026-11-22T09:00:00+08:00'
    writeFileSync(bill, ['outTradeNo,amountFen,refundFee,atIso', early, ...lines, ''].join('\n'))
    const head = join(lot.dir, 'ledger.head')
    const args = restoreArgs(join(lot.root, 'new'), key, '--bill', bill, '--head', head)
    expect(await said(backupCommand, args)).toMatchObject({
      lostRows: 7,
      lostFen: 1200,
      lost: [{ outTradeNo: 'T1', amountFen: 1200, why: 'absent' }],
      refundsTaken: [{ outTradeNo: 'T2', amountFen: 400 }],
    })
    const ledger = ledgerIn(join(lot.root, 'new'))
    const [paid] = stayPayments([...ledger.rows(0)])
    ledger.close()
    expect(paid?.refunds).toMatchObject([{ amountFen: 100 }, { amountFen: 400, state: 'success' }])
    expect(leftFen(present(paid, 'its payment'))).toBe(1500)
  })

  it('makes nothing where the bill or the old head cannot be read', async () => {
    const key = await keyOf(lot, stick)
    await now()
    const rubbish = join(lot.root, 'rubbish')
    writeFileSync(rubbish, 'no bill and no head')
    const fresh = join(lot.root, 'new')
    for (const name of ['--bill', '--head']) {
      const args = restoreArgs(fresh, key, name, rubbish)
      expect(await refusal(backupCommand, args)).toBe('FILE-01')
      expect(existsSync(fresh)).toBe(false)
    }
  })

  it('is found from the folder above it, unless two lots have copies there', async () => {
    const key = await keyOf(lot, stick)
    await now()
    const from = (to: string) => [
      ...['restore', '--data', join(lot.root, to), '--from', lot.place, '--recovery-key', key],
      ...who,
    ]
    expect(await said(backupCommand, from('new'))).toMatchObject({ ok: true, lotId: 'GX00077' })
    const other = new BackupLot('GX00078')
    await keyOf(other, join(lot.root, 'other'))
    await said(backupCommand, ['now', '--data', other.dir, '--to', lot.place])
    expect(await refusal(backupCommand, from('newer'))).toBe('ARG-01')
    expect(existsSync(join(lot.root, 'newer'))).toBe(false)
    other.remove()
  })

  it('X10 refuses an older copy over a ledger, and puts that aside where it is said', async () => {
    const key = await keyOf(lot, stick)
    await now()
    lot.rows(1)
    const before = printOf(lot.dir)
    expect(await refusal(backupCommand, restoreArgs(lot.dir, key))).toBe('COPY-04')
    expect(printOf(lot.dir)).toBe(before)
    const done = (await said(backupCommand, restoreArgs(lot.dir, key, '--accept', 'older'))) as {
      aside: string
    }
    expect(existsSync(join(done.aside, 'ledger.db'))).toBe(true)
    expect(await said(ledgerCommand, ['verify', '--data', lot.dir])).toMatchObject({ rows: 24 })
  })

  it('X09 refuses the copy of another lot over a lot, and a key of another lot, and changes nothing', async () => {
    const key = await keyOf(lot, stick)
    await now()
    const other = new BackupLot('GX00078')
    const foreign = await keyOf(other, join(lot.root, 'other'))
    const before = printOf(other.dir)
    expect(await refusal(backupCommand, restoreArgs(other.dir, key))).toBe('COPY-03')
    expect(await refusal(backupCommand, restoreArgs(join(lot.root, 'new'), foreign))).toBe(
      'RECOVERY-02',
    )
    expect(existsSync(join(lot.root, 'new'))).toBe(false)
    expect(printOf(other.dir)).toBe(before)
    other.remove()
  })

  it('refuses copies of which one is left out', async () => {
    const key = await keyOf(lot, stick)
    await now()
    lot.rows(1)
    await now()
    rmSync(join(copies(), '00001-base.etcseal'))
    expect(await refusal(backupCommand, restoreArgs(join(lot.root, 'new'), key))).toBe('COPY-02')
    expect(readdirSync(lot.root).filter((name) => name.includes('restoring'))).toEqual([])
  })
})
