// A library that may catch what a callback throws gets turns alone. The made-up files below must be refused, which shows that
// the rule works; those beside them are lawful.
import { expect, it } from 'vitest'
import { callbackFaults } from './callbacks.ts'
import { readTree, treeOf } from './tree.ts'

const path = 'firmware-runtime/ledger/http/a.ts'
const rows = {
  mqtt: { catches: ['on', 'once', 'subscribe'] },
  ssh2: { catches: ['sftp'] },
  undici: { catches: ['open'] },
  pg: 'passes',
} as const
const faultsOf = (text: string): readonly string[] =>
  callbackFaults(treeOf({ [path]: text }), rows).filter((fault) => !fault.endsWith('not used'))
const mqtt = "import { connect } from 'mqtt'\n"

it('every callback of such a library is a turn', () => {
  expect(callbackFaults(readTree())).toEqual([])
})

it.each([
  ['a function in place', `${mqtt}made.on('message', (topic) => take(topic))`],
  ['a name that is no turn', `${mqtt}const take = (): void => go()\nmade.on('close', take)`],
  ['a method', `${mqtt}made.once('error', this.failed)`],
  ['the callback of a call', `${mqtt}made.subscribe('t', (error) => done(error))`],
  ['a library that is loaded late', "void import('mqtt')\nmade.on('close', () => end())"],
  ['another library', "import ssh2 from 'ssh2'\nclient.sftp((error, it) => done(it))"],
  ['undici', "import { Pool } from 'undici'\nopen(to, (error) => done(error))"],
  ['an unknown library', "import { wire } from 'some-new-library'\nwire()"],
])('refuses: %s', (_what, text) => {
  expect(faultsOf(text)).toHaveLength(1)
})

it.each([
  ['a turn', `${mqtt}made.on('message', asTurn((topic) => take(topic)))`],
  ['a named turn', `${mqtt}const take = asTurn(() => go())\nmade.on('close', take)`],
  ['nothing', `${mqtt}made.on('error', () => undefined)`],
  ['types alone', "import type { MqttClient } from 'mqtt'\nmade.on('close', () => end())"],
  [
    'an emitter of Node',
    "import { connect } from 'node:net'\nsocket.on('data', (chunk) => take(chunk))",
  ],
  ['a library that passes it on', "import pg from 'pg'\npool.on('error', (error) => take(error))"],
])('lets through: %s', (_what, text) => {
  expect(faultsOf(text)).toEqual([])
})

it('a row that no library has is refused', () => {
  expect(callbackFaults(treeOf({ [path]: "import pg from 'pg'" }), rows)).toHaveLength(3)
})
