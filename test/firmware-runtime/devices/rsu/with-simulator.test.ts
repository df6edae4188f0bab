// The driver and the suspect settlement against the RSU simulator, a second implementation, in
// virtual time: whatever becomes of the frames, the lane knows what the card was charged.
import { describe, expect, it } from 'vitest'
import type { RsuCapabilities, RsuEvent } from '../../../../firmware-runtime/core/etc/rsu.ts'
import { offerDebit, stepSuspect } from '../../../../firmware-runtime/core/etc/suspect.ts'
import type { SuspectEvent, SuspectState } from '../../../../firmware-runtime/core/etc/suspect.ts'
import type { DebitProof } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import {
  rsuCapabilities,
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
} from '../../../../firmware-runtime/devices/rsu/driver.ts'
import type {
  RsuDriverEvent,
  RsuDriverState,
} from '../../../../firmware-runtime/devices/rsu/driver.ts'
import { rsuVariants } from '../../../../firmware-runtime/simulators/rsu/dialect.ts'
import type { RsuVariant } from '../../../../firmware-runtime/simulators/rsu/dialect.ts'
import { createRsuModel } from '../../../../firmware-runtime/simulators/rsu/model.ts'
import type {
  RsuModelOptions,
  RsuOutput,
} from '../../../../firmware-runtime/simulators/rsu/model.ts'

import { rsuModelOf } from '../../app/profiles/shipped-rsu.ts'

type EventBody = RsuDriverEvent extends infer E
  ? E extends E
    ? Omit<E, 'businessNowMs'>
    : never
  : never

const obuId = '02001234'
const car = {
  obuId,
  cardNo: '37011200000000000001',
  cardType: 22,
  plate: '测A12345',
  colour: 'green',
  balanceFen: 10_000,
  cardSerial: 17,
}

/** Stands for the time in the record: only that it differs from visit to visit matters here. */
const unixHexOf = (timeBcd: string): string => timeBcd.slice(-8)

interface Settled {
  readonly paid: boolean
  readonly source: string
  readonly tac: string | null
  readonly takenFen?: number
}

/** One car at the exit: charges what it reads, and follows the settlement to its end. */
class Site {
  nowUs = 0
  state: RsuDriverState
  readonly model
  readonly capabilities: RsuCapabilities
  readonly timers = new Map<string, number>()
  readonly told: string[] = []
  suspect: SuspectState | null = null
  settled: Settled | null = null
  manual: string | null = null
  readonly alarms: string[] = []
  proof: DebitProof | null = null
  debits = 0
  timeBcd = '20231115061320'
  readonly arriving: typeof car
  /** Bytes on the line from the RSU to us. */
  readonly pending: Uint8Array[] = []

  constructor(
    id: RsuVariant,
    options: Partial<RsuModelOptions> = {},
    more: Partial<typeof car> = {},
  ) {
    this.arriving = { ...car, ...more }
    const { config } = rsuModelOf(id)
    this.capabilities = rsuCapabilities(config.variant, config.override)
    this.state = startRsuDriver({ ...rsuDriverDefaults, ...config, laneMode: 'exit' })
    this.model = createRsuModel({ variant: id, timing: 'standard', seed: 5, ...options })
  }

  feed(body: EventBody): void {
    const businessNowMs = 1_700_000_000_000 + Math.floor(this.nowUs / 1000)
    const { state, effects } = stepRsuDriver(this.state, {
      ...body,
      businessNowMs,
    } as RsuDriverEvent)
    this.state = state
    for (const e of effects) {
      if (e.do === 'send') this.hear(this.model.onBytes(e.bytes, this.nowUs))
      else if (e.do === 'emit') this.lane(e.event)
      else if (e.do === 'dropLink') this.relink()
      else if (e.do === 'timer') this.setTimer(`rsu ${e.name}`, e.afterMs)
    }
  }

  setTimer(name: string, afterMs: number | null): void {
    if (afterMs === null) this.timers.delete(name)
    else this.timers.set(name, this.nowUs + afterMs * 1000)
  }

