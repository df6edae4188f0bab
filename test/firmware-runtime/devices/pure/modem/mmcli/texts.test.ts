// Output of `mmcli -J`: modems, their state, their signal; figures are strings, and `--` is unknown.
// The forms are from lane-devices.md 7.2; the figures are invented.
import { describe, expect, it } from 'vitest'
import { factsIn, mmcliArgs, modemsIn, signalIn } from '#devices/pure/modem/mmcli/texts.ts'

const dash = { rssi: '--', rsrp: '--', rsrq: '--', snr: '--' }
const lte = { rssi: '-67.00', rsrp: '-99.00', rsrq: '-12.00', snr: '11.40' }
const signal = (over: object = {}): string =>
  JSON.stringify({
    modem: { signal: { '5g': dash, lte, gsm: { rssi: '--' }, refresh: { rate: '5' }, ...over } },
  })

describe('texts of mmcli', () => {
  it('list', () => {
    const path = '/org/freedesktop/ModemManager1/Modem/'
    expect(modemsIn(JSON.stringify({ 'modem-list': [`${path}0`, `${path}12`, 'x', 7] }))).toEqual([
      ...[0, 12],
    ])
    expect(modemsIn('{"modem-list":[]}')).toEqual([])
    for (const text of ['', '{', '[]', 'null', '{"modem-list":"none"}'])
      expect(modemsIn(text)).toBe(null)
  })
  it('modem', () => {
    const generic = { state: 'registered', 'access-technologies': ['lte', '--', 7] }
    const text = JSON.stringify({ modem: { generic, '3gpp': { 'operator-name': '--' } } })
    expect(factsIn(text)).toEqual({ state: 'registered', operator: null, technologies: ['lte'] })
    expect(factsIn('{"modem":{}}')).toEqual({ state: null, operator: null, technologies: [] })
    expect(factsIn('{}')).toBe(null)
  })
  it('signal of LTE, of 5G, of both and of none', () => {
    const cell = { technology: 'LTE', rsrpDbm: -99, rsrqDb: -12, sinrDb: 11.4, rssiDbm: -67 }
    expect(signalIn(signal())).toEqual({ cell, rateSec: 5 })
    expect(signalIn(signal({ lte: dash, '5g': { rsrp: '-88.00', snr: '17.00' } }))).toMatchObject({
      cell: { technology: 'NR', rsrpDbm: -88, sinrDb: 17, rsrqDb: null },
    })
    expect(signalIn(signal({ '5g': { ...lte, rsrp: '-80.00' } }))).toMatchObject({
      cell: { technology: 'EN-DC', rsrpDbm: -99 },
    })
    expect(signalIn(signal({ lte: dash }))).toEqual({ cell: null, rateSec: 5 })
  })
  it('figures beyond the air, numbers and words are not known', () => {
    const odd = { rsrp: '-400.00', snr: '9e9', rsrq: -12, rssi: 'loud' }
    expect(signalIn(signal({ lte: odd }))).toMatchObject({ cell: null })
    expect(signalIn(signal({ refresh: {} }))).toMatchObject({ rateSec: null })
    for (const text of ['', '[]', '{"modem":{}}']) expect(signalIn(text)).toBe(null)
  })
  it('what is run changes no modem: it reads, and sets how often ModemManager reads', () => {
    expect(mmcliArgs.signal(3)).toEqual(['-m', '3', '--signal-get', '-J'])
    expect(mmcliArgs.rate(3, 0)).toEqual(['-m', '3', '--signal-setup=0'])
  })
})
