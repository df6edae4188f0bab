// The RSU driver on a hand-driven RSU of generic-len: B4 opens a transaction by itself, the PSAM is queried first, the
// heartbeat reports device, antenna and PSAM. What all variants share is in driver.test.ts.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkMeaning } from '#devices/pure/etc/meaning.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { Bench, bytes, cardNo, obuId } from './driver-bench.ts'

const id = 'generic-len'
const bench = (): Bench => new Bench(id)
const ready = (): Bench => bench().ready()

interface Row {
  readonly name: string
  readonly wireHex: string
}
const url = new URL('../../../../fixtures/rsu/generic-len-session.json', import.meta.url)
const { frames } = JSON.parse(readFileSync(url, 'utf8')) as { frames: readonly Row[] }
const bytesNamed = (name: string): string => {
  const row = present(
    frames.find((one) => one.name === name),
    name,
  )
  return hexOf(present(bytesOfHex(row.wireHex), 'the fixture is hex'))
}

describe('the published session', () => {
  it('every byte of ours is that of the example', () => {
    const rsu = bench()
    rsu.up()
    expect(rsu.sentHex()[1]).toBe(bytesNamed('CA'))
    rsu.say('BA')
    expect(rsu.sentHex()).toEqual([bytesNamed('C0')])
    rsu.tell({ do: 'search', on: true })
    rsu.say('B0')
    expect(rsu.sentHex()).toEqual([bytesNamed('C4 on')])
    rsu.receive(bytes(bytesNamed('B2 heartbeat')))
    expect(rsu.sentHex()).toEqual([])
    rsu.receive(bytes(bytesNamed('B4')))
    expect(rsu.sentHex()).toEqual([])
    const c6 = bytesNamed('C6')
    const stationHex = c6.slice(2 * (4 + 16), 2 * (4 + 59))
    rsu.debit('D1', 500, stationHex)
    expect(rsu.sentHex()).toEqual([c6])
    rsu.receive(bytes(bytesNamed('B5')))
    expect(rsu.events()[0]).toMatchObject({
      money: 'paid',
      code: 0,
      proof: {
        tac: 'A1B2C3D4',
        cardSerial: 18,
        psamTerminal: '370100000001',
        psamSerial: 17,
        transType: '09',
        timeBcd: '20231115061321',
        balanceAfterFen: 9500,
      },
    })
    rsu.tell({ do: 'complete', obuId })
    expect(rsu.sentHex()).toEqual([bytesNamed('C1')])
  })

  it('the time of entry is that of the stay, where the lane knows it', () => {
    const rsu = ready()
    rsu.readCard()
    const stationHex = `AA2900${'00'.repeat(40)}`
    const entryTimeBcd = '20231115041320'
    const command = { do: 'debit', deductionId: 'D1', obuId, amountFen: 500, stationHex } as const
    rsu.tell({ ...command, timeBcd: '20231115061320', entryTimeBcd })
    expect(rsu.sentHex()[0]?.slice(-18, -4)).toBe(entryTimeBcd)
  })
})

describe('the start', () => {
  it('antenna off, CA, BA, C0, B0; terminal of BA, id of B0', () => {
    const rsu = bench()
    expect(rsu.up()).toEqual(['>C4', '>CA'])
    expect(rsu.say('BA')).toEqual(['>C0'])
    expect(rsu.say('BA')).toEqual([])
    expect(rsu.say('B0')).toEqual(['rsuUp'])
    expect(rsu.events()).toEqual([
      { type: 'rsuUp', psamTerminals: ['370100000001'], rsuId: '000829' },
    ])
  })

  it('CA three times, then C0 all the same: B0 decides', () => {
    const rsu = bench()
    rsu.up()
    expect(rsu.timers.get('psam')).toBe(3000)
    expect(rsu.fire('psam')).toEqual(['>CA'])
    expect(rsu.fire('psam')).toEqual(['>CA'])
    expect(rsu.fire('psam')).toEqual(['>C0'])
    expect(rsu.say('B0')).toEqual(['rsuUp'])
  })

  it('a PSAM that did not start is told; B0 decides', () => {
    const rsu = bench()
    rsu.up()
    expect(rsu.say('BA', { error: 'powerOnInitialisation' })).toEqual(['>C0', 'rsuFault'].reverse())
    expect(rsu.events()[0]).toMatchObject({ status: 1, reason: 'psam powerOnInitialisation' })
  })

  it('a PSAM that is not authorised: the fault is told, no key is made up, asked again later', () => {
    const rsu = bench()
    rsu.linked()
    expect(rsu.say('B0', { psamAuthorisation: 'notAuthorised' })).toEqual(['rsuFault', 'rsuDown'])
    expect(rsu.events()[0]).toMatchObject({ status: 1, reason: 'psam notAuthorised' })
    rsu.tell({ do: 'search', on: true })
    expect(rsu.say('B4')).toEqual([])
    expect(rsu.fire('c0')).toEqual(['>CA'])
    rsu.say('BA')
    expect(rsu.say('B0')).toEqual(['>C4', 'rsuUp'])
  })

  it('a B0 that comes before our C0 is of an earlier life', () => {
    const rsu = bench()
    rsu.up()
    expect(rsu.say('B0')).toEqual([])
    rsu.say('BA')
    expect(rsu.say('B0')).toEqual(['rsuUp'])
  })

  it('the link goes while the PSAM is asked for: nothing waits any more', () => {
    const rsu = bench()
    rsu.up()
    rsu.down()
    expect([...rsu.timers.keys()]).toEqual([])
    expect(rsu.linked()).toEqual(['>C4', '>CA', '>C0'])
  })
})

