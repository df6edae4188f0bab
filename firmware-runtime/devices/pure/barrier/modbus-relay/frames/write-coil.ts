// FC05: one relay on (FF00), off (0000), or, at coil 0x0200 + channel, a pulse timed by the board. The answer is an
// echo. The driver uses the board's pulse only, so that a crash in between leaves no relay on.
import type { PduTable } from './table.ts'

export const writeCoil = {
  name: 'write-coil',
  functionCode: 0x05,
  from: 'both',
  fields: [
    { name: 'coil', as: 'u16' },
    { name: 'data', as: 'u16' },
  ],
  example: { hex: '0502000007', value: { coil: 0x0200, data: 7 } },
} as const satisfies PduTable

export const coilOff = 0x0000
export const coilOn = 0xff00
/** Coil address of the hardware pulse ("flash on") of channel 0 (lane-devices.md 2.2). */
export const pulseCoilBase = 0x0200
/** Unit of the data word of a pulse, ms. */
export const pulseUnitMs = 100
/** 0x7FFF units would be 54 minutes; a command pulse over 25 s is a wiring mistake. */
export const pulseMsMax = 25_500
