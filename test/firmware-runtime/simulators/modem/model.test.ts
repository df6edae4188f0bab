// The simulated modem byte for byte: echo, answers, refusals, unsolicited lines.
// No driver code is used here.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { ModemModel, type ModemKnobs } from '#simulators/modem/model.ts'

function say(command: string, knobs: Partial<ModemKnobs> = {}, fault?: object): string {
  const model = new ModemModel({ seed: 1, timing: 'instant' })
  model.set(knobs)
  if (fault !== undefined) model.faults.add(fault)
  const now = model.onBytes(new TextEncoder().encode(`${command}\r`), 0)
  const later = model.advance(10_000)
  return [...now, ...later]
    .map((output) => (output.do === 'send' ? new TextDecoder('latin1').decode(output.bytes) : ''))
    .join('')
}

describe('the modem', () => {
  it.each<[string, Partial<ModemKnobs>, string]>([
    ['AT', {}, 'AT\r\r\nOK\r\n'],
    ['at', { echo: false }, '\r\nOK\r\n'],
    ['AT+CSQ', { echo: false }, '\r\n+CSQ: 26,99\r\n\r\nOK\r\n'],
    [
      'AT+CESQ',
      { echo: false, rsrpDbm: -78, rsrqDb: -4 },
      '\r\n+CESQ: 99,99,255,255,31,62\r\n\r\nOK\r\n',
    ],
    ['AT+CFUN=0', { echo: false }, '\r\nERROR\r\n'],
    ['AT+QENG="servingcell"', { echo: false, qeng: false, cme: true }, '\r\n+CME ERROR: 100\r\n'],
    [
      'AT+QENG="servingcell"',
      { echo: false, rsrpDbm: -99, rsrqDb: -12, rssiDbm: -67, sinrDb: 11 },
      '\r\n+QENG: "servingcell","NOCONN","LTE","FDD",460,01,5F1EA15,12,1650,3,5,5,DE10,-99,-12,-67,11,9,230,-\r\n\r\nOK\r\n',
    ],
    [
      'AT+CSQ',
      { echo: false, urcs: true },
      '\r\n^HCSQ: "LTE",50,60\r\n\r\n+CSQ: 26,99\r\n\r\n^HCSQ: "LTE",50,60\r\n\r\nOK\r\n',
    ],
  ])('%s of %j', (command, knobs, answer) => {
    expect(say(command, knobs)).toBe(answer)
  })
  it.each([
    ['drop', ''],
    ['refuse', '\r\nERROR\r\n'],
    ['duplicate', '\r\nOK\r\n\r\nOK\r\n'],
    ['cut', '\r\nO'],
  ])('AT that meets %s', (action, answer) => {
    expect(say('AT', { echo: false }, { at: 'AT', do: action })).toBe(answer)
  })
  it.each([[{ rsrp: 1 }], [{ echo: 1 }], [null]])('is not set to %j', (body) => {
    const model = new ModemModel({ seed: 1, timing: 'instant' })
    expect(() => model.set(body)).toThrow(LaneFault)
  })
})
