// A platform that means harm, in a process of its own: raw TLS and HTTP by hand, answers signed by the OpenSSL command line. It
// shares nothing with the simulator but the folder of certificates. Lines on stdin say how the next requests are answered.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createServer } from 'node:tls'
import { gzipSync } from 'node:zlib'

const [dir, port, foreignDir] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
let how = 'honest'

function openssl(words, input) {
  const run = spawnSync('openssl', words, { input })
  if (run.status !== 0) throw new Error(`openssl ${words[0]}: ${run.stderr}`)
  return run.stdout
}

/** Pairs that it signs with: that of the lot's platform, a former one of it, and one of somebody else. */
const pair = (folder, name) => ({
  key: join(folder, `${name}.key.pem`),
  serial: openssl(['x509', '-noout', '-serial', '-in', join(folder, `${name}.pem`)])
    .toString()
    .trim()
    .replace('serial=', ''),
})
const pairs = {
  own: pair(dir, 'platform'),
  former: pair(foreignDir, 'former'),
  foreign: pair(foreignDir, 'foreign'),
}

function seal(
  body,
  { by = pairs.own, atSec = Math.floor(Date.now() / 1000), as = by.serial } = {},
) {
  const nonce = 'HOSTILE0HOSTILE0HOSTILE0HOSTILE0'
  const text = Buffer.concat([Buffer.from(`${atSec}\n${nonce}\n`), body, Buffer.from('\n')])
  const sigopt = ['-sigopt', 'distid:1234567812345678']
  const signature = openssl(['dgst', '-sm3', '-sign', by.key, ...sigopt], text).toString('base64')
  return [
    `Etc-Timestamp: ${atSec}`,
    `Etc-Nonce: ${nonce}`,
    `Etc-Serial: ${as}`,
    `Etc-Signature: ${signature}`,
  ]
}

const head = (status, lines, length) =>
  Buffer.from(
    [`HTTP/1.1 ${status}`, 'Content-Type: application/json', 'Request-ID: hostile-1', ...lines]
      .concat(length === null ? [] : [`Content-Length: ${length}`])
      .concat('Connection: close', '', '')
      .join('\r\n'),
  )
const answer = (status, lines, body) => Buffer.concat([head(status, lines, body.length), body])

/** 100 MB in 100 KB. */
const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))

const fees = new Map()
function paid(no, over = {}, code = {}) {
  const at = new Date(Date.now() + 28_800_000).toISOString().replace('Z', '+08:00')
  const data = { outTradeNo: no, tradeNo: 'HOSTILE-1', status: 'SUCCESS', openBarrier: true }
  const money = { chargedFee: fees.get(no) ?? 0, chargeTime: at, ...over }
  const names = { code: 'SUCCESS', respCode: '100000', message: 'ok', status: 200, ...code }
  return Buffer.from(JSON.stringify({ ...names, timestamp: at, data: { ...data, ...money } }))
}
const signed = (body, by) => answer('200 OK', seal(body, by), body)
const dayAhead = () => ({ atSec: Math.floor(Date.now() / 1000) + 86_400 })

