// An amount in words, for the person who confirms a charge: Chinese capitals as on a cheque, else yuan and fen.
// A misread decimal point would make the amount a hundred times too high.

const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟'] as const
const digit = (n: number): string => digits[n] ?? ''

/** One to four digits in capitals, with a single zero for a run of inner zeros. */
function upToTenThousand(n: number): string {
  let text = ''
  let zero = false
  for (let place = 3; place >= 0; place--) {
    const value = Math.floor(n / 10 ** place) % 10
    if (value === 0) {
      zero = text !== ''
      continue
    }
    text += `${zero ? digit(0) : ''}${digit(value)}${places[place] ?? ''}`
    zero = false
  }
  return text
}

function yuanInCapitals(yuan: number): string {
  const [high, low] = [Math.floor(yuan / 10_000), yuan % 10_000]
  if (high === 0) return upToTenThousand(low)
  const gap = low > 0 && low < 1_000 ? digit(0) : ''
  return `${upToTenThousand(high)}万${gap}${upToTenThousand(low)}`
}

/** `壹拾贰元整` from 1200; whole fen from 0 up to a million yuan. */
export function inCapitals(amountFen: number): string {
  const [yuan, rest] = [Math.floor(amountFen / 100), amountFen % 100]
  const [jiao, fen] = [Math.floor(rest / 10), rest % 10]
  const head = yuan === 0 ? '' : `${yuanInCapitals(yuan)}元`
  if (rest === 0) return yuan === 0 ? '零元整' : `${head}整`
  if (fen === 0) return `${head}${digit(jiao)}角整`
  const middle = jiao > 0 ? `${digit(jiao)}角` : yuan > 0 ? digit(0) : ''
  return `${head}${middle}${digit(fen)}分`
}

/** `12 yuan 5 fen` from 1205. */
export const inYuanAndFen = (amountFen: number): string =>
  `${Math.floor(amountFen / 100)} yuan ${amountFen % 100} fen`
