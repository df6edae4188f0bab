// An antenna that freezes while searching, with its link up: the driver queries it with the antenna switch, never while an
// OBU is served. One that never answers the switch is only found down by its missing heartbeat.
import { describe, expect, it } from 'vitest'
import { limits } from '#devices/pure/rsu/driver-state.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { Bench } from './driver-bench.ts'

const variants = ['generic-bcc', 'generic-ver', 'generic-len'] as const
const dropped = 'dropLink noAnswerToSwitch'

/** Only generic-bcc has an empty answer; the other variants acknowledge with a heartbeat. */
const acknowledges = (rsu: Bench): string[] =>
  rsu.v.table.capabilities.emptyAck
    ? rsu.receive(rsu.v.framing.encode(rsu.nextSeq(), new Uint8Array(0)))
    : rsu.heartbeat()
const question = (rsu: Bench): string => `>${rsu.v.table.antennaSwitch}`

/** It searches and has acknowledged the switch. */
function searching(id: RsuVariantId): Bench {
  const rsu = new Bench(id).ready()
  for (let n = 0; n < limits.heartbeatsInAnswer; n++) {
    rsu.tell({ do: 'search', on: true })
    acknowledges(rsu)
  }
  return rsu
}

/** From the first silence to the end of both queries. */
function silence(rsu: Bench): string[] {
  const said = rsu.timers.has('quiet') ? rsu.fire('quiet') : []
  for (let n = 0; n < 2; n++) if (rsu.timers.has('antenna')) said.push(...rsu.fire('antenna'))
  return said
}

describe.each(variants)('%s that searches and says nothing', (id) => {
  it('is asked twice by its switch, and is down four seconds after its last word', () => {
    const rsu = searching(id)
    const { quietMs, antennaWaitMs } = limits
    expect(quietMs + 2 * antennaWaitMs).toBe(4_000)
    expect([rsu.timers.get('quiet'), rsu.timers.get('antenna')]).toEqual([quietMs, undefined])
    expect(rsu.fire('quiet')).toEqual([question(rsu)])
    expect(rsu.timers.get('antenna')).toBe(antennaWaitMs)
    expect(rsu.fire('antenna')).toEqual([question(rsu)])
    expect(rsu.fire('antenna')).toEqual(['rsuDown', dropped])
    expect(rsu.timers.has('quiet')).toBe(false)
  })

  it('is asked again two seconds after each word, and not when it shall be off', () => {
    const rsu = searching(id)
    for (let n = 0; n < 3; n++) {
      expect(rsu.fire('quiet')).toEqual([question(rsu)])
      acknowledges(rsu)
      expect([rsu.timers.get('quiet'), rsu.timers.has('antenna')]).toEqual([limits.quietMs, false])
    }
    rsu.tell({ do: 'search', on: false })
    expect(rsu.timers.has('quiet')).toBe(false)
  })

  it('is not asked while an OBU is dealt with, its C6 is open, or its proof is fetched', () => {
    const rsu = searching(id)
    rsu.readCard()
    expect(rsu.fire('quiet')).toEqual([])
    const { obuId } = rsu.state.deal?.obu ?? { obuId: '' }
    const c6 = { deductionId: 'D1', obuId, amountFen: 500, timeBcd: '20261120143000' }
    rsu.tell({ do: 'debit', ...c6, stationHex: '0'.repeat(86) })
    expect(rsu.state.open).not.toBeNull()
    expect(rsu.fire('quiet')).toEqual([])
    rsu.fire('b5')
    if (id === 'generic-ver') {
      rsu.tell({ do: 'fetchProof', obuId, cardSerial: 0 })
      expect(rsu.fire('quiet')).toEqual([])
    }
  })

  it('is not asked for what it has just said, which it may repeat', () => {
    const rsu = searching(id)
    rsu.readCard()
    const { obuId } = rsu.state.deal?.obu ?? { obuId: '' }
    rsu.tell({ do: 'release', obuId })
    expect(rsu.fire('quiet')).toEqual([])
    rsu.repeatsOver()
    expect(rsu.fire('quiet')).toEqual([question(rsu)])
  })

  it('answers by its heartbeat: three in a row are no chance, two are', () => {
    const rsu = new Bench(id).ready()
    rsu.fire('quiet')
    rsu.heartbeat()
    expect(rsu.state.switchAnswer).toMatchObject({ kind: 'unknown', heartbeats: 2 })
    const other = new Bench(id).ready()
    other.fire('quiet')
    other.heartbeat()
    expect(silence(other)).toEqual([question(other), question(other)])
    expect(silence(other)).toEqual([])
    expect(other.fire('heartbeat')).toContain('rsuDown')
    rsu.fire('quiet')
    rsu.heartbeat()
    expect(silence(rsu)).toEqual([question(rsu), question(rsu), 'rsuDown', dropped])
  })

  it('is not dropped twice for a chance: there at once, it answers no switch', () => {
    const rsu = new Bench(id).ready()
    for (let n = 0; n < 2; n++) {
      rsu.fire('quiet')
      rsu.heartbeat()
    }
    expect(silence(rsu)).toContain(dropped)
    rsu.linked()
    expect(rsu.say('B0')).toContain('rsuUp')
    expect(silence(rsu)).not.toContain(dropped)
    expect(silence(rsu)).not.toContain(dropped)
  })

  it('is asked again after it was frozen for long', () => {
    const rsu = searching(id)
    silence(rsu)
    rsu.linked()
    for (let n = 0; n < limits.c0Tries; n++) rsu.fire('c0')
    rsu.linked()
    expect(rsu.say('B0')).toContain('rsuUp')
    acknowledges(rsu)
    expect(silence(rsu)).toContain(dropped)
  })

  it('that restarts meanwhile is set up again: its status is no answer to the question', () => {
    const rsu = searching(id)
    rsu.fire('quiet')
    rsu.fire('antenna')
    expect(rsu.say('B0')).toEqual(expect.arrayContaining(['rsuDown', question(rsu)]))
  })

  it('and answers a switch by its status is not asked: it says that by itself after a restart', () => {
    const rsu = new Bench(id).ready()
    rsu.tell({ do: 'search', on: true })
    rsu.say('B0')
    expect(rsu.state.switchAnswer).toMatchObject({ kind: 'word', byStatus: true })
    rsu.heartbeat()
    if (rsu.timers.has('quiet')) expect(rsu.fire('quiet')).toEqual([])
    expect(rsu.timers.has('quiet')).toBe(false)
  })
})
