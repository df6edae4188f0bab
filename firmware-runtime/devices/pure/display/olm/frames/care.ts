// Frames that manage the board itself: connecting, clock, brightness, volume, and whether it replies. Examples are
// those of the published protocol text (v2.0), with recomputed CRCs.
import type { DisplayTable } from './table.ts'

/** 00: unlocks a board with a password, and queries the versions of any board. */
export const connect = {
  name: 'connect',
  command: 0x00,
  from: 'lane',
  fields: [{ name: 'password', as: 'rest' }],
  example: { hex: '0064FFFF0006313539373533FB06', value: { password: '159753' } },
} as const satisfies DisplayTable

/** `result` 0: the password is right. Three versions of three characters follow. */
export const connected = {
  name: 'connected',
  command: 0x00,
  from: 'device',
  fields: [
    { name: 'result', as: 'u8' },
    { name: 'versions', as: 'rest' },
  ],
  example: {
    hex: '0064FFFF000A003130323436303130309FEF',
    value: { result: 0, versions: '102460100' },
  },
} as const satisfies DisplayTable

/** 05. Sunday is 1. (The published example has 7 for a Thursday, against its own table.) */
export const setClock = {
  name: 'set-clock',
  command: 0x05,
  from: 'lane',
  fields: [
    { name: 'year', as: 'u16' },
    { name: 'month', as: 'u8' },
    { name: 'day', as: 'u8' },
    { name: 'weekday', as: 'u8' },
    { name: 'hour', as: 'u8' },
    { name: 'minute', as: 'u8' },
    { name: 'second', as: 'u8' },
  ],
  example: {
    hex: '0064FFFF0508E007030A070F05066568',
    value: { year: 2016, month: 3, day: 10, weekday: 7, hour: 15, minute: 5, second: 6 },
  },
} as const satisfies DisplayTable

/** 0C: 10 to 100 per cent. */
export const setBrightness = {
  name: 'set-brightness',
  command: 0x0c,
  from: 'lane',
  fields: [{ name: 'percent', as: 'u8' }],
  example: { hex: '0064FFFF0C01327762', value: { percent: 50 } },
} as const satisfies DisplayTable

/** 0D: 10 to 100 per cent. */
export const setVolume = {
  name: 'set-volume',
  command: 0x0d,
  from: 'lane',
  fields: [{ name: 'percent', as: 'u8' }],
  example: { hex: '0064FFFF0D013226A2', value: { percent: 50 } },
} as const satisfies DisplayTable

/** 1A: 0: the board replies, 1: it never does. Its reply to 0 looks like the request. */
export const setReplies = {
  name: 'set-replies',
  command: 0x1a,
  from: 'lane',
  fields: [{ name: 'silent', as: 'u8' }],
  example: { hex: '0064FFFF1A0101D6B3', value: { silent: 1 } },
} as const satisfies DisplayTable
