// What a search takes from the profiles of antennas: speeds, ports, and the models that a status identifies.
// A model that is not shipped is found by its imported data alone.
import { describe, expect, it } from 'vitest'
import { checkLink } from '#devices/find/link-doctor.ts'
import { antennaPlan } from '#devices/profiles/antenna-plan.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { FindBench, shippedPlan } from '../find/bench.ts'
import { copyOf, put, readAgain, problemsOf } from './shipped.ts'

const antenna = (changes: Readonly<Record<string, unknown>>, id = 'rsu/generic/generic-bcc') => {
  const copy = copyOf(id)
  Object.assign(copy, { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes)) put(copy, pointer, value)
  return present(readAgain(copy).checked, 'it is whole').profile
}

describe('the shipped antennas', () => {
  it('are looked for at their speeds, then at those of adapters, and at their ports', () => {
    expect(shippedPlan.bauds).toEqual([115_200, 460_800, 9_600, 57_600, 38_400, 19_200])
    expect(shippedPlan.ports.toSorted((a, b) => a - b)).toEqual([9_527, 21_003, 60_001])
  })
  it('are recognised by what their status says, in their own variant', () => {
    const { modelsOf } = shippedPlan
    expect(modelsOf('generic-ver', { manufacturer: '08' })).toEqual(['rsu/wanji/parking'])
    expect(modelsOf('generic-len', { manufacturer: '02' })).toEqual(['rsu/jinyi/parking'])
    expect(modelsOf('generic-bcc', { manufacturer: '08' })).toEqual([])
    expect(modelsOf('generic-ver', { manufacturer: '09' })).toEqual([])
    expect(modelsOf('generic-ver', null)).toEqual([])
  })
})

describe('an antenna that was imported', () => {
  const link = { form: 'serial', listens: 'device', source: 'own' }
  const serial = { baud: 1_200, dataBits: 8, parity: 'none', stopBits: 1, otherBauds: [2_400] }

  it('adds its speeds and its ports, and none on which the lane waits', () => {
    const tcp = { form: 'tcp', listens: 'device', ports: [4_196], source: 'own' }
    const called = { ...tcp, listens: 'lane', ports: [4_197] }
    const plan = antennaPlan([antenna({ '/links': [{ ...link, serial }, tcp, called] })])
    expect(plan.bauds.slice(0, 3)).toEqual([1_200, 2_400, 115_200])
    expect(plan.ports).toEqual([4_196])
  })
  it('is understood at another speed of its profile, and named by its status', async () => {
    const recognise = [
      { by: 'frame', frame: 'B0', field: 'softwareVersion', equals: '0829', source: 'own' },
    ]
    const acme = antenna({ '/links': [{ ...link, serial }], '/recognise': recognise })
    const hex = 'B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000'
    const { framing, engine } = rsuVariant('generic-bcc')
    const status = present(bytesOfHex(hex), 'hex')
    const said = engine.decode(status)
    const bench = new FindBench()
    bench.plan = antennaPlan([
      {
        ...acme,
        recognise: [{ ...recognise[0], equals: said.ok ? said.value['softwareVersion'] : '' }],
      },
    ] as Parameters<typeof antennaPlan>[0])
    bench.link = {
      up: (say, url) => void (url.includes('baud=2400&') && say(framing.encode(0x08, status))),
    }
    const { signal } = new AbortController()
    const looked = checkLink(bench.outside, 'serial:/dev/ttyUSB0?baud=9600', {
      signal,
      wanted: null,
    })
    const { device } = await bench.run(looked)
    expect([device?.baud, device?.profiles]).toEqual([2_400, ['rsu/acme/one']])
  })
  it('is refused with a mark in a frame that no search waits for', () => {
    const mark = { by: 'frame', frame: 'B2', field: 'obuId', equals: '00000000', source: 'own' }
    const copy = put(copyOf('rsu/generic/generic-bcc'), '/recognise', [mark])
    expect(problemsOf(copy)).toContain('PROFILE-10 /recognise/0/frame')
  })
})
