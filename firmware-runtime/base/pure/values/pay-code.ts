// Classifies a scanned text: a payment code of a driver, or something else.
// Length and first digits identify the wallet; a code is valid for a minute and is written to no row and no log.
type Wallet = 'wechat' | 'alipay' | 'unionpay'

type Scan =
  | { readonly kind: 'code'; readonly wallet: Wallet; readonly code: string }
  | { readonly kind: 'rubbish' }

/** 18 digits from 10 to 15; 16 to 24 digits from 25 to 30; 19 digits from 62. */
const shapes: readonly (readonly [Wallet, RegExp])[] = [
  ['wechat', /^1[0-5]\d{16}$/],
  ['alipay', /^(?:2[5-9]|30)\d{14,22}$/],
  ['unionpay', /^62\d{17}$/],
]

export function scanOf(text: string): Scan {
  const code = text.trim()
  for (const [wallet, shape] of shapes) if (shape.test(code)) return { kind: 'code', wallet, code }
  return { kind: 'rubbish' }
}

/** The part of a scanned text that may be logged: its first two characters and its length. */
export const scanWords = (text: string): string => {
  const code = text.trim()
  const first = code.slice(0, 2).replaceAll(/[^\d]/g, '?')
  return `${first}… ${code.length}`
}
