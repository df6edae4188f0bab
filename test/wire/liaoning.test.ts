// An hour of a real car park in Liaoning over links: every charge by HTTPS through the access platform, with its real signature
// and authorisation proof, verified by another library; the money agrees in both books.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runProgram, theaterwall } from './kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

interface Result {
  readonly ok: boolean
  readonly passages: number
  readonly amountFen: number
  readonly pending: number
  readonly deductions: { readonly paid: number; readonly unknown: number }
  readonly ledger: { readonly paidFen: number }
  readonly platform: { readonly amountFen: number; readonly records: number }
  readonly invariants: { readonly violations: readonly unknown[] }
}

const folder = folderOfFile('etc-wire-21-')

const hour = ['--from', '2025-04-01T17:00:00+08:00', '--to', '2025-04-01T18:00:00+08:00']

it('an hour of theaterwall is charged and uploaded', async () => {
  const dir = join(folder, 'lot')
  const args = ['--wire', ...hour, '--charge', 'online', '--province', '21']
  const ran = await runProgram('replay', ...args, '--trace', theaterwall(folder), '--data', dir)
  expect(ran.code, `${ran.stderr} ${ran.stdout}`).toBe(0)
  const result = JSON.parse(ran.stdout) as Result
  expect(result).toMatchObject({ ok: true, pending: 0, deductions: { unknown: 0 } })
  expect(result.invariants.violations).toEqual([])
  expect(result.amountFen).toBeGreaterThan(0)
  expect(result.platform.amountFen).toBe(result.amountFen)
  expect(result.ledger.paidFen).toBe(result.amountFen)
  expect(result.platform.records).toBe(result.deductions.paid)
})