/** Each of them would be a success, were it believed. */
const answers = {
  honest: (no) => signed(paid(no)),
  processing: (no) => signed(paid(no, { status: 'PROCESSING' })),
  unsigned: (no) => answer('200 OK', [], paid(no)),
  badSignature(no) {
    const [other, said] = [paid(no, { tradeNo: 'HOSTILE-2' }), paid(no)]
    return answer('200 OK', seal(other), said)
  },
  otherRequest: () => signed(paid('P000000000000OTHER')),
  otherAmount: (no) => signed(paid(no, { chargedFee: (fees.get(no) ?? 0) + 1 })),
  otherDestination: (no) => signed(paid(no), { by: pairs.foreign }),
  underOurSerial: (no) => signed(paid(no), { by: pairs.foreign, as: pairs.own.serial }),
  expired: (no) => signed(paid(no), { by: pairs.former }),
  unknownCode: (no) => signed(paid(no, {}, { respCode: '987654' })),
  noCode: (no) => signed(paid(no, {}, { respCode: 'OK!' })),
  unknownStatus: (no) => signed(paid(no, { status: 'DONE' })),
  dayOff: (no) => signed(paid(no), dayAhead()),
  huge: () => head('200 OK', [], 100 * 1024 * 1024),
  redirect: (no) =>
    answer(
      '302 Found',
      [`Location: https://127.0.0.1:${port}/elsewhere`, ...seal(paid(no))],
      paid(no),
    ),
  gzipBomb(no) {
    return answer('200 OK', ['Content-Encoding: gzip', ...seal(paid(no))], bomb)
  },
  twoLengths: (no) =>
    Buffer.concat([head('200 OK', [...seal(paid(no)), 'Content-Length: 5'], 9), paid(no)]),
  cut: (no) => Buffer.concat([head('200 OK', seal(paid(no)), paid(no).length + 50), paid(no)]),
  noHttp: () => Buffer.from('+OK POP3 server ready\r\n'),
}

function listAnswer() {
  const at = new Date(Date.now() + 28_800_000 + 86_400_000).toISOString().replace('Z', '+08:00')
  const data = { version: '999999', full: true, items: [] }
  const body = {
    code: 'SUCCESS',
    respCode: '100000',
    message: 'ok',
    status: 200,
    timestamp: at,
    data,
  }
  return signed(Buffer.from(JSON.stringify(body)))
}

function billAnswer(path) {
  const [, date] = /date=(\d{4}-\d{2}-\d{2})/.exec(path) ?? []
  const [no, fen] = [...fees][0] ?? ['P1', 1]
  const row = { outTradeNo: no, tradeNo: 'T1', transTime: null, status: 'SUCCESS' }
  const rows = [{ ...row, fee: -fen, refundFee: 0, netFee: -fen }]
  const data = { date, count: 1, totalFee: -fen, rows }
  const at = new Date(Date.now() + 28_800_000).toISOString().replace('Z', '+08:00')
  const names = { code: 'SUCCESS', respCode: '100000', message: 'ok', status: 200, timestamp: at }
  return signed(Buffer.from(JSON.stringify({ ...names, data })))
}

function respond(socket, method, path, body) {
  const no = method === 'POST' ? /"outTradeNo":"([^"]+)"/.exec(body)?.[1] : path.split('/').at(-1)
  const fee = /"realFee":(\d+)/.exec(body)?.[1]
  if (method === 'POST' && fee !== undefined) fees.set(no, Number(fee))
  say({ event: 'asked', method, path, how })
  if (path.includes('status-list')) return socket.end(listAnswer())
  if (path.includes('/bills/')) return socket.end(billAnswer(path))
  if (!path.includes('exit-charges')) return socket.end(answer('503 Busy', [], Buffer.from('')))
  if (how !== 'huge') return socket.end(answers[how](no))
  socket.write(answers.huge(no))
  const flood = Buffer.alloc(1024 * 1024, '{')
  const more = () => {
    while (!socket.destroyed && socket.write(flood));
  }
  socket.on('drain', more)
  more()
}

createServer(
  { key: readFileSync(join(dir, 'tls.key.pem')), cert: readFileSync(join(dir, 'tls.pem')) },
  (socket) => {
    let got = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk])
      const end = got.indexOf('\r\n\r\n')
      if (end < 0) return
      const text = got.subarray(0, end).toString('latin1')
      const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
      if (got.length < end + 4 + length) return
      const [method, path] = text.split(' ')
      const body = got.subarray(end + 4, end + 4 + length).toString('utf8')
      got = Buffer.alloc(0)
      respond(socket, method, path, body)
    })
  },
).listen(Number(port), '127.0.0.1', () => say({ event: 'ready', names: Object.keys(answers) }))

createInterface({ input: process.stdin }).on('line', (text) => {
  how = text
  say({ event: 'how', how })
})
