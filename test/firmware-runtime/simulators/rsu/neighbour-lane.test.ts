// The neighbour lane in the simulated air: its cars pass while the antenna works, and which of them it reads depends on its
// mounting, its power and on shadows.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { Bench, bcc } from './rsu-bench.ts'

/** OBUs of the neighbour lane that answered within `seconds`; the own lane is empty. */
function readBeside(air: object, seconds = 60): string[] {
  const b = new Bench()
  b.pc(bcc.c0)
  b.pc(bcc.on)
  b.model.setAir(air, b.atUs)
  for (let i = 0; i < seconds * 10; i++) {
    b.after(100)
    // The lane releases every OBU, so that the next one is searched for.
    for (const obuId of Object.keys(b.state('answered') as object)) b.pc(stopOf(obuId))
  }
  return Object.keys(b.state('answered') as object)
}

/** C2 (stop) for an OBU, in the layout of rsu-interface.md 1.5.2 with its check byte. */
function stopOf(obuId: string): string {
  const bytes = [...Buffer.from(`83C2${obuId}01`, 'hex')]
  const check = bytes.reduce((sum, byte) => sum ^ byte, 0)
  return `FFFF${Buffer.from([...bytes, check]).toString('hex')}FF`
}

const often = { neighbourEveryMs: 4_000 }
/** Mounted on the island between both lanes and turned to the neighbour lane. */
const turned = { ...often, asideMm: 1_600, yawDeg: 45, downDeg: 30 }

describe('cars of the lane beside', () => {
  it('come by as often as was said, each with an OBU of its own, and are read by an antenna turned to them', () => {
    const read = readBeside(turned)
    expect(read.length).toBeGreaterThan(5)
    expect(read.length).toBeLessThanOrEqual(15)
    expect(read.every((obuId) => /^02EE[0-9A-F]{4}$/.test(obuId))).toBe(true)
  })
  it('are not read by an antenna that looks up its own lane, and nobody comes where nobody was said', () => {
    expect(readBeside(often)).toEqual([])
    expect(readBeside({ ...turned, neighbourEveryMs: 0 })).toEqual([])
  })
  it('stop coming when that is said while they come', () => {
    const b = new Bench()
    b.pc(bcc.c0)
    b.pc(bcc.on)
    b.model.setAir(turned, b.atUs)
    b.after(6_000)
    expect(b.state('cars')).not.toEqual([])
    b.model.setAir({ neighbourEveryMs: 0 }, b.atUs)
    b.after(60_000)
    const after = JSON.stringify(b.state('answered'))
    b.after(60_000)
    expect(JSON.stringify(b.state('answered'))).toBe(after)
  })
  it('a member that the air has not got is refused', () => {
    const b = new Bench()
    expect(() => b.model.setAir({ yaw: 3 }, 0)).toThrow(LaneFault)
  })
})