  relink(): void {
    this.model.linkDown()
    this.feed({ type: 'linkDown', reason: 'closed' })
    this.setTimer('link up', 1500)
  }

  hear(outputs: readonly RsuOutput[]): void {
    for (const o of outputs) {
      if (o.do === 'send') this.pending.push(o.bytes)
      if (o.do === 'reboot' || o.do === 'unplug') this.relink()
    }
  }
  lane(event: RsuEvent): void {
    this.told.push(event.type)
    if (this.suspect !== null) this.follow(event)
    else if (event.type === 'cardRead' && this.debits === 0) this.charge(event)
  }

  get deductionId(): string {
    return `D${this.timeBcd}`
  }

  charge(event: Extract<RsuEvent, { type: 'cardRead' }>): void {
    this.debits++
    const was = event.station0019Hex
    const body = was.length === 86 ? was.slice(6) : was
    const stationHex = `3701010202${unixHexOf(this.timeBcd)}0104${body.slice(22)}`
    this.suspect = offerDebit({
      deductionId: this.deductionId,
      obuId,
      cardNo: event.card.cardNo,
      cardType: event.card.cardType,
      amountFen: 500,
      balanceBeforeFen: event.balanceFen,
      station0019Hex: was,
      writeHex: stationHex,
      proofSerial: null,
      canFetchProof: this.capabilities.proofFetch,
      rereadSilenceMs: this.capabilities.rereadSilenceMs,
      timeBcd: this.timeBcd,
      resultTimeMs: this.capabilities.resultTimeMs,
    })
    const { timeBcd } = this
    this.feed({
      type: 'command',
      command: {
        do: 'debit',
        deductionId: this.deductionId,
        obuId,
        amountFen: 500,
        timeBcd,
        stationHex,
      },
    })
  }

  follow(event: SuspectEvent): void {
    const { state, effects } = stepSuspect(present(this.suspect, 'a debit is offered'), event)
    this.suspect = state
    for (const e of effects) {
      if (e.do === 'fetchProof') this.feed({ type: 'command', command: e })
      else if (e.do === 'searchAgain')
        this.feed({ type: 'command', command: { do: 'search', on: true } })
      else if (e.do === 'settle') {
        this.proof = e.proof
        this.settled = {
          ...{ paid: e.paid, source: e.source, tac: e.proof?.tac ?? null },
          ...(e.takenFen === undefined ? {} : { takenFen: e.takenFen }),
        }
        this.feed({ type: 'command', command: { do: 'complete', obuId } })
        this.feed({ type: 'command', command: { do: 'search', on: false } })
      } else if (e.do === 'manual') this.manual = e.reason
      else if (e.do === 'alarm') this.alarms.push(e.misfit)
      else if (e.do === 'timer') this.setTimer(`lane ${e.name}`, e.afterMs)
    }
  }

  /** Runs everything due in the next `ms`, in order of time. */
  run(ms: number): this {
    const endUs = this.nowUs + ms * 1000
    for (;;) {
      const chunk = this.pending.shift()
      if (chunk !== undefined) {
        this.feed({ type: 'bytes', chunk })
        continue
      }
      const next = [...this.timers].sort((a, b) => a[1] - b[1])[0]
      const modelUs = this.model.nextDueUs() ?? Number.MAX_SAFE_INTEGER
      const dueUs = Math.min(next?.[1] ?? Number.MAX_SAFE_INTEGER, modelUs)
      if (dueUs > endUs) break
      this.nowUs = Math.max(this.nowUs, dueUs)
      if (modelUs <= dueUs) this.hear(this.model.advance(this.nowUs))
      else if (next !== undefined) this.fire(next[0])
    }
    this.nowUs = endUs
    return this
  }

  fire(name: string): void {
    this.timers.delete(name)
    if (name.startsWith('rsu ')) this.feed({ type: 'timer', name: name.slice(4) })
    else if (name.startsWith('lane ')) this.follow({ type: 'timer', name: name.slice(5) })
    else if (name === 'link up') this.feed({ type: 'linkUp' })
  }