describe('B4 opens the dialogue', () => {
  it('tells OBU and card at once, and waits for the lane', () => {
    const rsu = ready()
    expect(rsu.say('B4')).toEqual(['obuSeen', 'cardRead'])
    expect(rsu.events()[0]).toMatchObject({
      obu: {
        obuId,
        issuerHex: 'B2E2CAD437010001',
        contractSerial: '3701012023000001',
        expireDate: '20330101',
        statusHex: '0001',
        removed: false,
        cardAbsent: false,
      },
    })
    expect(rsu.events()[1]).toMatchObject({
      vehicle: { plate: '测A12345', colour: 'blue', vehicleClass: 1 },
      card: { cardNo, network: '3701', cardType: 22, plate: '测A12345', expireDate: '20330101' },
      balanceFen: 10_000,
    })
    expect(rsu.timers.get('answer')).toBe(900)
    expect(rsu.timers.has('next')).toBe(false)
  })

  it('no answer of the lane within the second: C2, and a later C6 is never sent', () => {
    const rsu = ready()
    rsu.readCard()
    expect(rsu.fire('answer')).toEqual(['>C2'])
    expect(rsu.debit()).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2, reason: 'obuGone' })
  })

  it('told again at once it is the same reading; later, with another card, it is another customer', () => {
    const rsu = ready()
    rsu.readCard()
    expect(rsu.say('B4')).toEqual([])
    rsu.repeatsOver()
    expect(rsu.say('B4')).toEqual([])
    const whole = rsu.v.engine.decode(rsu.data('B4'))
    const card = whole.ok ? whole.value.card : null
    const other = { ...(card as object), cardNumber: '1200000000000002' }
    expect(rsu.say('B4', { card: other })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ reason: 'cardChanged' })
    expect(rsu.debit()).toEqual(['debitResult'])
  })

  it('another OBU takes the place of the one before: C6 goes to none but the last', () => {
    const rsu = ready()
    rsu.readCard()
    expect(rsu.say('B4', { obuId: '02009999' })).toEqual(['obuSeen', 'cardRead'])
    expect(rsu.debit('D1')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2, reason: 'obuGone' })
    expect(rsu.debit('D2', 500, undefined, '02009999')).toEqual(['>C6'])
  })

  it('antenna off, or a C6 open: another OBU is let go', () => {
    const rsu = ready()
    rsu.tell({ do: 'search', on: false })
    expect(rsu.say('B4')).toEqual(['>C2'])
    expect(rsu.sentHex()[0]).toBe(hexOf(rsu.v.framing.encode(0, bytes('C202001234'))))
    rsu.tell({ do: 'search', on: true })
    rsu.readCard()
    rsu.debit()
    expect(rsu.say('B4', { obuId: '02009999' })).toEqual(['>C2'])
    expect(rsu.say('B5')).toEqual(['debitResult'])
  })

  it('C1 says that money moved: an OBU without a C6 is let go by C2', () => {
    const rsu = ready()
    rsu.readCard()
    expect(rsu.tell({ do: 'complete', obuId })).toEqual(['>C2'])
    rsu.repeatsOver()
    rsu.readCard()
    expect(rsu.tell({ do: 'release', obuId })).toEqual(['>C2'])
  })

  it('noise before, and a frame in two halves', () => {
    const rsu = ready()
    const frame = rsu.v.framing.encode(0, rsu.data('B4'))
    rsu.receive(bytes('AA BB FF'))
    rsu.receive(frame.slice(0, 100))
    expect(rsu.timers.get('interByte')).toBe(200)
    expect(rsu.receive(frame.slice(100))).toContain('cardRead')
    expect(rsu.timers.has('interByte')).toBe(false)
  })

  it('C2 and C1 of ours that come back are never answered', () => {
    const rsu = ready()
    for (const hex of ['C102001234', 'C202001234', 'CA', 'C401'])
      expect(rsu.receive(rsu.v.framing.encode(0, bytes(hex)))).toEqual([])
  })
})

