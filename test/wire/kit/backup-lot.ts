// A small lot with a real ledger for tests of copies and recovery, and a way to make its folder one of a machine that
// is gone: every key in it is sealed to an identity that nobody has.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '../../../firmware-runtime/adapters/clocks/system-clocks.ts'
import { openGmCrypto } from '../../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import {
  machineSecret,
  readSealed,
  writeSealed,
} from '../../../firmware-runtime/adapters/secrets/machine-seal.ts'
import { secretStore } from '../../../firmware-runtime/adapters/secrets/secret-store.ts'
import { openLedger } from '../../../firmware-runtime/adapters/sqlite/ledger.ts'
import type { CliIo, Command } from '../../../firmware-runtime/cli/command.ts'
import { LaneFault } from '../../../firmware-runtime/core/values/faults.ts'
import { chainKeyOf } from '../../../firmware-runtime/runtime/folder/data-folder.ts'
import { lotOf, writeLot } from '../../../firmware-runtime/runtime/folder/lot-file.ts'

const none = new Map<string, string>()
const goneMachine = 'e'.repeat(64)

export class BackupLot {
  readonly root = mkdtempSync(join(tmpdir(), 'etc-lane-copies-'))
  readonly dir = join(this.root, 'lot')
  readonly place = join(this.root, 'place')
  private at = 0

  constructor(lotId = 'GX00077') {
    const name = { zh: '测试停车场', en: 'Test lot' }
    writeLot(
      this.dir,
      lotOf({
        mode: 'production',
        charge: 'card',
        offline: 'other-payment',
        layout: '7.1.1',
        rsu: none,
        camera: none,
        barrier: none,
        platform: 'later',
        capacity: 10,
        identity: { lotId, nodeId: 'n1', name },
      }),
      null,
    )
    this.rows(20)
    secretStore(this.dir, machineSecret()).write('cam', 'Simulated1')
  }

  rows(count: number): void {
    const { ledger } = openLedger({
      dir: this.dir,
      nodeId: 'n1',
      chainKey: chainKeyOf(this.dir, systemRandom()),
      crypto: openGmCrypto(),
      durability: 'full',
      version: 'test',
    })
    for (let i = 0; i < count; i++) {
      const detail = `row ${this.at}`
      ledger.append([{ kind: 'event', atMs: this.at++, body: { type: 'note', detail } }])
    }
    ledger.close()
  }

  /** The machine dies and its disk is carried to this one. */
  machineGone(dir = this.dir): void {
    for (const [name, purpose] of [
      ['chain.key', 'chain'],
      ['secrets/cam.sealed', 'secret:cam'],
    ] as const) {
      const file = join(dir, 'keys', name)
      const plain = readSealed(file, purpose, machineSecret())
      if (plain !== null) writeSealed(file, plain, purpose, goneMachine)
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** One command line; its answer. */
export async function said(command: Command, args: readonly string[]): Promise<unknown> {
  let out = ''
  const io: CliIo = {
    stdout: (text) => (out += text),
    stderr: () => undefined,
    json: true,
    onStop: () => undefined,
  }
  await command.run(args, io)
  return JSON.parse(out)
}

/** The fault of a command line, as its code. */
export async function refusal(command: Command, args: readonly string[]): Promise<string> {
  try {
    await said(command, args)
    return 'nothing was refused'
  } catch (error) {
    if (error instanceof LaneFault) return error.code
    throw error
  }
}

export function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file)
  const place = at < 0 ? bytes.length + at : at
  bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
