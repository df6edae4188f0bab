// The billing system of another maker (test/fixtures/foreign-billing.py) as a process: its keys, its day, the lines that it writes
// and its journal.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import type { UnderTest } from '../../kit/eventually.ts'
import type { Signing } from '../../kit/partner-kit.ts'
import { repository } from './program.ts'

export type Line = Readonly<Record<string, unknown>>

/** A partner with the certificate of the access system. */
export type BillingKeys = Pick<Signing, 'appid' | 'identity'> & { readonly accessPem: string }

export class PythonBilling implements UnderTest {
  readonly lines: Line[] = []
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>
  /** Killed when it has written so many lines. */
  killAt = Infinity
  private readonly child: ChildProcess
  private stderr = ''

  constructor(url: string, folder: string, day: readonly Line[], by: BillingKeys) {
    const { appid, identity, accessPem } = by
    writeFileSync(join(folder, 'key.pem'), identity.keyPem)
    writeFileSync(join(folder, 'cert.pem'), identity.certPem)
    writeFileSync(join(folder, 'access.pem'), accessPem)
    const dayFile = join(folder, 'day.jsonl')
    writeFileSync(dayFile, day.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const words = [
      join(repository, 'test/fixtures/foreign-billing.py'),
      ...[url, appid, folder],
      join(repository, 'docs/billing-interface.openapi.json'),
      ...[join(folder, 'journal.jsonl'), dayFile],
    ]
    const child = spawn('python3', words, { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stderr.on('data', (part: Buffer) => (this.stderr += part.toString()))
    createInterface({ input: child.stdout }).on('line', (text) => {
      this.lines.push(JSON.parse(text) as Line)
      if (this.lines.length === this.killAt) child.kill('SIGKILL')
    })
    this.child = child
    this.ended = once(child, 'close') as Promise<[number | null, string | null]>
  }

  async end(): Promise<readonly Line[]> {
    const wanted = this.killAt === Infinity ? [0, null] : [null, 'SIGKILL']
    expect(await this.ended, this.stderr).toEqual(wanted)
    return this.lines
  }

  stop(): void {
    this.child.kill('SIGKILL')
  }

  /** How it failed; null while it runs, after its day and after a kill. */
  died(): string | null {
    const { exitCode } = this.child
    return exitCode === null || exitCode === 0 ? null : `code ${exitCode}`
  }

  said(): string {
    return `${JSON.stringify(this.lines.slice(-3))} ${this.stderr}`
  }
}

/** The journal of the billing system: what it sent by number, and how each order and refund ended. */
export function journalIn(folder: string) {
  const text = readFileSync(join(folder, 'journal.jsonl'), 'utf8')
  const made = new Map<string, Line>()
  const state = new Map<string, string>()
  for (const line of text.trim().split('\n')) {
    const [kind, number, value] = JSON.parse(line) as [string, string, unknown]
    if (kind === 'made') made.set(number, value as Line)
    if (kind === 'state') state.set(number, value as string)
  }
  return { made, state }
}