describe('the checks of meaning stay with the lane', () => {
  const policy = {
    cameraPlate: '测A12345',
    cameraColour: 'unknown',
    plateTolerance: 0,
    nowMs: 1_700_000_000_000,
    isBlacklisted: () => false,
  } as const
  const judged = (rsu: Bench): string | null => {
    const read = rsu.events().find((e): e is Extract<RsuEvent, { type: 'cardRead' }> => {
      return e.type === 'cardRead'
    })
    return checkMeaning(present(read, 'a card was read'), policy)?.reason ?? null
  }

  it.each([
    [{}, null],
    [{ obuStatus: 'removed' }, 'obuRemoved'],
    [{ cardPresent: 'absent' }, 'cardAbsent'],
    [{ blacklist: 'black' }, 'blacklisted'],
    [{ blacklist: 'white' }, null],
    [{ deviceType: 'singlePiece' }, null],
  ])('%j: %s', (over, reason) => {
    const rsu = ready()
    rsu.say('B4', over)
    expect(judged(rsu)).toBe(reason)
  })

  it('without a card there is nothing to debit, whatever is asked', () => {
    const rsu = ready()
    rsu.say('B4', { cardPresent: 'absent' })
    expect(rsu.debit()).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2 })
  })

  it('an OBU status that nobody has described is no OBU in order', () => {
    const rsu = ready()
    expect(rsu.say('B4', { obuStatus: 'code:07' })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ code: 7, reason: 'obuStatus code:07' })
    expect(rsu.debit()).toEqual(['debitResult'])
  })
})

describe('the heartbeat', () => {
  it('is B2, unanswered, and tells device and PSAM once per change', () => {
    const rsu = ready()
    expect(rsu.heartbeat()).toEqual([])
    expect(rsu.say('B2', { status: 'rf' })).toEqual(['rsuFault'])
    expect(rsu.events()[0]).toMatchObject({ status: 1, reason: 'device rf' })
    expect(rsu.say('B2', { status: 'rf' })).toEqual([])
    expect(rsu.say('B2', { psamAuthorisation: 'notAuthorised' })).toEqual(['rsuFault'])
    expect(rsu.say('B2', { status: 'code:09' })).toEqual(['rsuFault'])
    expect(rsu.events()[0]).toMatchObject({ status: 9, reason: 'device code:09' })
    expect(rsu.heartbeat()).toEqual([])
  })

  it('an antenna that was on and is off: the RSU has forgotten, and is set up again', () => {
    const rsu = ready()
    expect(rsu.heartbeat()).toEqual([])
    expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual(['>CA'])
    expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual([])
    expect(rsu.say('BA')).toEqual(['>C0'])
    expect(rsu.say('B0')).toEqual(['>C4'])
    rsu.fire('grace')
    expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual([])
  })

  it('the answer to the switch tells the same, where it told "on" before', () => {
    const rsu = ready()
    const on = (): string[] => {
      rsu.tell({ do: 'search', on: false })
      rsu.heartbeat()
      rsu.tell({ do: 'search', on: true })
      return rsu.say('B2', { antennaSwitch: 0 })
    }
    expect(on()).toEqual(['>CA'])
    rsu.say('BA')
    rsu.say('B0')
    expect(on()).toEqual([])
  })

  it('a switch byte that is never set says nothing', () => {
    const rsu = bench()
    rsu.linked()
    rsu.say('B0')
    rsu.fire('grace')
    rsu.tell({ do: 'search', on: true })
    for (let i = 0; i < 5; i++) expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual([])
  })

  it('between B4 and B5 nothing is set up again', () => {
    const rsu = ready()
    rsu.heartbeat()
    rsu.readCard()
    expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual([])
    rsu.debit()
    expect(rsu.say('B2', { antennaSwitch: 0 })).toEqual([])
    expect(rsu.say('B5')).toEqual(['debitResult'])
  })
})