  /** The same car once more, ten seconds after it paid. */
  again(): void {
    this.run(10_000)
    this.suspect = null
    this.settled = null
    this.debits = 0
    this.timeBcd = '20231115070000'
    this.feed({ type: 'command', command: { do: 'search', on: true } })
  }

  start(): this {
    this.feed({ type: 'linkUp' })
    this.run(3500)
    this.feed({ type: 'command', command: { do: 'search', on: true } })
    this.hear(this.model.addCar(this.arriving, this.nowUs).outputs)
    return this
  }

  charged(): { amountFen: number; tac: string }[] {
    return this.model.books(0, 10).cards.flatMap((c) => [...c.debits])
  }
}

const fault = (site: Site, rule: object): Site => {
  site.model.faults.add(rule)
  return site
}

const regional = 'generic/regional-firmware'

describe.each(rsuVariants.map((id) => ({ id })))('$id', ({ id }) => {
  const proofOrEvidence = id === 'generic-ver' || id === regional ? 'proof' : 'evidence'
  // generic-ver repeats a B5 that was not heard.
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

describe.each(rsuVariants.map((id) => ({ id })))(
  '$id: a result that does not fit its C6',
  ({ id }) => {
    const debitOf = (site: Site): string | undefined => site.charged()[0]?.tac

    it('an hour old, and the purse shows the debit: paid, with an alarm', () => {
      const site = new Site(id, { knobs: { resultAgeSec: 3600 } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultTime'])
      expect(site.settled).toEqual({ paid: true, source: 'b5', tac: debitOf(site) })
    })

    it('an hour old, of a credit card: its own record decides', () => {
      const knobs = { resultAgeSec: 3600 }
      const site = new Site(id, { knobs }, { cardType: 23 }).start().run(40_000)
      expect(site.alarms).toEqual(['resultTime'])
      expect(site.settled).toMatchObject({ paid: true })
      expect(site.settled?.source).not.toBe('b5')
      expect(site.charged()).toHaveLength(1)
    })

    it('the card was never debited: not paid, whatever the antenna says', () => {
      const site = new Site(id, { knobs: { debitsNothing: true } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultPurse'])
      expect(site.settled).toEqual({ paid: false, source: 'evidence', tac: null })
      expect(site.charged()).toEqual([])
    })

    it('the purse lost 5,000 for a C6 of 500: paid with what it lost, and its TAC', () => {
      const site = new Site(id, { knobs: { debitsFen: 5000 } }).start().run(40_000)
      expect(site.alarms).toEqual(['resultPurse'])
      const { settled } = site
      expect(settled).toEqual({
        ...{ paid: true, source: 'evidence', takenFen: 5000 },
        tac: debitOf(site),
      })
      expect(site.charged()).toMatchObject([{ amountFen: 5000 }])
    })
  },
)

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

describe('generic-ver', () => {
  const lostB5 = { at: 'B5', when: 'after', do: 'silence', ms: 3000 }
  const proof = (site: Site): unknown => site.proof

  it('a TAC that C8 recovered has the counter after that of the debit before', () => {
    const site = new Site('generic-ver').start().run(2_000)
    site.again()
    fault(site, lostB5).run(20_000)
    const [, second] = site.charged()
    expect(site.settled).toEqual({ paid: true, source: 'proof', tac: second?.tac })
    expect(proof(site)).toMatchObject({
      ...{ psamSerial: second?.psamSerial, psamTerminal: second?.psamTerminal },
      ...{ psamSerialCounted: true, cardSerial: null },
    })
  })

  it('of the first debit since the start nobody knows the counters', () => {
    const site = fault(new Site('generic-ver'), lostB5).start().run(20_000)
    expect(site.settled).toMatchObject({ paid: true, source: 'proof' })
    expect(proof(site)).toMatchObject({ psamSerial: null, cardSerial: null })
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
