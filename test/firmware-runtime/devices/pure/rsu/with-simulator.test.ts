// The driver and the settlement of doubtful debits against the RSU simulator, an independent implementation, in virtual
// time: whichever frames are lost, the lane learns what the card was charged.
import { describe, expect, it } from 'vitest'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { fault, obuId, regional, Site } from './simulator-site.ts'

describe.each(rsuVariants.map((id) => ({ id })))('$id', ({ id }) => {
  const proofOrEvidence = id === 'generic-ver' || id === regional ? 'proof' : 'evidence'
  // generic-ver repeats a B5 that was not acknowledged.
  const repeatOrEvidence = id === 'generic-ver' ? 'b5' : proofOrEvidence

  it('a car pays', () => {
    const site = new Site(id).start().run(2000)
    expect(site.told).toEqual(['rsuUp', 'obuSeen', 'cardRead', 'debitResult'])
    expect(site.charged()).toMatchObject([{ amountFen: 500 }])
    expect(site.settled).toEqual({ paid: true, source: 'b5', tac: site.charged()[0]?.tac })
    const none = { secondC6: 0, strayC6: 0, strayC1: 0, unknownFrames: 0 }
    expect(site.model.state()).toMatchObject(none)
  })

  it.each<[string, object, boolean, string]>([
    [
      'B5 lost after the debit',
      { at: 'B5', when: 'after', do: 'drop', times: 9 },
      true,
      repeatOrEvidence,
    ],
    ['C6 lost on the way', { at: 'C6', when: 'before', do: 'drop' }, false, 'evidence'],
    ['B5 cut in half', { at: 'B5', when: 'after', do: 'cut', times: 9 }, true, repeatOrEvidence],
    [
      'silence from the debit on',
      { at: 'B5', when: 'after', do: 'silence', ms: 3000 },
      true,
      proofOrEvidence,
    ],
    [
      'silence before the debit',
      { at: 'B5', when: 'before', do: 'silence', ms: 3000 },
      false,
      'evidence',
    ],
    ['B5 said twice', { at: 'B5', when: 'after', do: 'duplicate' }, true, 'b5'],
    ['B4 said twice', { at: 'B4', when: 'after', do: 'duplicate' }, true, 'b5'],
    ['B2 said twice', { at: 'B2', when: 'after', do: 'duplicate' }, true, 'b5'],
    ['B5 late by 3 s', { at: 'B5', when: 'after', do: 'delay', ms: 3000, times: 9 }, true, ''],
    ['a reboot after the debit', { at: 'B5', when: 'after', do: 'reboot', ms: 2000 }, true, ''],
  ])('%s: settled as the card was charged, C6 sent once', (_, rule, paid, source) => {
    const site = fault(new Site(id), rule).start().run(40_000)
    expect(site.charged()).toHaveLength(paid ? 1 : 0)
    expect(site.manual).toBeNull()
    expect(site.settled?.paid).toBe(paid)
    if (source !== '') expect(site.settled?.source).toBe(source)
    const tac = site.settled?.tac ?? null
    if (tac !== null) expect(tac).toBe(site.charged()[0]?.tac)
    expect(site.model.state()).toMatchObject({ secondC6: 0, strayC6: 0 })
  })

  it('the car leaves before its B5 could be asked for: a person decides', () => {
    const site = fault(new Site(id), { at: 'B5', when: 'after', do: 'silence', ms: 3000 }).start()
    site.run(400)
    site.model.removeCar(obuId, site.nowUs)
    site.run(40_000)
    expect(site.settled).toBeNull()
    expect(site.manual).toBe('obuNotFoundAgain')
  })

  it('a silent RSU is noticed and comes back', () => {
    const site = new Site(id).start().run(2000)
    site.model.act({ do: 'silence', ms: 240_000, bits: 0, status: 0 }, site.nowUs)
    site.run(239_000)
    expect(site.told.filter((t) => t === 'rsuDown')).toHaveLength(1)
    site.run(20_000)
    expect(site.told.at(-1)).toBe('rsuUp')
  })

  it.each(['strict', 'perType', 'free'] as const)('sequence mode %s', (seqMode) => {
    const site = new Site(id, { knobs: { seqMode } }).start().run(2000)
    expect(site.settled).toMatchObject({ paid: true, source: 'b5' })
  })

  it('instant timing', () => {
    const site = new Site(id, { timing: 'instant' }).start().run(100)
    expect(site.settled).toMatchObject({ paid: true, source: 'b5' })
  })
})

