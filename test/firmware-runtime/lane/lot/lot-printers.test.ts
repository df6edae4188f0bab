// Receipt printers in lot.json: what is accepted, and what is refused with its field; how a profile configures one.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { printerChoice } from '#devices/profiles/links.ts'
import { profileRefs } from '#devices/profiles/refs.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'

const lot = bareLot() as object

const link = 'tcp://127.0.0.1:9100'
const printer = (over: object = {}): object => ({ id: 'desk', link, ...over })

describe('printers of a lot', () => {
  it('are printed on when asked, with the whole plate, unless the file says otherwise', () => {
    const { printers } = checkLot({ ...lot, printers: [printer()] }, 'lot.json')
    expect(printers).toEqual([{ id: 'desk', link, prints: 'asked', plate: 'whole' }])
    expect(checkLot(lot, 'lot.json').printers).toBeUndefined()
  })

  it.each([
    link,
    `${link}?profile=generic/escpos-58mm`,
    'serial:/tmp/printer?baud=19200',
    'usblp:/tmp/printer?profile=generic/escpos-58mm',
  ])('are reached over %s', (url) => {
    const lanes = ['entry', 'exit']
    const one = printer({ link: url, lanes, prints: 'always', plate: 'none' })
    expect(checkLot({ ...lot, printers: [one] }, 'lot.json').printers).toMatchObject([{ lanes }])
  })

  it.each([
    ['another scheme', 'http://127.0.0.1', 'LOT-03'],
    ['a printer of USB without a place', 'usblp:lp0', 'LOT-03'],
    ['half a queue', 'usblp:\\\\desk', 'LOT-03'],
    ['a printer of USB in a demo', 'usblp:/dev/usb/lp0', 'LOT-05'],
    ['no port', 'tcp://127.0.0.1:0', 'LOT-03'],
    ['a model that is no name', `${link}?profile=x`, 'LOT-03'],
    ['a network in a demo', 'tcp://192.0.2.9:9100', 'LOT-05'],
  ])('are refused with %s', (_name, url, code) => {
    const fault = faultOf(() =>
      checkLot({ ...lot, printers: [printer({ link: url })] }, 'lot.json'),
    )
    expect(fault).toMatchObject({ code, detail: { file: 'lot.json', field: '/printers/0/link' } })
  })

  it.each<[string, object[], string, string]>([
    ['an id twice', [printer(), printer()], 'LOT-04', '/printers/1/id'],
    ['an id that is none', [printer({ id: 'A' })], 'LOT-02', '/printers/0/id'],
    ['a lane that is not there', [printer({ lanes: ['gate'] })], 'LOT-02', '/printers/0/lanes/0'],
    ['no lane', [printer({ lanes: [] })], 'LOT-02', '/printers/0/lanes'],
    ['another wish', [printer({ prints: 'never' })], 'LOT-02', '/printers/0/prints'],
  ])('are refused with %s', (_name, printers, code, field) => {
    const fault = faultOf(() => checkLot({ ...lot, printers }, 'lot.json'))
    expect(fault).toMatchObject({ code, detail: { file: 'lot.json', field } })
  })
})

describe('a profile of a printer', () => {
  const lookup = profilesIn(null)
  it('says how wide its paper is and whether it cuts', () => {
    expect(printerChoice(`${link}?profile=generic/escpos-58mm`, lookup)).toMatchObject({
      ok: true,
      value: {
        config: { columnsMax: 32, moduleDotsMax: 3, cuts: false },
        linkDefaults: { baud: '9600' },
      },
    })
    expect(printerChoice(link)).toEqual({ ok: true, value: { config: {}, linkDefaults: {} } })
  })

  it('is looked for among printers, and named with its place', () => {
    expect(printerChoice(`${link}?profile=generic/relay-board`, lookup).ok).toBe(false)
    const printers = [{ id: 'desk', link: `${link}?profile=a/b`, prints: 'asked', plate: 'none' }]
    const refs = profileRefs({ lanes: [], printers } as Parameters<typeof profileRefs>[0])
    expect(refs).toMatchObject([{ member: 'printer', field: '/printers/0/link', id: 'a/b' }])
  })
})
