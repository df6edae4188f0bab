// `etc-lane receipt verify` and `explain check` on endless files and files of another kind: each is read up to its size
// limit. Valid and invalid receipts are tested where receipts are made.
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { explainCommand } from '#lane/desk/commands/explain.ts'
import { receiptCommand } from '#money/desk/commands/receipt.ts'
import { receiptJudge } from '#money/desk/receipt/receipt-key.ts'
import { refusal } from '../../../../wire/kit/backup-lot.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('etc-receipt-')

/** A sparse file of zeros. */
function zeros(name: string, bytes: number): string {
  const file = join(dir, name)
  writeFileSync(file, '')
  truncateSync(file, bytes)
  return file
}

// Generated with OpenSSL 3: a public key of SM2.
const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEjZJY+qQ4DS/UluqdgvpwNMPtBsnh
MkBfHGU1dyNcJQA9odLW/90KOUnhMSA2sQa8lb8HIfvc3Zn3mYTkEcOumA==
-----END PUBLIC KEY-----
`
const key = join(dir, 'key.pem')
writeFileSync(key, pem)

it('a receipt, a head and a car file are read up to their bounds', async () => {
  const long = zeros('long', 1_048_577)
  expect(await refusal(receiptCommand, ['verify', long, '--key', key])).toBe('FILE-01')
  expect(await refusal(receiptCommand, ['verify', 'text', '--head', long])).toBe('FILE-01')
  const car = zeros('car', 64 * 1_048_576 + 1)
  expect(await refusal(explainCommand, ['check', car, '--key', key])).toBe('FILE-01')
  expect(await refusal(explainCommand, ['check', key, '--key', key, '--head', long])).toBe(
    'FILE-01',
  )
})

it('a key beyond its bound is refused, not read in part', () => {
  expect(() => receiptJudge(key)).not.toThrow()
  const file = join(dir, 'behind.pem')
  writeFileSync(file, `${'x'.repeat(1_048_576)}\n${pem}`)
  expect(() => receiptJudge(file)).toThrowError(expect.objectContaining({ code: 'FILE-01' }))
})