it.each([36, 39, 43] as const)('generic-bcc with station records of %i bytes', (stationBytes) => {
  const rule = { at: 'B5', when: 'after', do: 'drop', times: 9 }
  const site = fault(new Site('generic-bcc', { knobs: { stationBytes, b2Bytes: 37 } }), rule)
  site.start().run(30_000)
  expect(site.settled).toMatchObject({ paid: true, source: 'evidence' })
  expect(site.charged()).toHaveLength(1)
})

describe('generic-len', () => {
  it('a debit without a B5 is settled by the next B4, once the RSU tells the OBU again', () => {
    const rule = { at: 'B5', when: 'after', do: 'drop' }
    const site = fault(new Site('generic-len'), rule).start().run(18_000)
    expect(site.told.filter((word) => word === 'cardRead')).toHaveLength(1)
    expect(site.suspect?.phase).toBe('SUSPECT')
    site.run(4_000)
    expect(site.told.filter((word) => word === 'cardRead')).toHaveLength(2)
    expect(site.settled).toEqual({ paid: true, source: 'evidence', tac: null })
    expect(site.model.state()).toMatchObject({ secondC6: 0, strayC6: 0 })
  })

  it.each([0x01, 0x05, 0x77])(
    'B5 says %i although the card paid: the card itself tells',
    (debitCode) => {
      const site = new Site('generic-len', { knobs: { debitCode } }).start().run(40_000)
      expect(site.charged()).toHaveLength(1)
      expect(site.settled).toEqual({ paid: true, source: 'evidence', tac: null })
    },
  )

  it('an RSU that lost its power has forgotten whom it told', () => {
    const rule = { at: 'B5', when: 'after', do: 'reboot', ms: 1000 }
    const site = fault(new Site('generic-len'), rule).start().run(9_000)
    expect(site.settled).toMatchObject({ paid: true, source: 'evidence' })
  })

  it('a PSAM that is not authorised: the fault, and never up', () => {
    const site = new Site('generic-len', { knobs: { psamAuthorised: false } }).start().run(60_000)
    expect(new Set(site.told)).toEqual(new Set(['rsuFault', 'rsuDown']))
    expect(site.model.state()).toMatchObject({ debits: 0 })
  })
})

describe('the regional firmware', () => {
  const lostB5 = { at: 'B5', when: 'after', do: 'drop' }

  it('a lost B5 is settled by its proof, which comes as the last B5 again', () => {
    const site = fault(new Site(regional), lostB5).start().run(5_000)
    expect(site.settled).toEqual({ paid: true, source: 'proof', tac: site.charged()[0]?.tac })
    expect(site.model.state()).toMatchObject({ framesOut: { B8: 1 }, secondC6: 0 })
  })
  it('a C6 that never came: the proof of the debit before is no proof of this one', () => {
    const site = new Site(regional).start().run(2_000)
    expect(site.settled).toMatchObject({ source: 'b5' })
    site.again()
    fault(site, { at: 'C6', when: 'before', do: 'drop' }).run(20_000)
    expect(site.charged()).toHaveLength(1)
    expect(site.model.state()).toMatchObject({ framesOut: { B8: 1 } })
    expect(site.settled).toEqual({ paid: false, source: 'evidence', tac: null })
  })
  it('a purse that refused while its B5 was lost: the old balance in the proof gives it away', () => {
    const site = new Site(regional).start().run(2_000)
    site.again()
    site.model.knobs.refusalCode = 0x10
    fault(site, lostB5).run(20_000)
    expect(site.charged()).toHaveLength(1)
    expect(site.settled).toEqual({ paid: false, source: 'evidence', tac: null })
  })
  it('the purse of a credit card shows nothing: its card is read again', () => {
    const site = fault(new Site(regional, {}, { cardType: 23 }), lostB5)
      .start()
      .run(20_000)
    expect(site.settled).toEqual({ paid: true, source: 'evidence', tac: null })
  })
  it('the debit gave no answer: the proof stands beside an old balance, the card decides', () => {
    const site = new Site(regional, { knobs: { debitCode: 0x16 } }).start().run(20_000)
    expect(site.charged()).toHaveLength(1)
    expect(site.settled).toEqual({ paid: true, source: 'evidence', tac: null })
  })
  it('C1 started a search that nobody wants: the antenna is switched off, not let on', () => {
    const site = new Site(regional).start().run(2_000)
    site.feed({ type: 'command', command: { do: 'complete', obuId } })
    site.run(20_000)
    expect(site.model.state()).toMatchObject({ antennaOn: false, framesOut: { B2: 2 } })
  })
})
