// A start of a version on trial that is told to stop in its first moments: an ordered end whenever the signal comes. Real
// processes, stopped in the moment in which they use a file.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepSlots, keptSlots } from '#runtime/slots/slots-file.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { noSlots, switched } from '#runtime/pure/update/slots.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { noIo } from '../kit/run-command.ts'
import { nextProgram, placeScript, placeSlot, slotOf } from '../kit/slot-program.ts'
import { cleanUp, Program } from './kit/live-program.ts'

const dir = join(folderOfFile('etc-stops-'), 'lot')
const next = slotOf('99.0.1')
const script = slotOf('99.0.2')
const atIso = '2026-07-01T10:00:00.000+08:00'
const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
const onTrial = (slot: typeof next) => switched(noSlots, slot, { atIso, headSeq: 0 })

beforeAll(async () => {
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  await lotCommand.run(['init', '--data', dir, ...lot], noIo)
  placeSlot(dir, next, nextProgram(folderOfFile('etc-stops-next-'), next))
  placeScript(dir, script, "console.log(JSON.stringify({ is: 'slot' }))")
})
afterAll(cleanUp)

interface Stop {
  readonly at: string
  readonly signal: NodeJS.Signals
  readonly place: 'installed' | 'slot'
}

function stopped({ at, signal, place }: Stop): Program {
  const preload = new URL('./kit/stop-at.mjs', import.meta.url).href
  const env = [`NODE_OPTIONS=--import=${preload}`, `ETC_STOP_AT=${at}`, `ETC_STOP_WITH=${signal}`]
  return new Program(['run', '--data', dir], ['env', ...env, `ETC_STOP_IN=${place}`])
}
const isLocked = (): boolean => existsSync(join(dir, 'run', 'lock'))

const moments = [
  ['in its first lines', 'umask'],
  ['when it begins to read the lot', 'lot.json'],
  ['before its self-test', join('keys', 'chain.key')],
  ['while the ledger is opened', 'ledger.head'],
  ['while its API is opened', 'token.new'],
  ['while its addresses are written', 'runtime.json.new'],
]

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  describe('of the installed program, which chooses', () => {
    beforeEach(() => keepSlots(dir, onTrial(script)))
    it.each([
      ['in its first lines', 'umask'],
      ['before the start is noted', join('run', 'lock')],
      ['while it reads what runs', 'slots.json'],
      ['while the start is noted', 'slots.json.new'],
    ])('%s: nothing begins', async (_, at) => {
      const program = stopped({ at, signal, place: 'installed' })
      expect(await program.ended).toBe(0)
      expect(program.lines).toEqual([])
      expect(keptSlots(dir)).toEqual(onTrial(script))
      expect(isLocked()).toBe(false)
    })
  })

  describe('of the version on trial', () => {
    beforeEach(() => keepSlots(dir, onTrial(next)))
    it.each(signal === 'SIGTERM' ? moments : moments.slice(0, 3))(
      '%s: it stays on trial',
      async (_, at) => {
        const program = stopped({ at, signal, place: 'slot' })
        expect(await program.ended).toBe(0)
        expect(program.lines.filter(({ event }) => event === 'failed')).toEqual([])
        expect(keptSlots(dir)).toMatchObject({ active: next, openStart: null, last: null })
        expect(isLocked()).toBe(false)
      },
    )
  })
})

it('killed there it is a crash, and the next start takes it back', async () => {
  keepSlots(dir, onTrial(next))
  await stopped({ at: 'token.new', signal: 'SIGKILL', place: 'slot' }).ended
  expect(keptSlots(dir)).toMatchObject({ active: next, openStart: boot })
  const program = new Program(['run', '--data', dir])
  await program.ready()
  expect(keptSlots(dir)).toMatchObject({ active: null, last: { why: 'crashed' } })
  expect(await program.stop()).toBe(0)
})
