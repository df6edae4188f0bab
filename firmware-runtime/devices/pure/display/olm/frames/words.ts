// Frames for what a driver of a car sees and hears: single lines, a whole page, speech. Layouts and examples of the
// published protocol text (v2.0), in which 6F replaced 6E.
import type { DisplayTable } from './table.ts'

/** Display modes in use: immediate, and scrolling left when a line is longer than the board. */
export const modeAtOnce = 0x00
export const modeRunning = 0x15

/** 62: one line, until another one replaces it. Lost at a power cut. */
export const showLine = {
  name: 'show-line',
  command: 0x62,
  from: 'lane',
  fields: [
    { name: 'line', as: 'u8' },
    { name: 'mode', as: 'u8' },
    { name: 'speed', as: 'u8', fixed: 1 },
    { name: 'pageSec', as: 'u8', fixed: 0 },
    { name: 'dwellSec', as: 'u8', fixed: 5 },
    // Older texts call these two exit mode and exit speed; later ones reserve them.
    { name: 'exitMode', as: 'u8', fixed: 0 },
    { name: 'exitSpeed', as: 'u8', fixed: 1 },
    // 3 is 16 pixels high; 0 repeats for ever.
    { name: 'font', as: 'u8', fixed: 3 },
    { name: 'repeats', as: 'u8', fixed: 0 },
    { name: 'colour', as: 'colour', zeros: 4 },
    { name: 'bytes', as: 'u8', zeros: 1 },
    { name: 'text', as: 'rest' },
  ],
  example: {
    hex: '0064FFFF621B000001000500010300FF000000000000000800BBB6D3ADB9E2C1D95896',
    value: { line: 0, mode: 0, colour: 'FF0000', bytes: 8, text: '欢迎光临' },
  },
} as const satisfies DisplayTable

/** 6F: up to four lines of up to 32 bytes in one frame, applied together. */
export const showPage = {
  name: 'show-page',
  command: 0x6f,
  from: 'lane',
  fields: [
    { name: 'keep', as: 'u8', fixed: 0 },
    { name: 'pageSec', as: 'u8', fixed: 0 },
    { name: 'lines', as: 'lines' },
  ],
  example: {
    hex:
      '0064FFFF6F2900000200000105000300FF00000008B2E24131323334350D' +
      '0115010500030000FF000004B7C5D0D0003853',
    value: {
      lines: [
        { line: 0, mode: 0x00, colour: 'FF0000', text: '测A12345' },
        { line: 1, mode: 0x15, colour: '00FF00', text: '放行' },
      ],
    },
  },
} as const satisfies DisplayTable

/** 30: `how` 2 drops pending speech and speaks at once. */
export const speak = {
  name: 'speak',
  command: 0x30,
  from: 'lane',
  fields: [
    { name: 'how', as: 'u8' },
    { name: 'text', as: 'rest' },
  ],
  example: { hex: '0064FFFF300901BBB6D3ADB9E2C1D93258', value: { how: 1, text: '欢迎光临' } },
} as const satisfies DisplayTable
export const speakNow = 2
