// Limits on times and counts of commands to an antenna with its own link: the control API's limits for a lane also
// apply here, and are checked before anything is opened. A trial must have an end.
import { readdirSync } from 'node:fs'
import { beforeEach, expect, it } from 'vitest'
import { rsuCommand } from '#devices/desk/commands/rsu.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

let state: string
beforeEach(() => (state = folderOfTest('etc-limits-')))

const never = (): never => expect.fail('nothing is opened')
const io = { stdout: never, stderr: never, onStop: never, json: true }
const who = ['--by', '装机员', '--reason', '试功率']
const place = ['--link', 'tcp://127.0.0.1:9?variant=generic-ver']

const verbs: Readonly<Record<string, readonly string[]>> = {
  apply: ['apply', '--set', 'powerStep=12', ...who],
  preset: ['preset', 'apply', 'long-zone', ...who],
  bundle: ['bundle', 'apply', '--preset', 'long-zone', ...who],
  tune: ['tune', '--aim', 'moreReads', ...who],
  attempts: ['attempts'],
}

it.each([
  ['apply', '--trial-sec', '0'],
  ['apply', '--trial-sec', '3601'],
  ['apply', '--trial-sec', '99999999999'],
  ['apply', '--trial-sec', '1.5'],
  ['preset', '--trial-sec', '3601'],
  ['bundle', '--trial-sec', '0'],
  ['tune', '--listen-sec', '1'],
  ['tune', '--listen-sec', '3301'],
  ['attempts', '--listen-sec', '0'],
  ['attempts', '--passes', '0'],
  ['attempts', '--passes', '501'],
])('%s %s %s is refused with field and value', async (verb, flag, value) => {
  const args = [...(verbs[verb] ?? []), ...place, '--state', state, flag, value]
  // Some verbs throw before they return a promise.
  const ran = Promise.resolve().then(() => rsuCommand.run(args, io))
  const fault = await ran.then(never, (error: unknown) => error)
  expect(fault).toBeInstanceOf(LaneFault)
  expect(fault).toMatchObject({ code: 'ARG-01', detail: { field: flag, value } })
  expect(readdirSync(state)).toEqual([])
})
