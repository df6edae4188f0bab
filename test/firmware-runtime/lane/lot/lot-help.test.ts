// `help` in lot.json: what is accepted, and what is refused with its field.
// A lot file from before help calls existed has no such member.
import { expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'

const lot = bareLot({ mode: 'production' }) as object

const hook = { url: 'https://bell.example/lot/1', secret: 'bell' }

it('names a hook, a time and buttons, each of them or none', () => {
  const help = { hook, afterSec: 60, buttons: [{ lane: 'exit', link: 'tcp://192.0.2.7:502?di=2' }] }
  expect(checkLot({ ...lot, help }, 'lot.json').help).toEqual({
    ...help,
    hook: { ...hook, caFile: null },
  })
  expect(checkLot({ ...lot, help: {} }, 'lot.json').help).toEqual({})
  expect(checkLot(lot, 'lot.json').help).toBeUndefined()
})

it.each<[string, object, string, string]>([
  [
    'a name and password in its address',
    { hook: { ...hook, url: 'https://a:b@bell.example/' } },
    'LOT-02',
    '/help/hook/url',
  ],
  ['no secret', { hook: { url: hook.url } }, 'LOT-02', '/help/hook/secret'],
  ['a time of a second', { afterSec: 1 }, 'LOT-02', '/help/afterSec'],
  [
    'a lane that is not there',
    { buttons: [{ lane: 'x', link: 'tcp://h:502?di=1' }] },
    'LOT-02',
    '/help/buttons/0/lane',
  ],
  [
    'an input of the barrier',
    { buttons: [{ lane: 'exit', link: 'barrier:?di=4' }] },
    'LOT-03',
    '/help/buttons/0/link',
  ],
  [
    'no input',
    { buttons: [{ lane: 'exit', link: 'tcp://h:502' }] },
    'LOT-03',
    '/help/buttons/0/link',
  ],
])('is refused with %s', (_name, help, code, field) => {
  const fault = faultOf(() => checkLot({ ...lot, help }, 'lot.json'))
  expect(fault).toMatchObject({ code, detail: { file: 'lot.json', field } })
})

it('a demo calls nobody outside', () => {
  expect(() => checkLot({ ...lot, mode: 'demo', help: { hook } }, 'lot.json')).toThrow(/LOT-05/)
})
