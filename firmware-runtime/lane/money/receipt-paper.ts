// The lines of a paper receipt, in reading order. The same lines go to a printer and into a file. The code at the end
// is the receipt itself; the text above it is for people.
import type { PaperLine } from '#base/pure/data/paper.ts'
import type { LotConfig, PrinterConfig } from '#base/pure/lot/config.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { civil, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { meansWords } from '#base/pure/values/payment-means.ts'
import { receiptNoText } from '#base/pure/rows/receipt-rows.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import type { GivenReceipt } from './receipts.ts'

const two = (n: number): string => String(n).padStart(2, '0')

function timeText(atMs: InstantMs): string {
  const { year, month, day, hour, minute, second } = civil(atMs)
  const date = `${year}-${two(month)}-${two(day)}`
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}`
}

function lastedText(fromMs: InstantMs, toMs: InstantMs): string {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / minuteMs))
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes}分钟` : `${hours}小时${minutes % 60}分`
}

/** Province, first letter and last two characters: enough for the driver, not for a stranger. */
function plateText(plate: string, shown: PrinterConfig['plate']): string | null {
  if (plate === '' || shown === 'none') return null
  if (shown === 'whole') return plateShown(plate)
  return plateShown(plate.slice(0, 2) + '*'.repeat(Math.max(0, plate.length - 4)) + plate.slice(-2))
}

const pair = (name: string, value: string): PaperLine => ({
  kind: 'pair',
  name,
  value,
  isBig: false,
})

const written = (text: string, align: 'left' | 'center' = 'left'): PaperLine => ({
  kind: 'text',
  text,
  align,
  size: 'normal',
})
const centered = (text: string): PaperLine => written(text, 'center')

const words = meansWords('zh')
/** The yuan sign is not available on all printers, so the word is used. */
const yuan = (fen: number): string => `${fenText(fen).replace('¥ ', '')} 元`

/** A link while the stay has an amount to invoice and no invoice; else what became of the invoice. */
function invoiceLines(
  { receiptNo, day, check, invoiced, invoiceableFen }: GivenReceipt,
  invoices: LotConfig['invoices'],
): readonly PaperLine[] {
  if (invoiced === 'valid') return [centered('已开票')]
  if (invoiced !== null) return [centered('已开票，其后有退款，待红冲后按余额重开')]
  if (invoices === undefined || invoiceableFen === 0) return []
  const no = receiptNoText(day, receiptNo)
  const text = invoices.url.replace('{receiptNo}', no).replace('{check}', check)
  return [{ kind: 'rule' }, centered('开票：扫码 / Invoice: scan'), { kind: 'qr', text }]
}

export function receiptPaper(
  given: GivenReceipt,
  lotName: string,
  shown: PrinterConfig['plate'],
  invoices?: LotConfig['invoices'],
): readonly PaperLine[] {
  const { receipt, receiptNo, day, isOnPaper, refundedFen, classUnknown, qrText } = given
  const { stayId, plate, enteredAtMs, leftAtMs, amountFen, means } = receipt
  const seen = plateText(plate, shown)
  const paidBy = means.split('+').map((one) => words[one] ?? one)
  return [
    { kind: 'text', text: lotName, align: 'center', size: 'large' },
    centered(isOnPaper ? '停车收费收据（副本）' : '停车收费收据'),
    { kind: 'rule' },
    pair('收据号', receiptNoText(day, receiptNo)),
    pair('停车记录', stayId),
    ...(seen === null ? [] : [pair('车牌', seen)]),
    pair('入场', timeText(enteredAtMs)),
    pair('出场', timeText(leftAtMs)),
    pair('停留', lastedText(enteredAtMs, leftAtMs)),
    ...(classUnknown === null ? [] : [written(classUnknown.zh), written(classUnknown.en)]),
    pair('支付方式', paidBy.join('、')),
    { kind: 'pair', name: '实收', value: yuan(amountFen), isBig: true },
    ...(refundedFen === 0 ? [] : [pair('其后已退', yuan(refundedFen))]),
    { kind: 'rule' },
    { kind: 'qr', text: qrText },
    centered('扫码内容可离线核验真伪'),
    centered('核验用的公钥以停车场公布的为准'),
    ...invoiceLines(given, invoices),
  ]
}
