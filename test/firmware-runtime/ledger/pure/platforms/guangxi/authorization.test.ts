// The Authorization header of P2: a built one reads back, a malformed one is refused.
// There are as many rows of bad headers as of good ones.
import { describe, expect, it } from 'vitest'
import { authorizationHeader } from '#ledger/pure/platforms/guangxi/authorization.ts'
import { parseAuthorization } from './read-authorization.ts'

const good = {
  appId: 'GX00012',
  nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
  timestampSec: 1795156200,
  certSerial: '5C01',
  suite: 'GM' as const,
  signature: 'MEUCIQ==',
}
const header = authorizationHeader(good)

describe('Authorization', () => {
  it('has the exact form of P2', () => {
    expect(header).toBe(
      'ETC-SM2-WITH-SM3 appid="GX00012",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",' +
        'timestamp="1795156200",serial_no="5C01",signature="MEUCIQ=="',
    )
    expect(parseAuthorization(header)).toEqual(good)
    expect(parseAuthorization(header.replaceAll(',', ', '))).toEqual(good)
    const rsa = authorizationHeader({ ...good, suite: 'RSA_AES' })
    expect(rsa).toBe(header.replace('SM2-WITH-SM3', 'SHA256-RSA2048'))
    expect(parseAuthorization(rsa)).toEqual({ ...good, suite: 'RSA_AES' })
  })
  it.each([
    ['empty', ''],
    ['scheme alone', 'ETC-SM2-WITH-SM3'],
    ['another scheme', header.replace('SM2-WITH-SM3', 'SHA512-RSA2048')],
    ['scheme in lower case', header.toLowerCase()],
    ['member missing', header.replace(',serial_no="5C01"', '')],
    ['member twice', `${header},appid="GX00013"`],
    ['member unknown', `${header},extra="1"`],
    ['no quotes', header.replaceAll('"', '')],
    ['comma in a value', header.replace('GX00012', 'GX,00012')],
    ['appid with underscore', header.replace('GX00012', 'GX_00012')],
    ['appid of 33', header.replace('GX00012', 'G'.repeat(33))],
    ['nonce of 31', header.replace('593B', '593')],
    ['nonce in lower case', header.replace('593BEC', '593bec')],
    ['timestamp 0', header.replace('1795156200', '0')],
    ['timestamp signed', header.replace('1795156200', '+795156200')],
    ['timestamp in exponent form', header.replace('1795156200', '1e9')],
    ['timestamp of 13 digits', header.replace('1795156200', '1795156200000')],
    ['serial in lower case', header.replace('5C01', '5c01')],
    ['serial of odd length', header.replace('5C01', '5C0')],
    ['serial with 0x', header.replace('5C01', '0x5C01')],
    ['signature empty', header.replace('MEUCIQ==', '')],
    ['signature no Base64', header.replace('MEUCIQ==', 'ME*CIQ==')],
    ['signature cut', header.replace('MEUCIQ==', 'MEUCIQ=')],
    ['1100 characters', `${header},${'x'.repeat(1100)}`],
  ])('refuses: %s', (_, text) => {
    expect(parseAuthorization(text)).toBeNull()
  })
})
