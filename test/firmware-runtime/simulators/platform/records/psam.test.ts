// PSAM sign-in, authorisation and confirmation.
// Times are the terminal's: the platform adds its 24 hours to them.
import { describe, expect, test } from 'vitest'
import { storePage } from '#simulators/platform/admin.ts'
import { cardCharge, chargePath, createRig, type Rig } from '../rig.ts'

const psamNo = '45010000000000000001'
const signIn = (change: Record<string, unknown> = {}) => ({
  listNo: 'L1',
  psamNo,
  terminalNo: '373737373737',
  provinceCode: '4501',
  parkId: '450100001',
  parkName: 'TEST 停车场',
  laneNo: 'exit',
  laneType: '02',
  terminalTime: '2026-11-20T03:00:00.000+08:00',
  ...change,
})
const confirm = { listNo: 'A1', psamNo, result: 0, sw1sw2: '9000' }

const authorize = (rig: Rig) =>
  rig.send('POST', '/v1/psam/authorize', signIn({ listNo: 'A1', random: '0011223344556677' }))

describe('sign-in', () => {
  test('is good for 24 h from the time of the terminal and is kept in the records', () => {
    const rig = createRig()
    const answer = rig.send('POST', '/v1/psam/sign-in', signIn())
    expect(answer.data).toMatchObject({
      psamStatus: 1,
      validUntil: '2026-11-21T03:00:00.000+08:00',
    })
    const query = new URLSearchParams({ kind: 'sign-ins' })
    expect(storePage(rig.model.state, { after: 0, limit: 9, query })).toMatchObject({
      count: 1,
      rows: [{ no: 'L1', psamNo, terminalNo: '373737373737', requests: 1 }],
    })
    expect(rig.send('POST', '/v1/psam/sign-in', signIn()).respCode).toBe('100001')
    const area = signIn({ listNo: 'L2', provinceCode: undefined, areaNo: '4501' })
    expect(rig.send('POST', '/v1/psam/sign-in', area).respCode).toBe('100000')
  })

  test.each([2, 3, 4])('state %i of the PSAM is told and gives no validity', (status) => {
    const rig = createRig()
    rig.model.record({ t: 'psam', psamNo, status })
    const answer = rig.send('POST', '/v1/psam/sign-in', signIn())
    expect(answer.data).toEqual({ listNo: 'L1', psamStatus: status })
    expect(authorize(rig).respCode).toBe('400009')
  })

  test.each([
    ['200002', { psamNo: '1' }],
    ['200005', { terminalNo: '37373737373g' }],
    ['200004', { laneType: '2' }],
    ['200010', { provinceCode: undefined }],
    ['200002', { provinceCode: '45' }],
    ['200004', { terminalTime: 'now' }],
  ])('%s for %o', (respCode, change) => {
    const answer = createRig().send('POST', '/v1/psam/sign-in', signIn(change))
    expect(answer.respCode).toBe(respCode)
  })
})

describe('authorisation', () => {
  test('gives external authentication data; the confirmation opens card-side charges', () => {
    const rig = createRig()
    rig.model.setPolicy({ requirePsam: true })
    const answer = authorize(rig)
    expect(answer.data['authMac']).toMatch(/^[0-9A-F]{16}$/)
    expect(answer.data['apdu']).toBe(`0082000008${String(answer.data['authMac'])}`)
    expect(rig.send('POST', chargePath, cardCharge()).respCode).toBe('400009')
    expect(rig.send('POST', '/v1/psam/authorize/confirm', confirm).data).toMatchObject({
      status: 'AUTHORISED',
    })
    expect(rig.send('POST', chargePath, cardCharge()).respCode).toBe('100000')
    expect(rig.again().model.state.authorised.size).toBe(1)
  })

  test('a card that refused stays unauthorised', () => {
    const rig = createRig()
    authorize(rig)
    const refused = { ...confirm, sw1sw2: '6300' }
    expect(rig.send('POST', '/v1/psam/authorize/confirm', refused).data['status']).toBe(
      'CARD_REFUSED',
    )
    expect(rig.model.state.authorised.size).toBe(0)
  })

  test.each([
    ['300012', { listNo: 'NOPE' }],
    ['300013', { psamNo: '45010000000000000002' }],
    ['200002', { sw1sw2: '900' }],
    ['200001', { result: '0' }],
  ])('confirmation %s for %o', (respCode, change) => {
    const rig = createRig()
    authorize(rig)
    const answer = rig.send('POST', '/v1/psam/authorize/confirm', { ...confirm, ...change })
    expect(answer.respCode).toBe(respCode)
  })

  test('needs the random of the card', () => {
    const answer = createRig().send('POST', '/v1/psam/authorize', signIn())
    expect([answer.respCode, answer.json['detail']]).toMatchObject(['200010', { field: '/random' }])
  })
})
