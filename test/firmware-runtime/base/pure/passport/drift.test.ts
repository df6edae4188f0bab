// A device without its lane, compared with that lane's passport: only what the device itself reports is compared.
// Links, profiles and measurements by people belong to the lane.
import { describe, expect, it } from 'vitest'
import { deviceDrift, hasDrifted } from '#base/pure/passport/drift.ts'
import { emptyContent, type PassportContent, type PassportRow } from '#base/pure/passport/tables.ts'

const setting = (name: string, value: number | null, source: string): PassportRow<'setting'> => ({
  device: 'rsu',
  name,
  zh: name,
  en: name,
  value,
  unit: 'step',
  source,
  atIso: null,
  by: null,
  photo: null,
})
const content = (settings: PassportRow<'setting'>[], rsuId: string | null): PassportContent => ({
  ...emptyContent(),
  identity: [
    { device: 'rsu', name: 'link', value: 'tcp://192.0.2.1:1', source: 'config' },
    { device: 'barrier', name: 'wiring', value: '{}', source: 'config' },
    ...(rsuId === null ? [] : [{ device: 'rsu', name: 'rsuId', value: rsuId, source: 'device' }]),
  ],
  firmware: [{ device: 'rsu', version: '0200', source: 'device' }],
  profile: [
    {
      device: 'rsu',
      profile: 'generic-ver',
      status: null,
      signature: 'builtIn',
      signedBy: null,
      print: null,
    },
  ],
  setting: settings,
})
const lane = content(
  [
    setting('powerStep', 12, 'device'),
    setting('channel', 1, 'lastWritten'),
    setting('waitMs', 50, 'lastWritten'),
    setting('heightMm', 5_500, 'recorded'),
  ],
  '000829',
)
const contentOf = (power: number, channel: number, rsuId: string): PassportContent =>
  content([setting('powerStep', power, 'device'), setting('channel', channel, 'device')], rsuId)

describe('a device on the workbench', () => {
  it('that tells the same is the same, whatever belongs to the lane', () => {
    expect(deviceDrift(lane, { ...contentOf(12, 1, '000829'), profile: [] }, 'rsu')).toEqual([])
  })
  it('that tells another value or is another device differs', () => {
    const rows = deviceDrift(lane, contentOf(14, 0, '00082a'), 'rsu')
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['rsuId', 'changed'],
      ['powerStep', 'changed'],
      ['channel', 'changed'],
    ])
  })
  it('that is silent proves nothing, and a value only remembered here is none of its own', () => {
    const now = { ...content([setting('powerStep', 14, 'lastWritten')], null), firmware: [] }
    const rows = deviceDrift(lane, now, 'rsu')
    expect(rows.map(({ state }) => state)).toEqual(['notTold', 'notTold', 'notTold'])
    expect(hasDrifted(rows)).toBe(false)
  })
})
