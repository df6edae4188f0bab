// E1: the payment page with a QR code and its text. Layout of the published protocol text; the example is a frame from
// public code.
import type { DisplayTable } from './table.ts'

/** The text is shown; with the lowest bit it is spoken as well. */
export const textShown = 0x80
/** 0: 49 pixels, a board of four lines; 1: 32 pixels. */
export const qrSizeLarge = 0
export const qrSizeSmall = 1

export const payPage = {
  name: 'pay-page',
  command: 0xe1,
  from: 'lane',
  fields: [
    // 0 removes the page.
    { name: 'on', as: 'u8', zeros: 2 },
    // 0: until another page replaces it.
    { name: 'pageSec', as: 'u8', zeros: 1 },
    { name: 'staySec', as: 'u32' },
    // Tenths of a yuan. No board is known to use it.
    { name: 'tenths', as: 'u32' },
    { name: 'qrBytes', as: 'u8' },
    { name: 'textBytes', as: 'u8' },
    { name: 'flags', as: 'u8' },
    { name: 'size', as: 'u8', zeros: 15 },
    { name: 'qr', as: 'ended', length: 'qrBytes' },
    { name: 'text', as: 'ended', length: 'textBytes' },
  ],
  example: {
    hex:
      '0064FFFFE1410100000A000000000000000000140B8001000000000000000000000000000000' +
      '687474703A2F2F7777772E62616964752E636F6D00706C65617365207363616E00D524',
    value: {
      on: 1,
      pageSec: 10,
      staySec: 0,
      tenths: 0,
      qrBytes: 20,
      textBytes: 11,
      flags: 0x80,
      size: 1,
      qr: 'http://www.baidu.com',
      text: 'please scan',
    },
  },
} as const satisfies DisplayTable
