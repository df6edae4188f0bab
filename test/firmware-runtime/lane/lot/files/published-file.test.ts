// `published` of lot.json: where the interface to billing systems may listen, and who may use it.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { bareExit, bareLot } from '../../../../kit/bare-lot.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const partner = { id: 'PARKSOFT', certFile: '/keys/parksoft.pem', rights: ['orders'] }
const usual = { host: '127.0.0.1', port: 8443, certDir: '/keys/own', partners: [partner] }
const tls = { keyFile: '/keys/tls.key', certFile: '/keys/tls.pem' }
const exitAlone = { ...bareExit, layout: '7.1.1', rsu: 'tcp://127.0.0.1:9?variant=generic-bcc' }
const lot = (published: object, mode = 'demo') => ({ ...bareLot(), mode, published })

describe('accepted', () => {
  it.each([
    ['the loopback', usual],
    ['another address of the loopback, with HTTPS', { ...usual, host: '127.1.2.3', ...tls }],
    [
      'two partners, one without a right',
      { ...usual, partners: [partner, { ...partner, id: 'B', rights: [] }] },
    ],
    ['free spaces', { ...usual, web: true, partners: [{ ...partner, rights: ['spaces'] }] }],
  ])('%s', (_, published) => {
    expect(checkLot(lot(published), 'lot.json').published).toEqual(published)
  })

  it('a lot without it', () => {
    expect(checkLot(bareLot(), 'lot.json').published).toBeUndefined()
  })
})

describe('refused', () => {
  it.each([
    ['a card in a demo', { ...usual, host: '192.0.2.1', ...tls }, 'LOT-05', 'host', '192.0.2.1'],
    ['half of HTTPS', { ...usual, keyFile: '/keys/tls.key' }, 'LOT-02', 'certFile', ''],
    ['the other half', { ...usual, certFile: '/keys/tls.pem' }, 'LOT-02', 'keyFile', ''],
    [
      'a partner twice',
      { ...usual, partners: [partner, partner] },
      'LOT-02',
      'partners/1/id',
      'PARKSOFT',
    ],
    [
      'a right twice',
      { ...usual, partners: [{ ...partner, rights: ['orders', 'orders'] }] },
      'LOT-02',
      'partners/0/rights/1',
      'orders',
    ],
    [
      'a right that is none',
      { ...usual, partners: [{ ...partner, rights: ['all'] }] },
      'LOT-02',
      'partners/0/rights/0',
      '"all"',
    ],
    [
      'free spaces of a lot that sees no car come in',
      { ...usual, partners: [partner, { ...partner, id: 'B', rights: ['orders', 'spaces'] }] },
      'LOT-02',
      'partners/1/rights/1',
      'spaces',
    ],
    [
      'a web page of a lot that sees no car come in',
      { ...usual, web: true },
      'LOT-02',
      'web',
      'true',
    ],
    ['no partner', { ...usual, partners: [] }, 'LOT-02', 'partners', '[]'],
    [
      'an id with a dash',
      { ...usual, partners: [{ ...partner, id: 'PARK-1' }] },
      'LOT-02',
      'partners/0/id',
      '"PARK-1"',
    ],
    ['a port of the system', { ...usual, port: 443 }, 'LOT-02', 'port', '443'],
    ['a host name', { ...usual, host: 'localhost' }, 'LOT-02', 'host', '"localhost"'],
    ['no certDir', { ...usual, certDir: undefined }, 'LOT-02', 'certDir', ''],
    ['an unknown member', { ...usual, secret: 'x' }, 'LOT-02', 'secret', '"x"'],
  ])('%s', (_, published, code, member, value) => {
    const fault = faultOf(() => checkLot({ ...lot(published), lanes: [exitAlone] }, 'lot.json'))
    expect([fault.code, fault.detail]).toMatchObject([
      code,
      { file: 'lot.json', field: `/published/${member}`, value },
    ])
  })

  it('a card without HTTPS in a real lot', () => {
    const fault = faultOf(() =>
      checkLot(lot({ ...usual, host: '192.0.2.1' }, 'production'), 'lot.json'),
    )
    expect([fault.code, fault.detail.field]).toEqual(['LOT-02', '/published/keyFile'])
  })
})

describe('a lane whose orders a partner sends', () => {
  const exit = { ...bareExit, rsu: 'tcp://127.0.0.1:9?variant=generic-bcc' }
  const lotOfLanes = (published: object | undefined, ...ids: string[]) => ({
    ...bareLot(),
    lanes: ids.map((ordersFrom, i) => ({ ...exit, id: `exit${i}`, ordersFrom })),
    ...(published === undefined ? {} : { published }),
  })
  const two = { ...usual, partners: [partner, { ...partner, id: 'b2' }] }

  it.each([
    ['upper case', usual, ['PARKSOFT']],
    ['lower case with a digit', two, ['b2']],
    ['two partners, a lane each', two, ['PARKSOFT', 'b2']],
  ])('accepted: %s', (_, published, ids) => {
    const { lanes } = checkLot(lotOfLanes(published, ...ids), 'lot.json')
    expect(lanes.map(({ ordersFrom }) => ordersFrom)).toEqual(ids)
  })

  it.each([
    ['a lot without `published`', undefined, ['PARKSOFT'], 0, 'PARKSOFT'],
    ['one that is no partner', usual, ['ACME'], 0, 'ACME'],
    ['the id in another case', usual, ['parksoft'], 0, 'parksoft'],
    ['one in the second lane', usual, ['PARKSOFT', 'b2'], 1, 'b2'],
    ['no id of a partner', usual, ['park-soft'], 0, '"park-soft"'],
  ])('refused: %s', (_, published, ids, lane, value) => {
    const fault = faultOf(() => checkLot(lotOfLanes(published, ...ids), 'lot.json'))
    expect([fault.code, fault.detail]).toMatchObject([
      'LOT-02',
      { file: 'lot.json', field: `/lanes/${lane}/ordersFrom`, value },
    ])
  })
})

describe('areas', () => {
  const lanes = ['north', 'south', undefined].map((area, i) => ({
    ...bareExit,
    id: `in${i}`,
    direction: 'entry',
    ...(area === undefined ? {} : { area }),
  }))
  const inLot = (...areas: (readonly [string, number])[]) => ({
    ...bareLot({ capacity: 20 }),
    lanes: [...bareLot().lanes, ...lanes],
    areas: areas.map(([name, spaces]) => ({ name, spaces })),
  })

  it.each([
    ['all spaces', inLot(['north', 12], ['south', 8])],
    ['one of them', inLot(['south', 8])],
    ['none', inLot()],
  ])('accepted: %s', (_, given) => {
    expect(checkLot(given, 'lot.json').areas).toEqual(given.areas)
  })

  it.each([
    ['more than the lot', inLot(['north', 12], ['south', 9]), '', '21'],
    ['one that no entry leads into', inLot(['north', 1], ['west', 1]), '/1/name', 'west'],
    ['one twice', inLot(['north', 1], ['north', 2]), '/1/name', 'north'],
    ['no space', inLot(['north', 0]), '/0/spaces', '0'],
  ])('refused: %s', (_, given, at, value) => {
    const fault = faultOf(() => checkLot(given, 'lot.json'))
    expect([fault.code, fault.detail]).toMatchObject(['LOT-02', { field: `/areas${at}`, value }])
  })
})
