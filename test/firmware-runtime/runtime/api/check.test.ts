// Calls that change something are never answered from the folder of a stopped lot; such a call is refused with the reason.
// No act takes a text with characters that are not seen, but for files, passwords, keys and scanned codes.
import { expect, it } from 'vitest'
import { checkArgs, whyNotAtRest } from '#runtime/api/check.ts'
import { api, type ApiName } from '#runtime/api/table.ts'

const names = Object.keys(api) as ApiName[]

it('what changes the lot is refused with that reason', () => {
  for (const name of names) {
    expect(whyNotAtRest(name) === null, name).toBe(api[name].rest === 'folder')
    if (api[name].rest === null) expect(whyNotAtRest(name)?.en, name).toMatch(/^it changes the lot/)
  }
})

const who = { commandId: 'command-0001', by: '收费员', reason: '改正' }
const mend = (to: unknown) => ({ outboxId: 'n1-U1', members: { plateNum: to }, ...who })

it.each<[string, ApiName, (text: string) => object, string]>([
  ['a mended member', 'queue.mend', mend, '/members/plateNum'],
  ['a plate', 'lane.correctPlate', (plate) => ({ laneId: 'exit', plate, ...who }), '/plate'],
  ['an order', 'arrears.waive', (orderId) => ({ orderId, ...who }), '/orderId'],
  ['an item', 'day.end', (itemId) => ({ itemId, how: 'found', ...who }), '/itemId'],
  ['one of a list', 'inside.recount', (id) => ({ gone: ['n1-S1', id], ...who }), '/gone/1'],
  ['a path', 'list.take', (path) => ({ path, ...who }), '/path'],
])('refuses %s with characters that are not seen', (_name, call, args, field) => {
  for (const mark of ['\u0000', '\u0007', '\n', '\u007f', '\u0085', '\u200b', '\u202e', '\ufeff'])
    for (const text of [`测A${mark}1`, `${mark}测A1`, `测A1${mark}`])
      expect(checkArgs(call, args(text)), JSON.stringify(text)).toMatchObject({
        ok: false,
        wrong: { field },
      })
  for (const text of ['测A12345', 'Müller & Söhne', '停车 1 号', 'a"b\\c', '🚗'])
    expect(checkArgs(call, args(text)), text).toMatchObject({ ok: true })
})

it.each<[string, ApiName, object]>([
  ['a number', 'queue.mend', mend(3)],
  ['a member that goes', 'queue.mend', mend(null)],
  [
    'a table of lines',
    'members.import',
    { text: '\ufeffa,b\r\nc\td\n', digest: '0'.repeat(64), ...who },
  ],
  ['a scanned code', 'lane.payCode', { laneId: 'exit', code: '1300000\r\n', ...who }],
  ['a password', 'backup.place', { to: '/mnt/u', hostKey: null, password: 'a\tb', ...who }],
])('takes %s', (_name, call, args) => {
  expect(checkArgs(call, args)).toEqual({ ok: true, args })
})
