// Test TAC: stands in for the transaction code that a real card computes with its own key.
// Key, input and vectors are published in docs/test-keys.md; production mode refuses it.
import { createHmac } from 'node:crypto'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'

/** Published on purpose: it protects nothing and makes tests verifiable. */
export const testTacKeyText = 'ETC-LANE-STUDIO-TEST-TAC-KEY-001'

/** The input of the card's TAC (rsu-interface.md 4.7), 22 bytes in this order. */
export interface TacInput {
  readonly amountFen: number
  /** 2 hex, `09` composite debit. */
  readonly transType: string
  /** 12 hex. */
  readonly psamTerminal: string
  readonly psamSerial: number
  /** 14 digits yyyyMMddHHmmss: date 4 bytes and time 3 bytes, BCD. */
  readonly timeBcd: string
}

const u32Hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0')

/** The 22 bytes under the MAC, hex. */
export const tacInputHex = (input: TacInput): string =>
  (
    u32Hex(input.amountFen) +
    input.transType +
    input.psamTerminal +
    u32Hex(input.psamSerial) +
    input.timeBcd
  ).toUpperCase()

/** 8 hex, never 00000000: the first group of four bytes of the MAC that is not zero. */
export function testTac(input: TacInput): string {
  const hex = tacInputHex(input)
  const bytes = present(bytesOfHex(hex), 'a TAC is computed from whole bytes')
  const mac = createHmac('sha256', testTacKeyText).update(bytes).digest()
  for (let i = 0; i + 4 <= mac.length; i += 4) {
    const tac = hexOf(mac.subarray(i, i + 4))
    if (tac !== '00000000') return tac
  }
  return '00000001'
}
